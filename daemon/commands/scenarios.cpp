#include <algorithm>
#include <ostream>
#include <sstream>

#include "core/base/text.hpp"
#include "core/context/directory_parts.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/scenario_list.hpp"
#include "daemon/watch_verdicts.hpp"

namespace entrawatch {
namespace {

std::vector<Column> scenario_columns() {
    return {{"tenant", "TENANT"}, {"part", "PART"},      {"scenario", "SCENARIO", true},
            {"state", "STATE"},   {"title", "TELLS OF"}, {"reasons", ""},
            {"rules", ""}};
}

Result<DirectoryReading> stored_reading(Store& store) {
    const auto json = store.load_directory();
    if (!json) return fail(json.error());
    return *json ? reading_from_json(**json) : Result<DirectoryReading>{DirectoryReading{}};
}

// When the feed was read to its newest rows.
Result<std::optional<Instant>> last_read(Store& store, const Feed& feed) {
    const auto sweep = store.sweep_state(feed.id);
    return sweep ? Result<std::optional<Instant>>{sweep->last_hot} : fail(sweep.error());
}

// The scenarios for which a part of the directory is missing.
std::vector<std::pair<std::string, std::string>> unseen_in(const DirectoryReading& reading) {
    std::vector<std::pair<std::string, std::string>> unseen;
    for (const DirectoryGap& gap : reading.gaps) {
        const auto part = std::ranges::find(directory_parts, gap.part, &DirectoryPart::name);
        if (part == directory_parts.end()) continue;
        std::istringstream scenarios{std::string{part->scenarios}};
        for (std::string scenario; scenarios >> scenario;)
            unseen.emplace_back(scenario, gap.part + ": " + gap.problem);
    }
    return unseen;
}

Result<FeedSight> sight_of_feed(Store& store, const Feed& feed, const TenantSettings& tenant, Instant now) {
    if (std::string missing = missing_in(feed, tenant.cloud); !missing.empty())
        return FeedSight{feed.id, FeedSight::State::dark, std::move(missing)};
    const auto state = store.feed_state(feed.id);
    if (!state) return fail(state.error());
    const bool derived = feed.id == FeedId::posture;
    const auto reading = derived ? stored_reading(store) : Result<DirectoryReading>{DirectoryReading{}};
    if (!reading) return fail(reading.error());
    const auto read = derived ? Result<std::optional<Instant>>{reading->read_at} : last_read(store, feed);
    if (!read) return fail(read.error());
    if (state->state == "parked") return FeedSight{feed.id, FeedSight::State::dark, state->reason};
    if (!*read)
        return FeedSight{feed.id, FeedSight::State::dark,
                         "it has not been read yet" + (state->reason.empty() ? "" : ": " + state->reason)};
    if (now - **read <= longest_silence(feed, tenant.poll_interval))
        return FeedSight{feed.id, FeedSight::State::seen, {}, unseen_in(*reading)};
    return FeedSight{feed.id, FeedSight::State::late,
                     "it was last read at " + to_iso_millis(**read) + ", " + to_words(now - **read) + " ago",
                     unseen_in(*reading)};
}

// What the daemon left in the store says of each feed that is not disabled.
Result<std::vector<FeedSight>> feeds_as_seen(const TenantSettings& tenant, const Invocation& invocation) {
    const Instant now = invocation.now();
    std::vector<FeedSight> sights;
    auto store = open_existing_store(tenant, true, now, invocation.stop);
    if (!store && store.error().code != ErrorCode::not_found) return fail(store.error());
    for (const Feed& feed : all_feeds()) {
        if (!tenant.feeds.at(feed.id).enabled) continue;
        if (!store) {
            sights.push_back({feed.id, FeedSight::State::dark, "nothing has been collected yet"});
            continue;
        }
        auto sight = sight_of_feed(*store, feed, tenant, now);
        if (!sight) return fail(sight.error());
        sights.push_back(std::move(*sight));
    }
    return sights;
}

OrderedJson list_of(const std::vector<std::string>& texts) {
    OrderedJson list = OrderedJson::array();
    for (const std::string& text : texts)
        list.push_back(text);
    return list;
}

bool is_fine(ScenarioState state) {
    return state == ScenarioState::covered || state == ScenarioState::not_watched;
}

// false when something is blind or late.
bool write_lines(ListWriter& list, const std::string& tenant, const std::vector<ScenarioLine>& lines) {
    bool fine = true;
    for (const ScenarioLine& line : lines) {
        list.row({tenant, line.scenario->part, line.scenario->id, name_of(line.state), line.scenario->title,
                  list_of(line.reasons), list_of(line.rules)});
        if (!line.rules.empty()) list.note("told by " + joined(line.rules));
        for (const std::string& reason : line.reasons)
            list.note(reason);
        fine = fine && is_fine(line.state);
    }
    return fine;
}

}  // namespace

int answer_scenarios(const Settings& settings, const ScenarioSources& sources,
                     const ScenariosOptions& options, const Invocation& invocation) {
    const auto tenants = chosen_tenants(settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    ListWriter list{invocation.out, scenario_columns(), invocation.style(options.format)};
    int code = exit_ok;
    for (const TenantSettings* tenant : *tenants) {
        const auto feeds = feeds_as_seen(*tenant, invocation);
        if (!feeds) {
            code = complain(invocation, feeds.error(), exit_problems);
            continue;
        }
        const auto lines =
            scenario_lines({sources.catalogue, sources.rules, *feeds, !tenant->emergency_accounts.empty()});
        if (!write_lines(list, tenant->name, lines)) code = exit_problems;
    }
    list.finish();
    return code;
}

int run_scenarios(const ScenariosOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto catalogue = open_scenarios(invocation);
    if (!catalogue) return complain(invocation, catalogue.error(), exit_configuration);
    const auto rules = open_rules(&*settings, invocation);
    if (!rules) return complain(invocation, rules.error(), exit_configuration);
    return answer_scenarios(*settings, {*catalogue, rules->rules}, options, invocation);
}

}  // namespace entrawatch
