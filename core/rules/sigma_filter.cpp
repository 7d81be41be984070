#include "core/rules/sigma_filter.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/rules/sigma_detection.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_answer = 500;  // of owner and reason
constexpr std::string_view what_to_add =
    "add `entrawatch: { owner: WHO ANSWERS FOR IT, reason: WHY, expires: YYYY-MM-DD }`";

class FilterReader {
  public:
    FilterReader(const SigmaDocument& document, SigmaReading& reading)
        : reading_(reading), document_(document) {
        filter_.file = document.place().file;
        filter_.name = document.place().name;
        filter_.line = document.place().line;
    }

    std::optional<RuleFilter> run() {
        document_.warn_of_near_keys();
        for (const std::string_view other : {"detection", "correlation"}) {
            if (const YamlMember* member = document_.find(other))
                reading_.error(member->line, "a filter has no `" + std::string{other} +
                                                 "`; write two documents, parted by `---`");
        }
        filter_.title = document_.title();
        filter_.id = document_.id(true);
        filter_.feeds = document_.feeds(false);
        read_filter_part(*document_.find("filter"));
        read_answer(document_.find("entrawatch"));
        if (reading_.failed()) return std::nullopt;
        return std::move(filter_);
    }

  private:
    void read_filter_part(const YamlMember& part) {
        std::vector<YamlMember> rest;
        bool named = false;
        for (YamlMember& member : reading_.members(part.value, "`filter`")) {
            if (member.key != "rules") {
                rest.push_back(std::move(member));
                continue;
            }
            named = true;
            read_rules(member);
        }
        if (!named)
            reading_.error(part.line,
                           "`filter` names no `rules`: list ids or names of rules, or write `rules: any`");
        filter_.excepts = read_exception(rest, part.line, reading_);
    }

    void read_rules(const YamlMember& member) {
        filter_.rules_line = member.line;
        filter_.rules = reading_.texts(member);
        const auto is_any = [](const std::string& word) { return equal_ignoring_ascii_case(word, "any"); };
        if (filter_.rules.size() == 1 && is_any(filter_.rules.front())) {
            filter_.any_rule = true;
            filter_.rules.clear();
        } else if (filter_.rules.empty() || filter_.rules.size() > max_filtered_rules ||
                   std::any_of(filter_.rules.begin(), filter_.rules.end(), is_any)) {
            reading_.error(member.line, "`rules` lists one to " + std::to_string(max_filtered_rules) +
                                            " ids or names of rules, or is `any` alone");
        }
    }

    // An exception is evidence: somebody answers for it, says why, and until when.
    void read_answer(const YamlMember* entrawatch) {
        if (entrawatch == nullptr)
            return reading_.error(
                filter_.line, "a filter that nobody answers for is not used; " + std::string{what_to_add});
        for (const YamlMember& member : reading_.members(entrawatch->value, "`entrawatch`"))
            read_answer_part(member);
        if (reading_.failed()) return;
        for (const auto& [key, missing] :
             {std::pair{"owner", filter_.owner.empty()}, std::pair{"reason", filter_.reason.empty()},
              std::pair{"expires", filter_.last_day.empty()}}) {
            if (missing)
                reading_.error(entrawatch->line,
                               "the filter has no `" + std::string{key} + "`; " + std::string{what_to_add});
        }
    }

    void read_answer_part(const YamlMember& member) {
        if (member.key == "feeds") return;  // read_feeds has read them
        if (member.key == "owner" || member.key == "reason") {
            (member.key == "owner" ? filter_.owner : filter_.reason) = short_text(member);
        } else if (member.key == "expires") {
            read_expiry(member);
        } else {
            reading_.error(member.line,
                           "unknown key `" + cut_utf8(member.key, 60) + "` in `entrawatch` of a filter" +
                               did_you_mean(member.key, {"owner", "reason", "expires", "feeds"}));
        }
    }

    std::string short_text(const YamlMember& member) {
        std::string text = to_valid_utf8(reading_.text(member));
        if (text.size() > longest_answer) {
            reading_.error(member.line, "`" + member.key + "` is longer than " +
                                            std::to_string(longest_answer) + " bytes");
        }
        return text;
    }

    // A day, in UTC, which belongs to the exception.
    void read_expiry(const YamlMember& member) {
        constexpr std::size_t length_of_date = 10;
        const std::string text = reading_.text(member);
        const auto midnight =
            text.size() == length_of_date ? parse_iso(text + "T00:00:00Z") : std::optional<Instant>{};
        if (!midnight)
            return reading_.error(member.line,
                                  "`expires` must be a day such as 2027-05-31: the last one on which the "
                                  "filter suppresses anything");
        filter_.last_day = text;
        filter_.expires = *midnight + std::chrono::hours{24};
    }

    SigmaReading& reading_;
    const SigmaDocument& document_;
    RuleFilter filter_;
};

}  // namespace

std::optional<RuleFilter> read_filter(const SigmaDocument& document, SigmaReading& reading) {
    return FilterReader{document, reading}.run();
}

}  // namespace entrawatch
