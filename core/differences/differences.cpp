#include "core/differences/differences.hpp"

#include <algorithm>

#include "core/base/secret_names.hpp"
#include "core/base/text.hpp"
#include "core/differences/families.hpp"
#include "core/differences/words.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_compared_changes = 500;

// "true", "false" or nothing: what no secret is.
bool is_answer(std::string_view value) {
    return value.empty() || equal_ignoring_ascii_case(value, "true") ||
           equal_ignoring_ascii_case(value, "false");
}

class Telling {
  public:
    Telling(const Event& event, const Directory* directory)
        : event_(event), names_(event, directory), activity_(fold(event.activity)) {}

    Differences run() {
        for (std::size_t i = 0; i < event_.changes.size(); ++i) {
            if (i == most_compared_changes) {
                further_ += event_.changes.size() - i;
                break;
            }
            tell(event_.changes[i]);
        }
        if (activity_ == "update role setting in pim" || activity_ == "pim policy removed") {
            Phrasing phrasing{"resultReason", names_, ranked_};
            tell_role_settings(event_.reason, phrasing);
        }
        return take();
    }

  private:
    void tell(const Change& change) {
        const std::string property = to_lower_ascii(change.property);
        if (describes_the_target(property)) return;
        Phrasing phrasing{change.property, names_, ranked_};
        if (!change.has_old && !change.has_new && !names_a_secret(change.property)) return;
        if (!change.has_old && !change.has_new)
            return phrasing.add_sentence(rank_of_others, named(change), "named, without values");
        const std::size_t before = ranked_.size();
        tell_of(change, property, phrasing);
        const bool says_both = !change.old_value.empty() && !change.new_value.empty();
        if (ranked_.size() == before && says_both && change.old_value != change.new_value) {
            phrasing.add_sentence(rank_of_others, named(change),
                                  "written anew; nothing differs but order, letter case or times");
        }
    }

    void tell_of(const Change& change, std::string_view property, Phrasing& phrasing) {
        const bool answers = is_answer(change.old_value) && is_answer(change.new_value);
        if (names_a_secret(change.property) && !answers) return tell_secret(change, phrasing);
        if (tell_credentials(change, phrasing)) return;
        if (property == "consentaction.permissions" && tell_consent(change, phrasing)) return;
        if (property == "delegatedpermissiongrant.scope" && tell_scopes(change, phrasing)) return;
        compare_sides(change, phrasing);
    }

    void compare_sides(const Change& change, Phrasing& phrasing) {
        Comparison comparison = compare(document_of(change, Side::before), document_of(change, Side::after));
        further_ += comparison.further;
        for (PathDifference& difference : comparison.differences) {
            if (names_the_target(difference) || joins_nothing(difference, comparison)) continue;
            const std::string_view label = label_for(change, difference);
            phrasing.add(std::move(difference), label);
        }
        if (!comparison.whole) {
            phrasing.add_sentence(rank_of_others, named(change),
                                  "too large to be compared in full; the record has all of it");
        }
    }

    static void tell_secret(const Change& change, Phrasing& phrasing) {
        if (change.old_value == change.new_value) return;
        const auto side = [](const std::string& value) {
            return value.empty() ? std::vector<std::string>{}
                                 : std::vector<std::string>{std::string{redacted}};
        };
        phrasing.add({{}, false, side(change.old_value), side(change.new_value)});
    }

    // A policy that is added or deleted as a whole repeats the id and name of the target.
    [[nodiscard]] bool names_the_target(const PathDifference& difference) const {
        if (difference.path.size() != 1 || difference.list) return false;
        if (!difference.removed.empty() && !difference.added.empty()) return false;
        const std::string& value =
            difference.removed.empty() ? difference.added.front() : difference.removed.front();
        const bool id = equal_ignoring_ascii_case(difference.path[0], "id");
        const bool name = equal_ignoring_ascii_case(difference.path[0], "displayName");
        return std::ranges::any_of(event_.targets, [&](const Target& target) {
            return (id && equal_ignoring_ascii_case(target.id, value)) || (name && target.name == value);
        });
    }

    // The operator that came or went with the requirements beside it.
    static bool joins_nothing(const PathDifference& difference, const Comparison& comparison) {
        const auto& path = difference.path;
        if (path.empty() || !equal_ignoring_ascii_case(path.back(), "operator")) return false;
        if (!difference.removed.empty() && !difference.added.empty()) return false;
        return std::ranges::any_of(comparison.differences, [&](const PathDifference& other) {
            return other.list && other.path.size() == path.size() &&
                   std::equal(path.begin(), path.end() - 1, other.path.begin());
        });
    }

    // What the switch of the security defaults is called is not documented.
    [[nodiscard]] std::string_view label_for(const Change& change, const PathDifference& difference) const {
        if (activity_ != "update security defaults" || difference.list) return {};
        const std::string_view name = difference.path.empty() ? std::string_view{change.property}
                                                              : std::string_view{difference.path.back()};
        const std::string lower = to_lower_ascii(name);
        const bool is_switch = lower == "isenabled" || lower == "enabled" || lower == "state";
        return is_switch ? "security defaults" : std::string_view{};
    }

    static std::string named(const Change& change) {
        return change.property.empty() ? "(no name)" : change.property;
    }

    Differences take() {
        std::ranges::stable_sort(ranked_, {}, &Ranked::rank);
        Differences differences;
        for (Ranked& one : ranked_) {
            if (differences.list.size() == most_differences) break;
            differences.list.push_back(std::move(one.difference));
        }
        differences.further = further_ + ranked_.size() - differences.list.size();
        return differences;
    }

    const Event& event_;
    Names names_;
    std::string activity_;
    std::vector<Ranked> ranked_;
    std::size_t further_ = 0;
};

}  // namespace

Differences differences_of(const Event& event, const Directory* directory) {
    return Telling{event, directory}.run();
}

std::string in_words(const Differences& differences, std::size_t limit) {
    std::string words;
    std::size_t told = 0;
    for (const Difference& difference : differences.list) {
        if (told > 0 && words.size() + difference.text.size() > limit) break;
        words += (told++ > 0 ? "; " : "") + cut_utf8(difference.text, limit);
    }
    const std::size_t left = differences.list.size() - told + differences.further;
    if (left > 0)
        words +=
            " … and " + counted(static_cast<std::int64_t>(left), "further difference", "further differences");
    return words;
}

}  // namespace entrawatch
