#include <stdlib.h>  // NOLINT(*-deprecated-headers): mkdtemp is POSIX

#include <algorithm>
#include <iterator>
#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "core/store/query.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/ingest_context.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/replay_summary.hpp"
#include "daemon/commands/rule_selection.hpp"
#include "daemon/waiting_watch.hpp"

namespace entrawatch {
namespace {

constexpr std::int64_t records_at_once = 2000;
constexpr Ticks usual_span = std::chrono::hours{24 * 30};
constexpr int most_alerts = 1'000'000;
constexpr std::size_t shown_actors = 3;
constexpr std::size_t shown_days = 3;
constexpr std::size_t shown_filters = 5;

// A folder of ours beside the tenant's database, gone with this object, whatever happens.
class ScratchFolder {
  public:
    static Result<ScratchFolder> make(const std::filesystem::path& beside) {
        std::string pattern = (beside / "replay-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return fail(ErrorCode::unavailable, "cannot make a folder for the replay", beside.string());
        return ScratchFolder{pattern};
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::filesystem::path database() const { return path_ / "replay.db"; }

  private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

// Takes stored records in as the daemon would, into a store of its own.
class Replay {
  public:
    Replay(Store& into, const IngestContext& context, const Invocation& invocation)
        : into_(into), context_(context), invocation_(invocation), scratch_(make_rule_scratch()) {}

    Result<std::int64_t> run(Store& from, const EventFilter& filter) {
        std::optional<Error> failure;
        const auto rows = query_events(from, filter, [&](const EventRow& row) {
            held_[row.feed].push_back(row.raw);
            if (++count_ % records_at_once != 0) return true;
            if (auto done = take(); !done) failure = done.error();
            return !failure;
        });
        if (!rows) return fail(rows.error());
        if (!failure) {
            if (auto done = take(); !done) failure = done.error();
        }
        if (!failure) {
            if (auto done = decide_waiting(); !done) failure = done.error();
        }
        clear_progress();
        return failure ? Result<std::int64_t>{fail(*failure)} : count_;
    }

  private:
    Result<> take() {
        for (auto& [feed, records] : held_) {
            if (auto done = take(feed_of(feed), records); !done) return done;
            records.clear();
        }
        if (invocation_.err_is_terminal) invocation_.err << "\r" << count_ << " records" << std::flush;
        return {};
    }

    Result<> take(const Feed& feed, const std::vector<std::string>& records) {
        Page page;
        page.records.assign(records.begin(), records.end());
        IngestInput input;
        input.feed = &feed;
        input.page = &page;
        input.any_shape = true;  // some came by `import`
        input.now = invocation_.now();
        const auto report = ingest(into_, context_, input, *scratch_);
        return report ? Result<>{} : fail(report.error());
    }

    // Findings that waited for other records, all of which have been taken; what is not due yet is not told.
    Result<> decide_waiting() {
        WaitingQuestion question;
        question.all_came = true;
        question.now = invocation_.now();
        const auto report = conclude_waiting(into_, context_, question, *scratch_);
        return report ? Result<>{} : fail(report.error());
    }

    void clear_progress() const {
        if (invocation_.err_is_terminal) invocation_.err << "\r\x1b[K" << std::flush;
    }

    Store& into_;
    const IngestContext& context_;
    const Invocation& invocation_;
    RuleScratchPtr scratch_;
    std::map<FeedId, std::vector<std::string>> held_;
    std::int64_t count_ = 0;
};

// The rules in force, of which only the chosen ones tell: a correlation needs the others to look.
std::vector<Rule> rules_to_replay(std::vector<Rule> in_force, std::vector<Rule> chosen) {
    std::set<std::string> ids;
    for (const Rule& rule : chosen)
        ids.insert(rule.id);
    for (Rule& rule : in_force) {
        if (rule.correlation || ids.contains(rule.id)) continue;
        rule.alerts = false;
        chosen.push_back(std::move(rule));
    }
    return chosen;
}

Result<std::shared_ptr<const RuleSet>> rule_set_of(const RulesReplayOptions& options,
                                                   const OptionalSettings& opened,
                                                   const Invocation& invocation) {
    auto chosen = selected_rules(options.selection, opened, invocation);
    if (!chosen) return fail(chosen.error());
    for (const Problem& problem : chosen->problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    if (has_errors(chosen->problems))
        return fail(ErrorCode::invalid, "the rules cannot be replayed as they are");
    if (options.selection.empty())
        return std::make_shared<const RuleSet>(std::move(chosen->rules), std::move(chosen->filters));
    auto in_force = open_rules(opened.get(), invocation);
    if (!in_force) return fail(in_force.error());
    // Filters that were named by their path are tried beside those in force.
    std::move(in_force->filters.begin(), in_force->filters.end(), std::back_inserter(chosen->filters));
    // A filter alone: what would it hide of what the rules in force tell?
    if (chosen->rules.empty())
        return std::make_shared<const RuleSet>(std::move(in_force->rules), std::move(chosen->filters));
    return std::make_shared<const RuleSet>(
        rules_to_replay(std::move(in_force->rules), std::move(chosen->rules)), std::move(chosen->filters));
}

OrderedJson json_of(const std::map<std::string, std::int64_t>& counts) {
    OrderedJson object = OrderedJson::object();
    for (const auto& [name, count] : counts)
        object[name] = count;
    return object;
}

void write_summary(const std::vector<RuleReplay>& rules, const RulesReplayOptions& options,
                   const Invocation& invocation) {
    ListWriter list{invocation.out,
                    {{"rule", "RULE"},
                     {"scenario", "SCENARIO"},
                     {"severity", "UP TO"},
                     {"alerts", "ALERTS"},
                     {"events", "EVENTS"},
                     {"muted", "MUTED"},
                     {"suppressed", "SUPPRESSED"},
                     {"first_event_at", "FIRST", true},
                     {"last_event_at", "LAST", true},
                     {"per_day", ""},
                     {"actors", ""},
                     {"filters", ""}},
                    invocation.style(options.format)};
    for (const RuleReplay& rule : rules) {
        list.row({rule.rule, rule.scenario, name_of(rule.severity), rule.alerts, rule.events, rule.muted,
                  rule.suppressed, to_iso_millis(rule.first), to_iso_millis(rule.last), json_of(rule.per_day),
                  json_of(rule.actors), json_of(rule.filters)});
        if (rule.suppressed > 0)
            list.note("suppressed by the filter " + most_frequent(rule.filters, shown_filters));
        if (rule.alerts > 0)
            list.note("by " + most_frequent(rule.actors, shown_actors) + "; on " +
                      most_frequent(rule.per_day, shown_days));
    }
    list.finish();
}

struct Replayed {
    std::int64_t records = 0;
    std::vector<AlertRow> alerts;
    std::vector<MuteRow> mutes;
};

Result<Replayed> replay(const RulesReplayOptions& options, const Settings& settings,
                        const TenantSettings& tenant, std::shared_ptr<const RuleSet> rules,
                        const Invocation& invocation) {
    const auto asked = typed_span(options.from, options.to, invocation.now());
    if (!asked) return fail(asked.error());
    auto from = open_existing_store(tenant, true, invocation.now());
    if (!from) return fail(from.error());
    auto context = make_ingest_context(settings, tenant, *from, invocation);
    if (!context) return fail(context.error());
    context->rules = std::move(rules);
    for (const Feed& feed : all_feeds())
        context->scenario_only.insert(feed.id);  // what no rule tells of need not be kept
    const auto folder = ScratchFolder::make(settings.state_directory);
    if (!folder) return fail(folder.error());
    auto into = Store::open({.file = folder->database(), .tenant = tenant.name}, invocation.now());
    if (!into) return fail(into.error());

    EventFilter filter;
    filter.from = asked->from.value_or(invocation.now() - usual_span);
    filter.to = asked->to;
    filter.oldest_first = true;
    filter.with_raw = true;
    const auto records = Replay{*into, *context, invocation}.run(*from, filter);
    if (!records) return fail(records.error());
    auto alerts = into->alerts({.suppressed = std::nullopt, .limit = most_alerts});
    if (!alerts) return fail(alerts.error());
    auto mutes = from->mutes_in_force(invocation.now());
    if (!mutes) return fail(mutes.error());
    return Replayed{*records, std::move(*alerts), std::move(*mutes)};
}

}  // namespace

int run_rules_replay(const RulesReplayOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    const Settings& settings = *opened.settings;
    const auto tenant = one_tenant(settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    auto rules = rule_set_of(options, opened, invocation);
    if (!rules) return complain(invocation, rules.error(), exit_problems);
    const auto replayed = replay(options, settings, **tenant, std::move(*rules), invocation);
    if (!replayed) return complain(invocation, replayed.error(), exit_problems);

    std::vector<std::string> destinations;
    for (const DestinationSettings& destination : settings.destinations)
        destinations.push_back(destination.name);
    const auto summary =
        summarize_replay({replayed->alerts, replayed->mutes, destinations, invocation.now()});
    write_summary(summary, options, invocation);
    if (options.format == Format::table) {
        const auto told = std::count_if(replayed->alerts.begin(), replayed->alerts.end(),
                                        [](const AlertRow& alert) { return alert.suppressed_by.empty(); });
        const std::int64_t hidden = std::ssize(replayed->alerts) - told;
        invocation.out << counted(replayed->records, "record", "records") << " replayed, "
                       << counted(told, "alert", "alerts") << " of "
                       << counted(std::ssize(summary), "rule", "rules")
                       << (hidden > 0 ? ", " + std::to_string(hidden) + " suppressed by filters" : "")
                       << "; nothing was sent\n";
    }
    return exit_ok;
}

}  // namespace entrawatch
