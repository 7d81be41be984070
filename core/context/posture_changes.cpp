// Changes between two readings, and what the directory says of the application that we read Graph with.
#include <algorithm>
#include <array>

#include "core/context/posture_facts.hpp"

namespace entrawatch {
namespace {

// A credential is told of when it enters each of them; one that has ended is in the last.
constexpr std::array<int, 3> days_before_the_end = {7, 30, 60};

PostureFact application_fact(const OwnApplication& own, std::string subject, std::string activity,
                             std::string says) {
    return make_fact("application", std::move(subject), std::move(activity), std::move(says),
                     {"ServicePrincipal", own.service_principal_id, own.name});
}

std::string credential_words(const OwnApplication::Credential& credential) {
    return credential.kind + ' ' + (credential.name.empty() ? credential.key_id : credential.name);
}

// The shortest of the spans that is left; nullopt when the end is far.
std::optional<int> days_left(Ticks left) {
    for (const int days : days_before_the_end) {
        if (left <= std::chrono::hours{24 * days}) return days;
    }
    return std::nullopt;
}

PostureFact domain_fact(const Domain& domain, std::string_view what, std::string activity, std::string says) {
    return make_fact("domain", domain.name + '|' + std::string{what}, std::move(activity), std::move(says),
                     {"Domain", domain.name, domain.name});
}

std::vector<PostureProperty> differences(const std::map<std::string, std::string>& before,
                                         const std::map<std::string, std::string>& after) {
    std::vector<PostureProperty> changed;
    for (const auto& [name, value] : before) {
        const auto now = after.find(name);
        if (now == after.end()) {
            changed.push_back({name, value, std::nullopt});
        } else if (now->second != value) {
            changed.push_back({name, value, now->second});
        }
    }
    for (const auto& [name, value] : after) {
        if (!before.contains(name)) changed.push_back({name, std::nullopt, value});
    }
    return changed;
}

void add_domain_changes(const Domain& before, const Domain& after, std::vector<PostureFact>& changes) {
    if (before.authentication != after.authentication) {
        auto fact = domain_fact(
            after, "authentication", "Domain authentication changed",
            after.name + " was " + before.authentication + " and is " + after.authentication + " now");
        fact.properties.push_back({"authenticationType", before.authentication, after.authentication});
        changes.push_back(std::move(fact));
    }
    if (before.verified != after.verified) {
        auto fact =
            domain_fact(after, "verified", after.verified ? "Domain verified" : "Domain no longer verified",
                        after.name + (after.verified ? " was verified" : " is no longer verified"));
        fact.properties.push_back(
            {"isVerified", before.verified ? "true" : "false", after.verified ? "true" : "false"});
        changes.push_back(std::move(fact));
    }
    if (before.federation && after.federation && *before.federation != *after.federation) {
        auto fact = domain_fact(after, "federation", "Federation settings changed",
                                "the federation settings of " + after.name + " changed");
        fact.properties = differences(*before.federation, *after.federation);
        changes.push_back(std::move(fact));
    }
}

// The elements that only the second list has, in its order.
template <class Element>
std::vector<Element> added(const std::vector<Element>& before, const std::vector<Element>& after) {
    std::vector<Element> fresh;
    for (const Element& element : after) {
        if (std::ranges::find(before, element) == before.end()) fresh.push_back(element);
    }
    return fresh;
}

// Names and ends of a credential may be edited; its key id is what it is.
std::vector<OwnApplication::Credential> added_keys(const std::vector<OwnApplication::Credential>& before,
                                                   const std::vector<OwnApplication::Credential>& after) {
    std::vector<OwnApplication::Credential> fresh;
    for (const auto& credential : after) {
        if (std::ranges::find(before, credential.key_id, &OwnApplication::Credential::key_id) == before.end())
            fresh.push_back(credential);
    }
    return fresh;
}

}  // namespace

std::vector<PostureFact> application_facts(const Directory& directory, Instant now) {
    std::vector<PostureFact> facts;
    const auto& own = directory.reading().own;
    if (!own) return facts;
    if (!own->enabled) {
        facts.push_back(application_fact(*own, "disabled", "Entrawatch disabled",
                                         "the service principal of Entrawatch is disabled: it will not get "
                                         "another token"));
    }
    for (const auto& credential : own->credentials) {
        const auto days = credential.end ? days_left(*credential.end - now) : std::nullopt;
        if (!days) continue;
        const bool ended = *credential.end <= now;
        const std::string within = std::to_string(*days);
        auto fact = application_fact(*own, "ends|" + credential.key_id + '|' + within,
                                     "Entrawatch credential ends soon",
                                     "the " + credential_words(credential) + " of Entrawatch " +
                                         (ended ? "ended" : "ends") + " at " + to_iso(*credential.end));
        fact.details = {
            {"KeyId", credential.key_id}, {"EndDateTime", to_iso(*credential.end)}, {"WithinDays", within}};
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::vector<PostureFact> domain_changes(const DirectoryReading& before, const DirectoryReading& after) {
    std::vector<PostureFact> changes;
    if (!before.domains || !after.domains) return changes;
    for (const Domain& domain : *after.domains) {
        const auto old = std::ranges::find(*before.domains, domain.name, &Domain::name);
        if (old != before.domains->end()) {
            add_domain_changes(*old, domain, changes);
            continue;
        }
        auto fact = domain_fact(domain, "added", "Domain added",
                                "the domain " + domain.name + " was added (" + domain.authentication + ", " +
                                    (domain.verified ? "verified" : "not verified") + ")");
        fact.properties.push_back({"authenticationType", std::nullopt, domain.authentication});
        changes.push_back(std::move(fact));
    }
    for (const Domain& domain : *before.domains) {
        if (std::ranges::find(*after.domains, domain.name, &Domain::name) == after.domains->end())
            changes.push_back(domain_fact(domain, "removed", "Domain removed",
                                          "the domain " + domain.name + " was removed"));
    }
    return changes;
}

std::vector<PostureFact> application_changes(const DirectoryReading& before, const DirectoryReading& after) {
    std::vector<PostureFact> changes;
    if (!before.own || !after.own) return changes;
    const OwnApplication& was = *before.own;
    const OwnApplication& is = *after.own;
    const auto tell = [&](std::string_view what, const std::string& id, std::string activity,
                          std::string says) {
        auto fact = application_fact(is, std::string{what} + '|' + id, std::move(activity), std::move(says));
        fact.details.emplace_back("Id", id);
        changes.push_back(std::move(fact));
    };
    for (const auto& credential : added_keys(was.credentials, is.credentials))
        tell("credential-added", credential.key_id, "Entrawatch credential added",
             "Entrawatch's application has a new " + credential_words(credential));
    for (const auto& credential : added_keys(is.credentials, was.credentials))
        tell("credential-removed", credential.key_id, "Entrawatch credential removed",
             "the " + credential_words(credential) + " of Entrawatch's application is gone");
    for (const std::string& owner : added(was.owners, is.owners))
        tell("owner-added", owner, "Entrawatch owner added",
             owner + " is an owner of Entrawatch's application now, and can give it credentials");
    for (const std::string& permission : added(was.permission_ids, is.permission_ids))
        tell("permission-added", permission, "Entrawatch permission added",
             "Entrawatch's application was granted the application role " + permission);
    for (const std::string& permission : added(is.permission_ids, was.permission_ids))
        tell("permission-removed", permission, "Entrawatch permission removed",
             "Entrawatch's application lost the application role " + permission +
                 ": what it was for is not seen any more");
    return changes;
}

}  // namespace entrawatch
