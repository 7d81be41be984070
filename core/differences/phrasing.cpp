#include "core/differences/phrasing.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/digest.hpp"
#include "core/base/secret_names.hpp"
#include "core/base/text.hpp"
#include "core/differences/acts.hpp"
#include "core/differences/value_sets.hpp"
#include "core/differences/words.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_value = 240;
constexpr std::size_t longest_beginning = 160;

bool is_item(std::string_view segment) {
    return segment.starts_with('[');
}

// "conditionalaccesspolicy.conditions.users.excludegroups", without the items of lists.
std::string lower_path(std::string_view property, const PathDifference& difference) {
    std::string path = to_lower_ascii(property);
    for (const std::string& segment : difference.path) {
        if (!is_item(segment)) path.append(".").append(to_lower_ascii(segment));
    }
    return path;
}

// Of a path of members the last one; a property's name is one segment, dots and all.
std::string last_segment(std::string_view property, const PathDifference& difference) {
    const auto last = std::find_if(difference.path.rbegin(), difference.path.rend(),
                                   [](const std::string& segment) { return !is_item(segment); });
    return to_lower_ascii(last == difference.path.rend() ? property : std::string_view{*last});
}

void translate(std::vector<std::string>& values, std::span<const ValueWords> table) {
    for (std::string& value : values)
        value = std::string{in_table(table, value)};
}

// Values that mean the same on both sides (mfa, MFA) are no difference.
void cancel(std::vector<std::string>& left, std::vector<std::string>& right) {
    const std::vector<std::string> before = left;
    if (std::ranges::find(left, redacted) != left.end()) return;
    take_away(left, right);
    take_away(right, before);
}

// "b2bCollaborationGuest,serviceProvider", or the sum of the flags.
std::vector<std::string> guest_types_in(const std::vector<std::string>& values) {
    std::vector<std::string> types;
    for (const std::string& value : values) {
        unsigned flags = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, flags);
        if (error == std::errc{} && stop == end && flags < (1U << guest_types().size())) {
            for (std::size_t i = 0; i < guest_types().size(); ++i) {
                if ((flags & (1U << i)) != 0) types.emplace_back(guest_types()[i]);
            }
            continue;
        }
        for (std::string_view rest = value; !rest.empty();) {
            const auto comma = rest.find(',');
            types.emplace_back(trim(rest.substr(0, comma)));
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        }
    }
    return types;
}

bool is_hidden(const std::vector<std::string>& values) {
    return values.size() == 1 && values.front() == redacted;
}

}  // namespace

std::string short_value(std::string_view value) {
    if (value.size() <= longest_value) return to_valid_utf8(value);
    return cut_utf8(to_valid_utf8(value.substr(0, longest_value)), longest_beginning) + " (" +
           std::to_string(value.size()) + " bytes, sha256 " + to_hex(as_bytes(sha256(value))).substr(0, 12) +
           ")";
}

void Phrasing::add(PathDifference difference, std::string_view label) {
    const std::string last = last_segment(property_, difference);
    if (is_bookkeeping(last)) return;
    if (last == "guestorexternalusertypes") {
        difference.removed = guest_types_in(difference.removed);
        difference.added = guest_types_in(difference.added);
        cancel(difference.removed, difference.added);
    }
    if (label.empty()) {
        if (const Act* act = act_of(lower_path(property_, difference))) return add_acts(*act, difference);
    }
    const std::string words = label.empty() ? label_of(difference) : std::string{label};
    if (words.empty()) return add_setting(rank_of_others, raw_path_of(difference), difference);
    const auto table = label.empty() ? values_of(last) : values_of("state");
    translate(difference.removed, table);
    translate(difference.added, table);
    if (!table.empty()) cancel(difference.removed, difference.added);
    add_setting(words == "state" ? rank_of_heading : rank_of_settings, words, difference);
}

void Phrasing::add_acts(const Act& act, const PathDifference& difference) {
    PathDifference told = difference;
    translate(told.removed, act.values);
    translate(told.added, act.values);
    if (!act.values.empty()) cancel(told.removed, told.added);
    const auto tell = [&](std::vector<std::string> values, std::string_view what, bool added) {
        if (act.role_permission) {
            const auto plain = std::stable_partition(values.begin(), values.end(), is_privileged_action);
            std::string privileged{what};
            privileged.insert(privileged.rfind("permission"), "privileged ");
            add_act(rank_of_heading, privileged, {values.begin(), plain}, added);
            values.erase(values.begin(), plain);
        }
        add_act(rank_of_acts + rank_of(act), what, values, added);
    };
    if (act.role_permission) {
        tell(std::move(told.added), act.added, true);
        tell(std::move(told.removed), act.removed, false);
        return;
    }
    tell(std::move(told.removed), act.removed, false);
    tell(std::move(told.added), act.added, true);
}

void Phrasing::add_act(std::size_t rank, std::string_view what, const std::vector<std::string>& values,
                       bool added) {
    const std::string words = side(values);
    if (words.empty()) return;
    Difference difference;
    difference.property = cut_utf8(to_valid_utf8(property_), longest_what);
    difference.what = cut_utf8(names_.with_names(to_valid_utf8(what)), longest_what);
    (added ? difference.new_value : difference.old_value) = words;
    difference.text = difference.what + ": " + words;
    out_.push_back({rank, std::move(difference)});
}

void Phrasing::add_sentence(std::size_t rank, std::string_view what, std::string_view text) {
    Difference difference;
    difference.property = cut_utf8(to_valid_utf8(property_), longest_what);
    difference.what = cut_utf8(to_valid_utf8(what), longest_what);
    difference.text = difference.what + ": " + std::string{text};
    out_.push_back({rank, std::move(difference)});
}

void Phrasing::add_setting(std::size_t rank, std::string_view what, const PathDifference& difference) {
    Difference out;
    out.property = cut_utf8(to_valid_utf8(property_), longest_what);
    out.what = cut_utf8(to_valid_utf8(what), longest_what);
    out.old_value = side(difference.removed);
    out.new_value = side(difference.added);
    if (out.old_value.empty() && out.new_value.empty()) return;
    out.text = out.what + ": ";
    if (is_hidden(difference.removed) && is_hidden(difference.added)) {
        out.text += "changed, " + std::string{redacted};
    } else if (difference.list) {
        if (!out.new_value.empty()) out.text += "added " + out.new_value;
        if (!out.new_value.empty() && !out.old_value.empty()) out.text += "; ";
        if (!out.old_value.empty()) out.text += "removed " + out.old_value;
    } else if (out.old_value.empty() || out.new_value.empty()) {
        out.text += out.old_value.empty() ? "set to " + out.new_value : "was " + out.old_value;
    } else {
        out.text += out.old_value + " → " + out.new_value;
    }
    out_.push_back({rank, std::move(out)});
}

std::string Phrasing::label_of(const PathDifference& difference) const {
    std::string label;
    const auto add_segment = [&](std::string_view segment) {
        const auto words = segment_words(to_lower_ascii(segment));
        if (!words) return false;
        if (!words->empty()) label.append(label.empty() ? "" : ", ").append(*words);
        return true;
    };
    if (!add_segment(property_)) return {};
    for (const std::string& segment : difference.path) {
        if (is_item(segment)) {
            const std::string name = short_value(segment.substr(1, segment.size() - 2));
            label.append(label.empty() ? "" : " ").append(names_.with_names(name));
        } else if (!add_segment(segment)) {
            return {};
        }
    }
    return label;
}

std::string Phrasing::raw_path_of(const PathDifference& difference) const {
    const auto words = segment_words(to_lower_ascii(property_));
    const bool container = words && words->empty();
    std::string path{container && !difference.path.empty() ? std::string_view{} : property_};
    for (const std::string& segment : difference.path)
        path.append(path.empty() || is_item(segment) ? "" : ".").append(segment);
    return path.empty() ? "(no name)" : path;
}

std::string Phrasing::side(const std::vector<std::string>& sent) const {
    std::vector<std::string> values = sent;
    make_unique(values);
    std::string words;
    std::size_t told = 0;
    for (const std::string& value : values) {
        std::string next = names_.with_names(short_value(value));
        if (told == most_values || (told > 0 && words.size() + next.size() > longest_side)) break;
        words += (told++ > 0 ? ", " : "") + next;
    }
    words = cut_utf8(words, longest_side);
    if (told < values.size()) words += " and " + std::to_string(values.size() - told) + " more";
    return words;
}

}  // namespace entrawatch
