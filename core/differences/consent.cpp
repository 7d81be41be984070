// Consent and delegated permissions: which scopes, and for whom.
#include <algorithm>

#include "core/base/text.hpp"
#include "core/differences/families.hpp"
#include "core/differences/value_sets.hpp"

namespace entrawatch {
namespace {

// A text with more is shown as it is.
constexpr std::size_t most_grants = 50;
constexpr std::size_t most_scopes = 2'000;

struct Grant {
    std::string resource, principal, consent_type;
    std::vector<std::string> scopes;
};

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (words.size() <= most_scopes &&
           (begin = text.find_first_not_of(" \t\r\n", begin)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

// The value of "Name: value, " in a grant; up to the next comma or the end.
std::string_view field(std::string_view grant, std::string_view name) {
    const auto at = grant.find(name);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = grant.substr(at + name.size());
    return trim(rest.substr(0, rest.find(',')));
}

// "[[Id: …, ClientId: …, …], [Id: …]]"
std::vector<Grant> grants_in(std::string_view text) {
    std::vector<Grant> grants;
    while (grants.size() <= most_grants) {
        const auto begin = text.find("[Id: ");
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin + 1);
        const std::string_view grant = text.substr(0, text.find(']'));
        grants.push_back({std::string{field(grant, "ResourceId: ")},
                          std::string{field(grant, "PrincipalId: ")},
                          std::string{field(grant, "ConsentType: ")}, words_in(field(grant, "Scope: "))});
        text.remove_prefix(grant.size());
    }
    return grants;
}

bool too_many(const std::vector<Grant>& grants) {
    return grants.size() > most_grants ||
           std::ranges::any_of(grants, [](const Grant& grant) { return grant.scopes.size() > most_scopes; });
}

bool same_reach(const Grant& a, const Grant& b) {
    return equal_ignoring_ascii_case(a.resource, b.resource) &&
           equal_ignoring_ascii_case(a.principal, b.principal) &&
           equal_ignoring_ascii_case(a.consent_type, b.consent_type);
}

std::vector<std::string> scopes_missing_in(const std::vector<Grant>& others, const Grant& grant) {
    std::vector<std::string> scopes = grant.scopes;
    for (const Grant& other : others) {
        if (same_reach(other, grant)) take_away(scopes, other.scopes);
    }
    return scopes;
}

std::string reach_of(const Grant& grant) {
    std::string words = grant.resource.empty() ? "" : " on " + short_value(grant.resource);
    if (equal_ignoring_ascii_case(grant.consent_type, "AllPrincipals")) return words + " for everybody";
    if (!grant.principal.empty()) return words + " for " + short_value(grant.principal);
    return grant.consent_type.empty() ? words : words + " for " + short_value(grant.consent_type);
}

}  // namespace

bool tell_consent(const Change& change, Phrasing& phrasing) {
    const std::string& text = change.new_value;
    constexpr std::string_view arrow = "=>";
    const auto at = text.find(arrow);
    if (at == std::string::npos) return false;
    const std::vector<Grant> before = grants_in(std::string_view{text}.substr(0, at));
    const std::vector<Grant> after = grants_in(std::string_view{text}.substr(at + arrow.size()));
    if ((before.empty() && after.empty()) || too_many(before) || too_many(after)) return false;
    for (const Grant& grant : after)
        phrasing.add_act(rank_of_heading, "granted scope" + reach_of(grant), scopes_missing_in(before, grant),
                         true);
    for (const Grant& grant : before)
        phrasing.add_act(rank_of_heading, "removed scope" + reach_of(grant), scopes_missing_in(after, grant),
                         false);
    return true;
}

bool tell_scopes(const Change& change, Phrasing& phrasing) {
    PathDifference difference{{}, true, words_in(change.old_value), words_in(change.new_value)};
    if (difference.removed.size() > most_scopes || difference.added.size() > most_scopes) return false;
    const std::vector<std::string> before = difference.removed;
    take_away(difference.removed, difference.added);
    take_away(difference.added, before);
    if (difference.removed.empty() && difference.added.empty()) return false;
    phrasing.add(std::move(difference));
    return true;
}

}  // namespace entrawatch
