// TW-7 between two readings: named locations that came, went or changed.
#include <algorithm>

#include "core/context/posture_facts.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_named = 10;

std::string location_list(const std::vector<std::string>& texts, std::size_t most) {
    std::string words;
    for (std::size_t i = 0; i < texts.size() && i < most; ++i)
        words += (i == 0 ? "" : ", ") + texts[i];
    if (texts.size() > most) words += ", and " + std::to_string(texts.size() - most) + " more";
    return words;
}

std::optional<std::string> as_property(const std::vector<std::string>& texts) {
    return texts.empty() ? std::nullopt : std::optional{location_list(texts, texts.size())};
}

// The elements of the second sorted list that the first does not have.
std::vector<std::string> only_in_second(const std::vector<std::string>& before,
                                        const std::vector<std::string>& after) {
    std::vector<std::string> added;
    std::ranges::set_difference(after, before, std::back_inserter(added));
    return added;
}

std::string location_words(const NamedLocation& location) {
    return (location.trusted ? "trusted named location " : "named location ") +
           (location.name.empty() ? location.id : location.name);
}

std::string content_of(const NamedLocation& location) {
    auto content = location.ranges;
    content.insert(content.end(), location.countries.begin(), location.countries.end());
    if (location.unknown_countries) content.emplace_back("unknown countries");
    return content.empty() ? "nothing" : location_list(content, most_named);
}

PostureFact location_fact(const NamedLocation& location, std::string_view what, std::string activity,
                          std::string says, bool trusted) {
    PostureFact fact = make_fact("location", location.id + '|' + std::string{what}, std::move(activity),
                                 std::move(says), {"NamedLocation", location.id, location.name});
    fact.details.emplace_back("Trusted", trusted ? "true" : "false");
    return fact;
}

void add_property(PostureFact& fact, std::string name, std::optional<std::string> before,
                  std::optional<std::string> after) {
    if (before != after) fact.properties.push_back({std::move(name), std::move(before), std::move(after)});
}

std::string flag_text(bool value) {
    return value ? "true" : "false";
}

// What differs, as properties with both sides.
void add_properties(PostureFact& fact, const NamedLocation& before, const NamedLocation& after) {
    add_property(fact, "displayName", before.name, after.name);
    add_property(fact, "isTrusted", flag_text(before.trusted), flag_text(after.trusted));
    add_property(fact, "ipRanges", as_property(before.ranges), as_property(after.ranges));
    add_property(fact, "countriesAndRegions", as_property(before.countries), as_property(after.countries));
    add_property(fact, "includeUnknownCountriesAndRegions", flag_text(before.unknown_countries),
                 flag_text(after.unknown_countries));
}

std::string change_words(const NamedLocation& before, const NamedLocation& after) {
    std::vector<std::string> parts;
    if (before.trusted != after.trusted)
        parts.emplace_back(after.trusted ? "now trusted" : "no longer trusted");
    const auto tell = [&](std::string_view verb, const std::vector<std::string>& list) {
        if (!list.empty()) parts.push_back(std::string{verb} + location_list(list, most_named));
    };
    tell("added ", only_in_second(before.ranges, after.ranges));
    tell("removed ", only_in_second(after.ranges, before.ranges));
    tell("added ", only_in_second(before.countries, after.countries));
    tell("removed ", only_in_second(after.countries, before.countries));
    if (before.unknown_countries != after.unknown_countries)
        parts.emplace_back(after.unknown_countries ? "added unknown countries" : "removed unknown countries");
    if (before.name != after.name) parts.push_back("was named " + before.name);
    std::string words;
    for (const std::string& one : parts)
        words += (words.empty() ? "" : "; ") + one;
    return words;
}

}  // namespace

std::vector<PostureFact> location_changes(const DirectoryReading& before, const DirectoryReading& after) {
    std::vector<PostureFact> changes;
    if (!before.locations || !after.locations) return changes;
    const NamedLocation nothing;
    for (const NamedLocation& location : *after.locations) {
        const auto old = std::ranges::find(*before.locations, location.id, &NamedLocation::id);
        if (old == before.locations->end()) {
            auto fact = location_fact(
                location, "added", "Named location added",
                "the " + location_words(location) + " was added: " + content_of(location), location.trusted);
            add_properties(fact, nothing, location);
            changes.push_back(std::move(fact));
        } else if (*old != location) {
            auto fact =
                location_fact(location, "changed", "Named location changed",
                              "the " + location_words(location) + " changed: " + change_words(*old, location),
                              old->trusted || location.trusted);
            add_properties(fact, *old, location);
            changes.push_back(std::move(fact));
        }
    }
    for (const NamedLocation& location : *before.locations) {
        if (std::ranges::find(*after.locations, location.id, &NamedLocation::id) != after.locations->end())
            continue;
        auto fact = location_fact(location, "removed", "Named location removed",
                                  "the " + location_words(location) + " was removed: " + content_of(location),
                                  location.trusted);
        add_properties(fact, location, nothing);
        changes.push_back(std::move(fact));
    }
    return changes;
}

}  // namespace entrawatch
