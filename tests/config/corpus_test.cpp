// The shipped rules on labelled real records, where those lie beside the checkout: per scenario, how many
// alerts were expected, found, and told without cause. Zero may be missed and zero false.
#include <gtest/gtest.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/support/shipped_data.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;
using Labels = std::set<std::string>;

// A label of the corpus and the scenarios of this catalogue that answer it.
const std::map<std::string, std::set<std::string>>& scenarios_by_label() {
    static const std::map<std::string, std::set<std::string>> map{
        {"role-assigned-outside-pim", {"PR-1", "PR-2", "PR-3", "PR-6"}},
        {"role-assigned-through-pim", {"PR-7", "PR-8"}},
        {"pim-alert-or-setting-change", {"PR-9", "PR-10", "PR-11"}},
        {"tenant-domain-change", {"TW-1"}},
        {"tenant-federation-change", {"TW-2"}},
        {"tenant-b2b-policy-change", {"TW-3", "TW-4", "TW-10"}},
        {"tenant-identity-provider-change", {"TW-5"}},
        {"tenant-conditional-access-change", {"TW-6", "TW-7"}},
        {"tenant-risk-policy-change", {"TW-8"}},
        {"tenant-other-policy-change", {"TW-4", "TW-9", "TW-11", "TW-12", "TW-13", "TW-14", "TW-15"}},
        {"app-created", {"AP-1"}},
        {"service-principal-created", {"AP-2"}},
        {"app-or-sp-credential-added", {"AP-3", "AP-4"}},
        {"app-consent", {"AP-5", "AP-9"}},
        {"app-permission-granted", {"AP-6"}},
        {"app-owner-added", {"AP-7"}},
        {"emergency-access-sign-in", {"EA-1"}},
        {"emergency-access-credential-change", {"EA-2"}},
        {"emergency-access-group-change", {"EA-3"}},
        {"emergency-access-app-assignment", {"EA-4"}},
    };
    return map;
}

// What is no mistake where a label would be acceptable, though it does not answer a demand for it: a role on
// all of Azure beside one of the directory, a permission asked for beside one that is granted.
const std::map<std::string, std::string>& scenario_beside_label() {
    static const std::map<std::string, std::string> map{
        {"role-assigned-outside-pim", "PR-12"},
        {"app-permission-granted", "AP-8"},
    };
    return map;
}

struct Count {
    int expected = 0;
    int found = 0;
    int missed = 0;
    int wrong = 0;
};

constexpr std::string_view no_object = "00000000-0000-0000-0000-000000000000";

struct LabelledRecord {
    std::string id;
    std::string file;    // which feed of the corpus
    std::string record;  // as it stands in the corpus
    bool had_time = true;
    Labels wanted;
    Labels acceptable;
    std::vector<std::pair<std::string, std::string>> if_designated;  // account, label
};

std::vector<nlohmann::json> lines_of(const fs::path& file) {
    std::vector<nlohmann::json> lines;
    std::istringstream text{test::read_text(file)};
    for (std::string line; std::getline(text, line);) {
        if (!line.empty()) lines.push_back(nlohmann::json::parse(line));
    }
    return lines;
}

std::map<std::string, std::string> records_of(const fs::path& file) {
    std::map<std::string, std::string> records;
    std::istringstream text{test::read_text(file)};
    for (std::string line; std::getline(text, line);) {
        if (!line.empty()) records[nlohmann::json::parse(line).at("id").get<std::string>()] = line;
    }
    return records;
}

// Some captures lost the time of the event: they are judged as received now.
const Instant received = *parse_iso("2026-11-25T12:00:00Z");

std::string_view time_of(const LabelledRecord& one) {
    return one.file == "signIns" ? "createdDateTime" : "activityDateTime";
}

bool has_time(const LabelledRecord& one) {
    const auto record = nlohmann::json::parse(one.record);
    const auto time = record.find(time_of(one));
    return time != record.end() && time->is_string();
}

LabelledRecord labelled(const nlohmann::json& label, const std::map<std::string, std::string>& records) {
    LabelledRecord one;
    one.id = label.at("id").get<std::string>();
    one.file = label.at("feed").get<std::string>();
    one.record = records.at(one.id);
    one.wanted = label.at("scenarios").get<Labels>();
    one.acceptable = label.value("acceptable", Labels{});
    for (const auto& designated : label.value("if_designated", nlohmann::json::array())) {
        if (designated.at("account") == no_object) continue;  // what Entra writes where it knows no account
        one.if_designated.emplace_back(designated.at("account"), designated.at("scenario"));
    }
    one.had_time = has_time(one);
    return one;
}

// Every record of the feeds that this program reads.
std::vector<LabelledRecord> corpus(const fs::path& folder) {
    std::vector<LabelledRecord> all;
    for (const std::string file :
         {"directoryAudits", "signIns", "riskDetections", "servicePrincipalRiskDetections"}) {
        const auto records = records_of(folder / (file + ".jsonl"));
        for (const auto& label : lines_of(folder / "labels.jsonl")) {
            if (label.at("feed") == file) all.push_back(labelled(label, records));
        }
    }
    return all;
}

const Feed& feed_for(const LabelledRecord& one, Json json) {
    if (one.file == "directoryAudits") return feed_of(FeedId::directory_audits);
    if (one.file == "riskDetections") return feed_of(FeedId::risk_detections);
    if (one.file == "servicePrincipalRiskDetections")
        return feed_of(FeedId::service_principal_risk_detections);
    return feed_of(guess_feed(json).value_or(FeedId::sign_ins_interactive));
}

class CorpusRun {
  public:
    CorpusRun()
        : rules_{test::shipped().rules}, roles_{test::shipped_roles()}, scratch_{make_rule_scratch()} {}

    void judge(const LabelledRecord& one) {
        const auto found = scenarios_found(one, "");
        ++judged_;
        if (!one.had_time) ++without_time_;
        if (!found) {
            ADD_FAILURE() << one.file << " " << one.id << " is rejected: " << found.error().text();
            return;
        }
        judge_wanted(one, *found);
        judge_false(one, *found);
        for (const auto& [account, label] : one.if_designated)
            judge_designated(one, account, label);
    }

    [[nodiscard]] const std::map<std::string, Count>& counts() const { return counts_; }

    void print(std::ostream& out) const {
        out << std::left << std::setw(40) << "label" << std::right << std::setw(10) << "expected"
            << std::setw(8) << "found" << std::setw(8) << "missed" << std::setw(8) << "false" << '\n';
        for (const auto& [label, count] : counts_) {
            out << std::left << std::setw(40) << label << std::right << std::setw(10) << count.expected
                << std::setw(8) << count.found << std::setw(8) << count.missed << std::setw(8) << count.wrong
                << '\n';
        }
        out << "records: " << judged_ << ", of them without a time: " << without_time_ << '\n';
    }

  private:
    // The scenarios that rules give the record, with `account` as the emergency account (empty: none).
    Result<std::set<std::string>> scenarios_found(const LabelledRecord& one, const std::string& account) {
        const auto json = reader_.parse(one.record);
        if (!json) return fail(json.error());
        auto event = normalize(feed_for(one, *json), *json, received);
        if (!event) return fail(event.error());
        std::vector<EmergencyAccount> accounts;
        if (!account.empty()) accounts.push_back({account, "designated"});
        enrich(*event, Directory{accounts, roles_, {}});
        std::set<std::string> scenarios;
        for (const Finding& finding : rules_.evaluate(*event, *json, *scratch_))
            scenarios.insert(finding.rule->scenario);
        return scenarios;
    }

    void judge_wanted(const LabelledRecord& one, const std::set<std::string>& found) {
        for (const std::string& label : one.wanted) {
            const auto answers = scenarios_by_label().find(label);
            if (answers == scenarios_by_label().end()) continue;  // `none`, or a scenario of later rules
            count(label, one, answers->second, found, one.acceptable);
        }
    }

    void judge_designated(const LabelledRecord& one, const std::string& account, const std::string& label) {
        const auto answers = scenarios_by_label().find(label);
        if (answers == scenarios_by_label().end()) {
            ADD_FAILURE() << "the corpus has a label that the test does not know: " << label;
            return;
        }
        const auto found = scenarios_found(one, account);
        count(label, one, answers->second, found ? *found : std::set<std::string>{}, {});
        for (const std::string& scenario : found ? *found : std::set<std::string>{}) {
            if (scenario.starts_with("EA-") && !answers->second.contains(scenario))
                wrong(label, one, scenario + (" with " + account).append(" designated"));
        }
    }

    void count(const std::string& label, const LabelledRecord& one, const std::set<std::string>& answers,
               const std::set<std::string>& found, const Labels& acceptable) {
        Count& row = counts_[label];
        ++row.expected;
        const auto is_found = [&](const std::string& scenario) { return found.contains(scenario); };
        if (std::any_of(answers.begin(), answers.end(), is_found)) {
            ++row.found;
            return;
        }
        const bool excused = std::any_of(acceptable.begin(), acceptable.end(), [&](const std::string& other) {
            const auto others = scenarios_by_label().find(other);
            return other == "none" || (others != scenarios_by_label().end() &&
                                       std::any_of(others->second.begin(), others->second.end(), is_found));
        });
        if (excused) return;
        ++row.missed;
        ADD_FAILURE() << "missed: " << label << " in " << one.file << " " << one.id;
    }

    void judge_false(const LabelledRecord& one, const std::set<std::string>& found) {
        std::set<std::string> allowed;
        for (const Labels* labels : {&one.wanted, &one.acceptable}) {
            for (const std::string& label : *labels) {
                const auto answers = scenarios_by_label().find(label);
                if (answers != scenarios_by_label().end())
                    allowed.insert(answers->second.begin(), answers->second.end());
            }
        }
        for (const std::string& label : one.acceptable) {
            const auto beside = scenario_beside_label().find(label);
            if (beside != scenario_beside_label().end()) allowed.insert(beside->second);
        }
        for (const std::string& scenario : found) {
            if (!allowed.contains(scenario)) wrong("none", one, scenario);
        }
    }

    void wrong(const std::string& label, const LabelledRecord& one, const std::string& what) {
        ++counts_[label].wrong;
        ADD_FAILURE() << "false: " << what << " in " << one.file << " " << one.id;
    }

    RuleSet rules_;
    std::vector<RoleInfo> roles_;
    RuleScratchPtr scratch_;
    JsonReader reader_;
    std::map<std::string, Count> counts_;
    int judged_ = 0;
    int without_time_ = 0;
};

TEST(Corpus, HasNoRecordThatTheShippedRulesMissOrTellWithoutCause) {
    const auto folder = test::corpus_dir();
    if (!folder) GTEST_SKIP() << "no labelled records beside the checkout";
    CorpusRun run;
    const auto records = corpus(*folder);
    for (const LabelledRecord& one : records)
        run.judge(one);
    run.print(std::cout);
    EXPECT_GT(records.size(), 100U);
    int expected = 0;
    for (const auto& [label, count] : run.counts()) {
        expected += count.expected;
        EXPECT_EQ(count.missed, 0) << label;
        EXPECT_EQ(count.wrong, 0) << label;
    }
    EXPECT_GT(expected, 60);
}

}  // namespace
}  // namespace entrawatch
