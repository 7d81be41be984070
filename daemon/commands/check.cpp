#include <ostream>
#include <utility>

#include "config/load.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/check_credentials.hpp"
#include "daemon/commands/check_online.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

void print(const Problems& problems, std::ostream& out) {
    for (const Problem& problem : problems)
        out << for_terminal(problem.text()) << "\n";
}

// The examples of every rule; false when one does not do what it says.
bool check_examples(const std::vector<Rule>& rules, const std::vector<RoleInfo>& roles, std::ostream& out) {
    bool fine = true;
    for (const Rule& rule : rules) {
        const Problems problems = run_examples(rule, roles);
        print(problems, out);
        fine = fine && problems.empty();
    }
    return fine;
}

void print_probe(const TenantSettings& tenant, const TenantProbe& probe, std::ostream& out) {
    out << "tenant " << tenant.name << "\n";
    if (!probe.problem.empty()) {
        out << "  token: " << for_terminal(probe.problem) << "\n";
        return;
    }
    out << "  token: granted, with the roles "
        << (probe.roles.empty() ? "(unreadable)" : for_terminal(joined(probe.roles))) << "\n";
    out << "  directory: " << (probe.directory_problem.empty() ? "ok" : for_terminal(probe.directory_problem))
        << "\n";
    for (const FeedProbe& feed : probe.feeds) {
        out << "  " << feed_of(feed.feed).name << ": " << (feed.answers ? "ok" : for_terminal(feed.problem))
            << "\n";
        if (!feed.missing_grants.empty()) {
            out << "    missing grant: " << for_terminal(joined(feed.missing_grants))
                << " (application permission of Microsoft Graph, with an administrator's consent)\n";
        }
    }
}

void print_sight(const std::vector<Rule>& rules, const TenantProbe& probe, std::ostream& out) {
    std::vector<std::string> covered;
    for (const ScenarioSight& sight : sight_of(rules, probe.feeds)) {
        if (sight.dark_feeds.empty()) {
            covered.push_back(sight.scenario);
            continue;
        }
        out << "  scenario " << for_terminal(sight.scenario) << ": "
            << (sight.seeing.empty() && sight.half_blind.empty() ? "blind" : "partly blind")
            << ", for want of " << for_terminal(joined(sight.dark_feeds)) << "\n";
    }
    out << "  scenarios covered: " << (covered.empty() ? "none" : for_terminal(joined(covered))) << "\n";
}

void print_destinations(const Settings& settings, std::ostream& out) {
    for (const DestinationSettings& destination : settings.destinations) {
        out << "destination " << for_terminal(destination.name) << ": " << name_of(destination.type);
        if (destination.type == DestinationType::file) out << " " << for_terminal(destination.path.string());
        if (destination.type == DestinationType::syslog) out << " " << for_terminal(destination.url.reveal());
        if (destination.type == DestinationType::webhook) {
            out << (destination.signing_keys.empty()
                        ? ", unsigned"
                        : ", signed with " + std::to_string(destination.signing_keys.size()) + " key(s)");
        }
        out << ", " << name_of(destination.minimum_severity)
            << " and above; nothing was sent (try `entrawatch alerts test`)\n";
    }
}

// What only Graph can tell; false when something is not as it should be.
bool check_tenants(const Settings& settings, const std::vector<Rule>& rules, const Invocation& invocation) {
    bool fine = true;
    // The invocation outlives the probes, so the clock needs no owner.
    const std::shared_ptr<const Clock> clock{std::shared_ptr<void>{}, &invocation.clock};
    for (const TenantSettings& tenant : settings.tenants) {
        const TenantProbe probe = probe_tenant(tenant, clock);
        print_probe(tenant, probe, invocation.out);
        if (probe.problem.empty()) print_sight(rules, probe, invocation.out);
        fine = fine && probe.fine();
    }
    return fine;
}

}  // namespace

int run_check(const CheckOptions& options, const Invocation& invocation) {
    std::error_code ignored;
    if (!std::filesystem::exists(options.config, ignored)) {
        static_cast<void>(open_settings(options.config, invocation));  // says so
        return exit_configuration;
    }
    const LoadedSettings loaded = load_settings(options.config);
    print(loaded.problems, invocation.out);
    const auto rules = open_rules(loaded.settings ? &*loaded.settings : nullptr, invocation);
    if (!rules) return complain(invocation, rules.error(), exit_configuration);
    print(rules->problems, invocation.out);
    const auto roles = open_roles(invocation);
    if (!roles) return complain(invocation, roles.error(), exit_configuration);
    bool fine = check_examples(rules->rules, *roles, invocation.out);
    if (!loaded.settings || has_errors(rules->problems)) {
        invocation.out << "the configuration cannot be used; `entrawatch run` refuses it\n";
        return exit_configuration;
    }
    invocation.out << counted(std::ssize(rules->rules), "rule", "rules") << ", "
                   << counted(std::ssize(loaded.settings->tenants), "tenant", "tenants") << ", "
                   << counted(std::ssize(loaded.settings->destinations), "destination", "destinations")
                   << '\n';
    fine = check_credentials(*loaded.settings, invocation.now(), invocation.out) && fine;
    print_destinations(*loaded.settings, invocation.out);
    if (!options.offline) fine = check_tenants(*loaded.settings, rules->rules, invocation) && fine;
    invocation.out << (fine ? "fine\n" : "there are problems, as said above\n");
    return fine ? exit_ok : exit_problems;
}

}  // namespace entrawatch
