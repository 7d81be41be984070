#include "daemon/commands/record_trial.hpp"

#include <algorithm>
#include <istream>
#include <iterator>
#include <ostream>
#include <set>
#include <utility>

#include "config/files.hpp"
#include "core/base/text.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/page.hpp"
#include "core/feed/placing.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/explanation.hpp"
#include "core/rules/rule_set.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

Result<std::string> text_of_record(const std::string& path, std::istream& standard_input) {
    if (path != "-") return read_small_file(path, max_record_bytes);
    std::string text(max_record_bytes + 1, '\0');  // one more, so that too much is seen
    standard_input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(standard_input.gcount()));
    return text;
}

// As the daemon would see it: what its settings say, and what it read last.
Result<std::shared_ptr<const Directory>> directory_of(const OptionalSettings& opened,
                                                      const std::string& tenant_name,
                                                      std::vector<RoleInfo> roles,
                                                      const Invocation& invocation) {
    if (!opened.settings)
        return std::make_shared<const Directory>(std::vector<EmergencyAccount>{}, std::move(roles),
                                                 DirectoryReading{});
    const auto tenant = one_tenant(*opened.settings, tenant_name);
    if (!tenant) return fail(tenant.error());
    auto store = open_existing_store(**tenant, true, invocation.now());
    if (store) return open_directory(**tenant, *store, std::move(roles));
    if (store.error().code != ErrorCode::not_found) return fail(store.error());
    return std::make_shared<const Directory>((*tenant)->emergency_accounts, std::move(roles),
                                             DirectoryReading{});
}

// What one rule made of the record.
struct Verdict {
    const Rule* rule = nullptr;
    RuleExplanation told;
    std::vector<const Finding*> findings;
    const RuleFilter* filter = nullptr;  // in force, and excepts the record from the rule
};

std::string step_of(const Verdict& verdict) {
    return verdict.told.step < 0
               ? std::string{}
               : verdict.rule->correlation->steps[static_cast<std::size_t>(verdict.told.step)].rule;
}

// What would be told. A correlation's sentence is about all its records, of which this is one.
std::vector<std::string> sentences_of(const Verdict& verdict) {
    std::vector<std::string> sentences;
    if (verdict.rule->correlation) return sentences;
    for (const Finding* finding : verdict.findings)
        sentences.push_back(finding->summary);
    return sentences;
}

class Trial {
  public:
    Trial(const RulesTestOptions& options, const Invocation& invocation, LoadedRules chosen)
        : options_(options), invocation_(invocation) {
        for (Rule& rule : chosen.rules) {
            if (!rule.alerts) unheard_.insert(rule.id);
            rule.alerts = true;  // what only a correlation looks at is told of as well
        }
        rules_.emplace(std::move(chosen.rules), std::move(chosen.filters));
    }

    // The record is the only one of its page.
    Result<> run(const Page& page, const Directory& directory) {
        const Feed* feed = options_.feed ? &feed_of(*options_.feed) : nullptr;
        const auto placed = placer_.place(page.body, page.records.front(), feed, true);
        if (!placed) return fail(placed.error());
        auto event = normalize(*placed->feed, placed->json, invocation_.now());
        if (!event) return fail(event.error());
        enrich(*event, directory);
        const RuleScratchPtr scratch = make_rule_scratch();
        findings_ = rules_->evaluate(*event, placed->json, *scratch);
        for (const Rule& rule : rules_->rules())
            verdicts_.push_back(verdict_of(rule, *event, placed->json));
        tell(*event);
        return {};
    }

  private:
    Verdict verdict_of(const Rule& rule, const Event& event, Json json) {
        Verdict verdict{&rule, explain(rule, event, json), {}, nullptr};
        for (const Finding& finding : findings_) {
            if (finding.rule->id != rule.id) continue;
            verdict.findings.push_back(&finding);
            if (finding.filter != nullptr && in_force(*finding.filter, invocation_.now()))
                verdict.filter = finding.filter;
        }
        return verdict;
    }

    // Of rules that nobody named: those that tell of it by themselves, those that do with other records, and
    // the nearest that do not. What only a correlation looks at is told by the correlation.
    void keep_what_is_near() {
        const auto place = [](const Verdict& verdict) {
            const Explanation& why = verdict.told.why;
            return std::pair{why.holds ? static_cast<int>(verdict.rule->correlation != nullptr) : 2,
                             why.failed};
        };
        std::stable_sort(verdicts_.begin(), verdicts_.end(),
                         [&](const Verdict& a, const Verdict& b) { return place(a) < place(b); });
        std::size_t misses = 0;
        std::erase_if(verdicts_, [&](const Verdict& verdict) {
            if (!verdict.told.reads_feed || is_unheard(verdict)) return true;
            if (verdict.told.why.holds) return false;
            return !verdict.told.why.activity_fits || ++misses > max_near_misses;
        });
    }

    [[nodiscard]] bool is_unheard(const Verdict& verdict) const {
        return unheard_.contains(verdict.rule->id);
    }

    void tell(const Event& event) {
        const auto readers = std::ranges::count_if(verdicts_, [&](const Verdict& verdict) {
            return verdict.told.reads_feed && !is_unheard(verdict);
        });
        const bool table = options_.format == Format::table;
        if (table) {
            invocation_.out << feed_of(event.feed).name << ", " << for_terminal(event.id) << ", "
                            << (event.time_known ? to_iso(event.time) : "without a time") << ": "
                            << for_terminal(cut_utf8(event.activity, 200)) << "\n";
        }
        if (options_.selection.empty()) keep_what_is_near();
        ListWriter list{invocation_.out,
                        {{"result", "RESULT", true},
                         {"rule", "RULE", true},
                         {"severity", "SEVERITY"},
                         {"wrong", "WRONG"},
                         {"id", ""},
                         {"step", ""},
                         {"summaries", ""},
                         {"suppressed_by", ""},
                         {"selections", ""},
                         {"reasons", ""}},
                        invocation_.style(options_.format)};
        for (const Verdict& verdict : verdicts_)
            write(verdict, list);
        list.finish();
        if (table) sum_up(event, readers);
    }

    void write(const Verdict& verdict, ListWriter& list) const {
        const Explanation& why = verdict.told.why;
        OrderedJson selections = OrderedJson::array();
        for (const SelectionOutcome& selection : why.selections)
            selections.push_back({{"name", selection.name}, {"holds", selection.holds}});
        OrderedJson reasons = OrderedJson::array();
        for (const Reason& reason : why.reasons) {
            reasons.push_back(
                {{"selection", reason.selection},
                 {"field", reason.field.empty() ? OrderedJson{} : OrderedJson(reason.field)},
                 {"demand", reason.demand},
                 {"must_hold", !reason.holds},
                 {"record_holds", reason.held.empty() ? OrderedJson{} : OrderedJson(reason.held)},
                 {"words", in_words(reason)}});
        }
        OrderedJson summaries = OrderedJson::array();
        for (const std::string& sentence : sentences_of(verdict))
            summaries.push_back(sentence);
        OrderedJson severity;
        if (!verdict.findings.empty()) severity = name_of(verdict.findings.front()->severity);
        OrderedJson wrong;
        if (verdict.told.reads_feed && !why.holds) wrong = why.failed;
        list.row({word_of(verdict), verdict.rule->name, std::move(severity), std::move(wrong),
                  verdict.rule->id, step_of(verdict), std::move(summaries),
                  verdict.filter == nullptr ? OrderedJson{} : OrderedJson(verdict.filter->name),
                  std::move(selections), std::move(reasons)});
        note(verdict, list);
    }

    [[nodiscard]] std::string_view word_of(const Verdict& verdict) const {
        if (!verdict.told.reads_feed) return "other feed";
        if (!verdict.told.why.holds) return "silent";
        if (verdict.findings.empty()) return "no group";  // the record lacks what a correlation groups by
        if (verdict.filter != nullptr) return "suppressed";
        if (verdict.rule->correlation) return "counts";
        return is_unheard(verdict) ? "matches" : "fires";
    }

    void note(const Verdict& verdict, ListWriter& list) const {
        const Explanation& why = verdict.told.why;
        for (const std::string& sentence : sentences_of(verdict))
            list.note(sentence);
        if (verdict.filter != nullptr) list.note("suppressed by the filter " + verdict.filter->name);
        if (const std::string step = step_of(verdict); !step.empty()) list.note("as a row of " + step);
        std::string outcomes;
        for (const SelectionOutcome& selection : why.selections) {
            outcomes += (outcomes.empty() ? "" : ", ") + selection.name +
                        (selection.holds ? " holds" : " does not hold");
        }
        if (!outcomes.empty()) list.note(outcomes);
        for (const Reason& reason : why.reasons)
            list.note(in_words(reason));
        if (why.failed > why.reasons.size())
            list.note("and " + std::to_string(why.failed - why.reasons.size()) +
                      " more tests come out wrong");
    }

    void sum_up(const Event& event, std::ptrdiff_t readers) const {
        std::ostream& out = invocation_.out;
        if (verdicts_.empty()) out << "no rule fires, and none is about this activity\n";
        out << counted(readers, "rule reads ", "rules read ") << feed_of(event.feed).name << "\n";
        if (options_.config.empty())
            out << "without --config nothing is known of the directory: no emergency account, no role, no "
                   "person\n";
    }

    const RulesTestOptions& options_;
    const Invocation& invocation_;
    std::set<std::string> unheard_;  // ids of rules that alert nobody by themselves
    std::optional<RuleSet> rules_;
    RecordPlacer placer_;
    std::vector<Finding> findings_;
    std::vector<Verdict> verdicts_;
};

}  // namespace

int try_record(const RulesTestOptions& options, const OptionalSettings& opened, LoadedRules chosen,
               std::vector<RoleInfo> roles, const Invocation& invocation) {
    for (const Problem& problem : chosen.problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    if (!options.selection.empty()) {  // filters in force except from rules that are not in force yet, too
        auto in_force = open_rules(opened.get(), invocation);
        if (!in_force) return complain(invocation, in_force.error(), exit_configuration);
        std::move(in_force->filters.begin(), in_force->filters.end(), std::back_inserter(chosen.filters));
    }
    const auto directory = directory_of(opened, options.tenant, std::move(roles), invocation);
    if (!directory) return complain(invocation, directory.error(), exit_problems);
    const bool broken = has_errors(chosen.problems);
    const std::string place = options.record == "-" ? "standard input" : options.record;
    auto text = text_of_record(options.record, invocation.in);
    if (!text) return complain(invocation, text.error(), exit_problems);
    const auto page = split_one_record(std::move(*text));
    if (!page) return complain(invocation, {page.error().code, page.error().text(), place}, exit_problems);
    Trial trial{options, invocation, std::move(chosen)};
    if (const auto done = trial.run(*page, **directory); !done)
        return complain(invocation, {done.error().code, done.error().text(), place}, exit_problems);
    return broken ? exit_problems : exit_ok;
}

}  // namespace entrawatch
