#include "daemon/graph/policy_answers.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.hpp"

namespace entrawatch::graph {
namespace {

// Where an emergency account does its work: everywhere, the admin portals, Azure's management.
constexpr std::array<std::string_view, 3> applications_of_administrators{
    "all", "microsoftadminportals", "797f4846-ba00-4fd7-ba73-dac1f8f63013"};
constexpr std::array<std::string_view, 3> modern_clients{"all", "browser", "mobileappsanddesktopclients"};
constexpr std::size_t most_named = 5;

template <class Take>
void each_text(Json object, std::string_view name, Take take) {
    JsonArray list;
    const auto value = member(object, name);
    if (!value || value->get(list) != simdjson::SUCCESS) return;
    for (const Json element : list) {
        if (const std::string_view text = text_in(element); !text.empty()) take(text);
    }
}

std::vector<std::string> texts_of(Json object, std::string_view name) {
    std::vector<std::string> texts;
    each_text(object, name, [&](std::string_view text) { texts.emplace_back(text); });
    return texts;
}

std::vector<std::string> lower_texts_of(Json object, std::string_view name) {
    std::vector<std::string> texts;
    each_text(object, name, [&](std::string_view text) { texts.push_back(to_lower_ascii(text)); });
    return texts;
}

bool names_any(Json object, std::string_view list, std::span<const std::string_view> words) {
    bool found = false;
    each_text(object, list, [&](std::string_view text) {
        found = found || std::ranges::find(words, to_lower_ascii(text)) != words.end();
    });
    return found;
}

std::string named(const std::vector<std::string>& texts) {
    std::string words;
    for (std::size_t i = 0; i < texts.size() && i < most_named; ++i)
        words += (i == 0 ? "" : ", ") + texts[i];
    if (texts.size() > most_named) words += ", and " + std::to_string(texts.size() - most_named) + " more";
    return words;
}

bool has_object(Json object, std::string_view name) {
    const auto value = member(object, name);
    return value && value->is_object();
}

PolicyPeople people_in(Json users, std::string_view side) {
    const std::string verb{side};
    return {lower_texts_of(users, verb + "Users"), lower_texts_of(users, verb + "Groups"),
            lower_texts_of(users, verb + "Roles")};
}

void add_controls(Json record, AccessPolicy& policy) {
    const auto grant = member(record, "grantControls");
    if (!grant || !grant->is_object()) return;
    policy.one_is_enough = equal_ignoring_ascii_case(text_of(*grant, "operator"), "OR");
    policy.controls = texts_of(*grant, "builtInControls");
    if (has_object(*grant, "authenticationStrength")) policy.controls.emplace_back("authenticationStrength");
    if (!texts_of(*grant, "termsOfUse").empty()) policy.controls.emplace_back("termsOfUse");
    if (!texts_of(*grant, "customAuthenticationFactors").empty())
        policy.controls.emplace_back("customAuthenticationFactor");
}

class Narrowing {
  public:
    Narrowing(Json conditions, std::vector<std::string>& words) : conditions_(conditions), words_(words) {}

    void tell() {
        tell_applications();
        if (const auto clients = texts_of(conditions_, "clientAppTypes");
            !clients.empty() && !names_any(conditions_, "clientAppTypes", modern_clients))
            words_.push_back("the client applications " + named(clients));
        tell_sides("platforms", "Platforms", "the platforms ");
        tell_sides("locations", "Locations", "the locations ");
        tell_list(conditions_, "signInRiskLevels", "sign-ins of the risk ");
        tell_list(conditions_, "userRiskLevels", "users of the risk ");
        tell_list(conditions_, "servicePrincipalRiskLevels", "service principals of the risk ");
        tell_text(conditions_, "insiderRiskLevels", "the insider risk ");
        if (const auto devices = member(conditions_, "devices")) {
            if (const auto filter = member(*devices, "deviceFilter"); filter && filter->is_object())
                words_.push_back("devices by a filter (" + std::string{text_of(*filter, "mode")} + ": " +
                                 std::string{text_of(*filter, "rule")} + ")");
        }
        if (const auto flows = member(conditions_, "authenticationFlows"))
            tell_text(*flows, "transferMethods", "the authentication flows ");
    }

  private:
    void tell_applications() {
        const auto applications = member(conditions_, "applications");
        if (!applications) return;
        tell_list(*applications, "includeUserActions", "the user actions ");
        tell_list(*applications, "includeAuthenticationContextClassReferences",
                  "the authentication contexts ");
        if (const auto included = texts_of(*applications, "includeApplications");
            !included.empty() &&
            !names_any(*applications, "includeApplications", applications_of_administrators))
            words_.push_back("the applications " + named(included));
    }

    // includeX and excludeX: all of them and no exception narrows nothing.
    void tell_sides(std::string_view condition, std::string_view suffix, std::string_view what) {
        const auto value = member(conditions_, condition);
        if (!value || !value->is_object()) return;
        const auto included = texts_of(*value, "include" + std::string{suffix});
        const auto excluded = texts_of(*value, "exclude" + std::string{suffix});
        const bool all =
            included.empty() || (included.size() == 1 && equal_ignoring_ascii_case(included.front(), "all"));
        if (all && excluded.empty()) return;
        std::string words{what};
        words += all ? "other than " + named(excluded) : named(included);
        if (!all && !excluded.empty()) words += " but not " + named(excluded);
        words_.push_back(std::move(words));
    }

    void tell_list(Json object, std::string_view name, std::string_view what) {
        if (const auto texts = texts_of(object, name); !texts.empty())
            words_.push_back(std::string{what} + named(texts));
    }

    void tell_text(Json object, std::string_view name, std::string_view what) {
        if (const std::string_view text = text_of(object, name); !text.empty() && text != "none")
            words_.push_back(std::string{what} + std::string{text});
    }

    Json conditions_;
    std::vector<std::string>& words_;
};

}  // namespace

std::optional<AccessPolicy> policy_in(Json record) {
    if (!equal_ignoring_ascii_case(text_of(record, "state"), "enabled")) return std::nullopt;
    AccessPolicy policy;
    policy.id = to_lower_ascii(text_of(record, "id"));
    policy.name = text_of(record, "displayName");
    add_controls(record, policy);
    if (policy.id.empty() || policy.controls.empty()) return std::nullopt;
    const auto conditions = member(record, "conditions");
    if (!conditions) return policy;
    if (const auto users = member(*conditions, "users"); users && users->is_object()) {
        policy.include = people_in(*users, "include");
        policy.exclude = people_in(*users, "exclude");
        // The exclusion of this shape may be of some kinds of guests only: it excludes nobody for sure.
        if (has_object(*users, "includeGuestsOrExternalUsers"))
            policy.include.users.emplace_back("guestsorexternalusers");
    }
    Narrowing{*conditions, policy.only_when}.tell();
    return policy;
}

std::optional<NamedLocation> location_in(Json record) {
    NamedLocation location;
    location.id = to_lower_ascii(text_of(record, "id"));
    if (location.id.empty()) return std::nullopt;
    location.name = text_of(record, "displayName");
    const auto trusted = member(record, "isTrusted");
    location.trusted = trusted && scalar_text(*trusted) == "true";
    JsonArray ranges;
    if (const auto list = member(record, "ipRanges"); list && list->get(ranges) == simdjson::SUCCESS) {
        for (const Json range : ranges) {
            if (const std::string_view text = text_of(range, "cidrAddress"); !text.empty())
                location.ranges.emplace_back(text);
        }
    }
    location.countries = texts_of(record, "countriesAndRegions");
    const auto unknown = member(record, "includeUnknownCountriesAndRegions");
    location.unknown_countries = unknown && scalar_text(*unknown) == "true";
    std::ranges::sort(location.ranges);
    std::ranges::sort(location.countries);
    return location;
}

}  // namespace entrawatch::graph
