#include <algorithm>
#include <ostream>
#include <set>

#include "alerts/handling.hpp"
#include "alerts/mute.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {
namespace {

Result<std::vector<Rule>> rules_of_scenario(const std::vector<Rule>& rules, const std::string& scenario) {
    std::vector<Rule> found;
    std::set<std::string> scenarios;
    for (const Rule& rule : rules) {
        scenarios.insert(rule.scenario);
        if (equal_ignoring_ascii_case(rule.scenario, scenario)) found.push_back(rule);
    }
    if (!found.empty()) return found;
    const std::string near = nearest(scenario, scenarios);
    return fail(ErrorCode::not_found, "--scenario: no rule in force serves scenario '" + scenario + "'" +
                                          (near.empty() ? "" : "; did you mean " + near + "?"));
}

// A mute that fits no rule would hide nothing, one of unsilenceable rules only would seem to: both are said
// now. Rules are replaced by their own name, so that the mute names what alerts name.
Result<> check_rules(MuteRow& mute, const Settings& settings, const Invocation& invocation) {
    if (mute.rule.empty() && mute.scenario.empty()) return {};
    const auto loaded = open_rules(&settings, invocation);
    if (!loaded) return fail(loaded.error());
    std::vector<Rule> rules = loaded->rules;
    if (!mute.rule.empty()) {
        auto named = rules_named(rules, mute.rule);
        if (!named) return fail(named.error());
        if (named->size() > 1)
            return fail(ErrorCode::invalid, "--rule: several rules fit '" + mute.rule + "'; name one");
        mute.rule = named->front().name;
        rules = std::move(*named);
    }
    if (!mute.scenario.empty()) {
        auto of_scenario = rules_of_scenario(rules, mute.scenario);
        if (!of_scenario) return fail(of_scenario.error());
        rules = std::move(*of_scenario);
    }
    if (std::all_of(rules.begin(), rules.end(), [](const Rule& rule) { return rule.unsilenceable; })) {
        return fail(ErrorCode::invalid,
                    "rule " + rules.front().name +
                        " is unsilenceable: its alerts are always told; acknowledge or resolve them instead");
    }
    return {};
}

Result<Instant> end_of(const MuteAddOptions& options, Instant start, Instant now) {
    if (options.until.empty() == options.length.empty())
        return fail(ErrorCode::invalid, "say when the mute ends: --for 2h, or --until TIME");
    if (!options.length.empty()) {
        const auto length = parse_duration(options.length);
        if (!length)
            return fail(ErrorCode::invalid,
                        "--for: '" + options.length + "' is no length of time; write 30m, 8h or 2d");
        return start + std::min(*length, longest_mute + Ticks{1});
    }
    const auto until = typed_time("--until", options.until, now);
    if (!until) return fail(until.error());
    return **until;
}

Result<MuteRow> typed_mute(const MuteAddOptions& options, const Invocation& invocation) {
    const Instant now = invocation.now();
    MuteRow mute;
    mute.rule = trim(options.rule);
    mute.scenario = trim(options.scenario);
    mute.severity_at_most = options.severity_at_most;
    mute.actor = trim(options.actor);
    mute.target = trim(options.target);
    mute.destination = trim(options.destination);
    mute.author = invocation.user;
    auto reason = checked_reason(options.reason);
    if (!reason) return fail(reason.error());
    mute.reason = std::move(*reason);
    const auto from = typed_time("--from", options.from, now);
    if (!from) return fail(from.error());
    const auto end = end_of(options, from->value_or(now), now);
    if (!end) return fail(end.error());
    mute.created_at = now;
    mute.starts_at = from->value_or(now);
    mute.ends_at = *end;
    mute.id = make_id("mute_", now, random_bytes());
    if (auto fine = check_mute(mute, now); !fine) return fail(fine.error());
    return mute;
}

Result<> write(Store& store, const MuteRow& mute) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = store.insert_mute(mute); !done) return done;
    const AuditEntry entry{mute.created_at, mute.author, "mute add", mute.id,
                           matchers_of(mute) + "; from " + to_iso(mute.starts_at) + " until " +
                               to_iso(mute.ends_at) + "; " + mute.reason};
    if (auto done = store.add_audit(entry); !done) return done;
    return transaction->commit();
}

}  // namespace

int run_mute_add(const MuteAddOptions& options, const Invocation& invocation) {
    auto mute = typed_mute(options, invocation);
    if (!mute) return complain(invocation, mute.error(), exit_usage);
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenant = one_tenant(*settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    if (!mute->destination.empty()) {
        if (const auto known = known_destination(*settings, "--destination", mute->destination); !known)
            return complain(invocation, known.error(), exit_problems);
    }
    if (const auto fine = check_rules(*mute, *settings, invocation); !fine)
        return complain(invocation, fine.error(), exit_problems);
    auto store = open_existing_store(**tenant, false, invocation.now());
    if (!store) return complain(invocation, store.error(), exit_problems);
    if (const auto done = write(*store, *mute); !done)
        return complain(invocation, done.error(), exit_problems);
    invocation.out << mute->id << ": tenant " << for_terminal((*tenant)->name) << ", "
                   << for_terminal(matchers_of(*mute)) << "; from " << to_iso_millis(mute->starts_at)
                   << " until " << to_iso_millis(mute->ends_at) << " ("
                   << to_words(mute->ends_at - mute->starts_at) << ")\n";
    return exit_ok;
}

}  // namespace entrawatch
