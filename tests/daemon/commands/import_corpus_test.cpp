// `import` of labelled real records, where those lie beside the checkout: each is stored or rejected with a
// reason, and per scenario as many alerts as the labels expect. Zero may be missed and zero false.
#include <gmock/gmock.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "core/base/digest.hpp"
#include "core/base/guid.hpp"
#include "tests/daemon/commands/command_world.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::test {
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
        // A detection of a Defender product, or of a spray, is one alert with the general rule.
        {"risk-detection", {"RE-1", "RE-3", "UE-1", "ST-10"}},
        {"legacy-auth-sign-in", {"SI-1"}},
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

// What the labels have no word for: device codes and password grants; two rows that only together say
// something, an account enabled and its password reset. Neither demanded nor a mistake.
const std::set<std::string>& unlabelled_scenarios() {
    static const std::set<std::string> scenarios{"SI-7", "ST-25"};
    return scenarios;
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
    std::string file;  // which feed of the corpus
    Labels wanted;
    Labels acceptable;
    std::vector<std::pair<std::string, std::string>> if_designated;  // account, label
};

std::vector<nlohmann::json> lines_of(const fs::path& file) {
    std::vector<nlohmann::json> lines;
    std::istringstream text{read_text(file)};
    for (std::string line; std::getline(text, line);) {
        if (!line.empty()) lines.push_back(nlohmann::json::parse(line));
    }
    return lines;
}

LabelledRecord labelled(const nlohmann::json& label) {
    LabelledRecord one;
    one.id = label.at("id").get<std::string>();
    one.file = label.at("feed").get<std::string>();
    one.wanted = label.at("scenarios").get<Labels>();
    one.acceptable = label.value("acceptable", Labels{});
    for (const auto& designated : label.value("if_designated", nlohmann::json::array())) {
        if (designated.at("account") == no_object) continue;  // what Entra writes where it knows no account
        one.if_designated.emplace_back(designated.at("account"), designated.at("scenario"));
    }
    return one;
}

// The files of the feeds that this program reads.
constexpr std::array files{"directoryAudits", "signIns", "riskDetections", "servicePrincipalRiskDetections"};

std::vector<LabelledRecord> labels(const fs::path& folder) {
    std::vector<LabelledRecord> all;
    for (const auto& label : lines_of(folder / "labels.jsonl")) {
        if (std::find(files.begin(), files.end(), label.at("feed")) != files.end())
            all.push_back(labelled(label));
    }
    return all;
}

using Scenarios = std::set<std::string>;

// What was told: for each alert its scenarios and its records. Records of one act are counted on one alert.
struct Told {
    struct Alert {
        Scenarios scenarios;
        std::vector<std::string> records;
    };
    std::vector<Alert> alerts;
    std::map<std::string, Scenarios> by_record;
};

Scenarios scenarios_of(const AlertRow& alert, const nlohmann::json& data) {
    Scenarios scenarios{alert.scenario};
    for (const auto& also : data.value("/context/also"_json_pointer, nlohmann::json::array()))
        scenarios.insert(also.value("scenario", ""));
    return scenarios;
}

Told told_by(Store& store) {
    Told told;
    for (const AlertRow& alert : must(store.alerts({.limit = 100'000}))) {
        const auto data = nlohmann::json::parse(alert.data);
        Told::Alert one{scenarios_of(alert, data), {}};
        for (const auto& event : must(store.events_of(alert.id, 100'000))) {
            told.by_record[event.id].insert(one.scenarios.begin(), one.scenarios.end());
            one.records.push_back(event.id);
        }
        told.alerts.push_back(std::move(one));
    }
    return told;
}

// Labels against what was told.
class Judgement {
  public:
    void judge(const std::vector<LabelledRecord>& all, const Told& told) {
        std::map<std::string, Scenarios> allowed;
        for (const LabelledRecord& one : all) {
            judge_wanted(one, of(one, told.by_record));
            allowed[one.id].merge(allowed_for(one));
        }
        for (const Told::Alert& alert : told.alerts) {
            Scenarios of_all = unlabelled_scenarios();
            for (const std::string& record : alert.records)
                of_all.insert(allowed[record].begin(), allowed[record].end());
            for (const std::string& scenario : alert.scenarios) {
                if (!of_all.contains(scenario)) wrong("none", alert.records.front(), scenario);
            }
        }
    }
    // `told` with the account of every label as an emergency account.
    void judge_designated(const LabelledRecord& one, const Told& told) {
        std::set<std::string> answered;
        for (const auto& [account, label] : one.if_designated) {
            const auto& answers = scenarios_by_label().at(label);
            count(label, one, answers, of(one, told.by_record), {});
            answered.insert(answers.begin(), answers.end());
        }
        for (const std::string& scenario : of(one, told.by_record)) {
            if (scenario.starts_with("EA-") && !answered.contains(scenario) && !answered.empty())
                wrong("emergency", one.id, scenario);
        }
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
    }

  private:
    static Scenarios of(const LabelledRecord& one, const std::map<std::string, Scenarios>& told) {
        const auto found = told.find(one.id);
        return found == told.end() ? Scenarios{} : found->second;
    }

    void judge_wanted(const LabelledRecord& one, const std::set<std::string>& found) {
        for (const std::string& label : one.wanted) {
            const auto answers = scenarios_by_label().find(label);
            if (answers == scenarios_by_label().end()) continue;  // `none`, or a scenario of later rules
            count(label, one, answers->second, found, one.acceptable);
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

    static Scenarios allowed_for(const LabelledRecord& one) {
        Scenarios allowed;
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
        return allowed;
    }

    void wrong(const std::string& label, const std::string& record, const std::string& what) {
        ++counts_[label].wrong;
        ADD_FAILURE() << "false: " << what << " in " << record;
    }

    std::map<std::string, Count> counts_;
};

// Some captures name their accounts by placeholders, which settings refuse: those get an object id.
std::string object_id(const std::string& account) {
    if (is_guid(account)) return account;
    const std::string hex = to_hex(as_bytes(sha256(account)));
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-8" + hex.substr(17, 3) +
           "-" + hex.substr(20, 12);
}

class ImportOfTheCorpus : public CommandWorld {
  protected:
    void SetUp() override {
        const auto found = corpus_dir();
        if (!found) GTEST_SKIP() << "no labelled records beside the checkout";
        corpus_ = *found;
        fs::remove_all(shipped());
        fs::create_directory_symlink(source_dir() / "config", shipped());
        for (const std::string file : files) {
            paths_.push_back((corpus_ / (file + ".jsonl")).string());
            records_ += static_cast<std::int64_t>(lines_of(corpus_ / (file + ".jsonl")).size());
        }
    }
    int import_corpus(const std::string& tenant) {
        std::vector<std::string> arguments{"import", "--config", config().string(), "--tenant", tenant};
        arguments.insert(arguments.end(), paths_.begin(), paths_.end());
        return CommandWorld::run(arguments);
    }
    // Two tenants: one without emergency accounts, one in which each account of a label is one.
    void write_both(const std::vector<LabelledRecord>& all) {
        std::set<std::string> accounts;
        for (const LabelledRecord& one : all) {
            for (const auto& [account, label] : one.if_designated)
                accounts.insert(account);
        }
        write_settings({"plain", "designated"});
        std::string yaml = read_text(config());
        std::string list = "    emergency_accounts:\n";
        for (const std::string& account : accounts)
            list += "      - { object_id: " + object_id(account) + " }\n";
        yaml.insert(yaml.find("destinations:"), list);
        write_file(config(), yaml);
        copy_with_object_ids(accounts);
    }
    void copy_with_object_ids(const std::set<std::string>& accounts) {
        for (std::string& path : paths_) {
            std::string text = read_text(path);
            for (const std::string& account : accounts) {
                const std::string quoted = '"' + account + '"';
                const std::string id = '"' + object_id(account) + '"';
                for (auto at = text.find(quoted); quoted != id && at != std::string::npos;
                     at = text.find(quoted, at))
                    text.replace(at, quoted.size(), id);
            }
            path = (folder() / fs::path{path}.filename()).string();
            write_file(path, text);
        }
    }

    fs::path corpus_;
    std::vector<std::string> paths_;
    std::int64_t records_ = 0;
};

TEST_F(ImportOfTheCorpus, StoresEveryRecordOrRejectsItWithAReason) {
    const int code = import_corpus("contoso");
    const auto counts = must(store().counts());
    EXPECT_GT(records_, 100);
    EXPECT_EQ(counts.events + counts.rejections, records_) << out;
    EXPECT_EQ(code, counts.rejections == 0 ? exit_ok : exit_problems);
    std::int64_t reasons = 0;
    for (std::size_t at = out.find(": rejected: "); at != std::string::npos;
         at = out.find(": rejected: ", at + 1))
        ++reasons;
    EXPECT_EQ(reasons, counts.rejections) << out;
    std::cout << out.substr(
        out.rfind(" records: ") == std::string::npos ? 0 : out.rfind('\n', out.rfind(" records: ")) + 1);
}

TEST_F(ImportOfTheCorpus, TellsOfEveryLabelledActAndOfNothingElse) {
    const auto all = labels(corpus_);
    write_both(all);
    ASSERT_EQ(import_corpus("plain"), exit_ok) << out << err;
    ASSERT_EQ(import_corpus("designated"), exit_ok) << out << err;
    auto plain = store("plain");
    auto designated = store("designated");
    const Told told = told_by(plain);
    const Told told_designated = told_by(designated);
    Judgement judgement;
    judgement.judge(all, told);
    for (const LabelledRecord& one : all)
        judgement.judge_designated(one, told_designated);
    judgement.print(std::cout);
    EXPECT_GT(all.size(), 100U);
    int expected = 0;
    for (const auto& [label, count] : judgement.counts()) {
        expected += count.expected;
        EXPECT_EQ(count.missed, 0) << label;
        EXPECT_EQ(count.wrong, 0) << label;
    }
    EXPECT_GT(expected, 60);
}

}  // namespace
}  // namespace entrawatch::test
