#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/rule_set.hpp"
#include "core/rules/waiting.hpp"

namespace entrawatch {
namespace {

Directory directory_of(const RuleExample& example, std::span<const RoleInfo> shipped_roles) {
    std::vector<EmergencyAccount> accounts;
    for (const std::string& id : example.emergency_accounts)
        accounts.push_back({id, "emergency account " + id});
    return {std::move(accounts), {shipped_roles.begin(), shipped_roles.end()}, reading_of(example)};
}

// Whom an example names as privileged holds this role.
constexpr std::string_view some_privileged_role = "62e90394-69f5-4237-9190-012177145e10";

void say_of(const std::vector<std::string>& ids, Known Principal::*fact, Principals& principals) {
    for (const std::string& id : ids) {
        Principal& principal = principals[to_lower_ascii(id)];
        principal.id = to_lower_ascii(id);
        principal.*fact = Known::yes;
    }
}

std::string in_words(const std::vector<Finding>& findings) {
    std::string words;
    for (const Finding& finding : findings)
        words += (words.empty() ? "" : ", ") + std::string{name_of(finding.severity)};
    return words;
}

// What is wrong with the outcome; empty when nothing is.
std::string complaint(const RuleExample& example, const std::vector<Finding>& findings) {
    if (!example.fires) {
        return findings.empty() ? std::string{} : "fires (" + in_words(findings) + ") but must stay silent";
    }
    if (findings.empty()) return "stays silent but must fire";
    if (example.findings && static_cast<std::size_t>(*example.findings) != findings.size()) {
        return "makes " + std::to_string(findings.size()) + " findings, not " +
               std::to_string(*example.findings);
    }
    const bool as_expected =
        !example.severity || std::all_of(findings.begin(), findings.end(),
                                         [&](const Finding& f) { return f.severity == *example.severity; });
    if (as_expected) return {};
    return "is " + in_words(findings) + ", not " + std::string{name_of(*example.severity)};
}

// Takes the records of one example in, as the store would, and tells what the last one leads to.
class Rehearsal {
  public:
    Rehearsal(const RuleSet& rules, const RuleExample& example, std::span<const RoleInfo> shipped_roles)
        : rules_(rules), example_(example), directory_(directory_of(example, shipped_roles)) {}

    Result<std::vector<Finding>> run() {
        for (const std::string& record : example_.earlier) {
            if (auto findings = take(record); !findings) return findings;
        }
        auto findings = take(example_.record);
        if (!findings) return findings;
        for (Waiting& waiting : waiting_) {
            if (!has_company(*waiting.finding.rule->correlation, hits_[waiting.finding.subject], waiting.at))
                findings->push_back(std::move(waiting.finding));
        }
        return findings;
    }

  private:
    struct Waiting {
        Finding finding;
        Instant at;
    };

    Result<std::vector<Finding>> take(const std::string& text) {
        const auto record = reader_.parse(text);
        if (!record)
            return fail(ErrorCode::invalid, "has a record that is no JSON: " + record.error().text());
        auto event = normalize(feed_of(feed_of_record(*record)), *record);
        if (!event) return fail(ErrorCode::invalid, "has a record that is rejected: " + event.error().text());
        if (!is_about_several() && number_ > 0 && event->id != last_id_)
            return fail(ErrorCode::invalid, "has `records` that are no revisions of one record");
        last_id_ = event->id;
        enrich(*event, directory_);
        ++number_;
        std::vector<Finding> concluded;
        for (Finding& finding : rules_.evaluate(*event, *record, *scratch_)) {
            if (finding.step < 0 || holds(finding, event->time)) concluded.push_back(std::move(finding));
        }
        return concluded;
    }

    // One rule is rehearsed at a time.
    [[nodiscard]] bool is_about_several() const { return rules_.rules().front().correlation != nullptr; }
    [[nodiscard]] FeedId feed_of_record(Json record) const {
        if (example_.feed_named || example_.earlier.empty() || !is_about_several()) return example_.feed;
        return guess_feed(record).value_or(example_.feed);
    }

    bool holds(const Finding& finding, Instant at) {
        const Correlation& correlation = *finding.rule->correlation;
        if (is_absence(correlation) && !is_of_absent_step(finding)) {
            waiting_.push_back({finding, at});
            return false;
        }
        auto& hits = hits_[finding.subject];
        const std::string value =
            correlation.type == CorrelationType::event_count ? std::to_string(number_) : finding.value;
        hits.push_back({finding.step, value, at, at, number_});
        return !is_absence(correlation) && !correlated(correlation, hits, at).empty();
    }

    const RuleSet& rules_;
    const RuleExample& example_;
    Directory directory_;
    RuleScratchPtr scratch_ = make_rule_scratch();
    JsonReader reader_;
    std::int64_t number_ = 0;
    std::string last_id_;
    std::map<std::string, std::vector<CorrelationHit>> hits_;  // by group
    std::vector<Waiting> waiting_;                             // of an absence: decided when all has come
};

}  // namespace

DirectoryReading reading_of(const RuleExample& example) {
    DirectoryReading reading;
    if (!example.ms_pim_id.empty()) reading.ms_pim_id = example.ms_pim_id;
    if (example.trusted_locations)
        reading.locations = {{"trusted", "a trusted location", true, *example.trusted_locations, {}, false}};
    if (!example.privileged && example.synced.empty() && example.external.empty()) return reading;
    Privileges privileges;
    privileges.eligible_known = privileges.group_eligible_known = example.privileged.has_value();
    for (const std::string& id : example.privileged.value_or(std::vector<std::string>{}))
        privileges.assignments.push_back(
            {to_lower_ascii(id), std::string{some_privileged_role}, "/", false, false});
    say_of(example.synced, &Principal::synced, privileges.principals);
    say_of(example.external, &Principal::external, privileges.principals);
    reading.privileges = std::move(privileges);
    return reading;
}

Problems run_examples(const Rule& rule, std::span<const RoleInfo> shipped_roles) {
    Problems problems;
    Rule judged = rule;
    judged.alerts = true;  // also a rule that only a correlation looks at shows what it matches
    const RuleSet alone{{std::move(judged)}};
    for (const RuleExample& example : rule.examples) {
        const auto findings = Rehearsal{alone, example, shipped_roles}.run();
        const std::string what = findings ? complaint(example, *findings) : findings.error().what;
        if (!what.empty())
            problems.push_back({rule.file, example.line, "example \"" + example.name + "\" " + what, false});
    }
    return problems;
}

}  // namespace entrawatch
