#include <cstdlib>
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

// How a URL is reached, where there is a proxy: to follow what is reached.
std::string way_to(const SharedProxy& proxy, const Result<Url>& url) {
    if (!proxy || !url) return {};
    return proxy->serves(*url) ? " through the proxy " + proxy->url.origin() : " not through the proxy";
}

std::string way_to(const TenantSettings& tenant) {
    const std::string token = way_to(tenant.proxy, Url::parse(tenant.login_url));
    const std::string graph = way_to(tenant.proxy, Url::parse(tenant.graph_url));
    if (token == graph) return token.empty() ? token : "," + token;
    return ", token" + token + ", Graph" + graph;
}

std::string way_to(const DestinationSettings& destination) {
    const bool syslog = destination.type == DestinationType::syslog;
    const std::string_view url = destination.url.reveal();
    const std::string way = way_to(destination.proxy, syslog ? Url::parse_peer(url) : Url::parse(url));
    return way.empty() ? way : "," + way;
}

// Whoever sets a proxy in the environment must not believe that it is used.
void print_proxy(const Settings& settings, std::ostream& out) {
    if (settings.proxy) {
        out << "proxy " << settings.proxy->url.origin()
            << (settings.proxy->credentials.empty() ? "" : ", with a user name and a password") << "\n";
        return;
    }
    for (const char* name : {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}) {
        if (std::getenv(name) == nullptr) continue;  // NOLINT(concurrency-mt-unsafe): read-only
        out << "note: " << name << " of the environment is not read; a proxy is set by `proxy:`\n";
        return;
    }
}

void print_probe(const TenantSettings& tenant, const TenantProbe& probe, std::ostream& out) {
    out << "tenant " << tenant.name << way_to(tenant) << "\n";
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
        out << way_to(destination) << ", " << name_of(destination.minimum_severity)
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
    print_proxy(*loaded.settings, invocation.out);
    fine = check_credentials(*loaded.settings, invocation.now(), invocation.out) && fine;
    print_destinations(*loaded.settings, invocation.out);
    if (!options.offline) fine = check_tenants(*loaded.settings, rules->rules, invocation) && fine;
    invocation.out << (fine ? "fine\n" : "there are problems, as said above\n");
    return fine ? exit_ok : exit_problems;
}

}  // namespace entrawatch
