// The Entra rules of SigmaHQ, where the folder lies beside the source tree: each of them loads or says why it
// cannot.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "tests/core/rules/rule_support.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch {
namespace {

std::map<std::string, SigmaFile> read_folder() {
    std::map<std::string, SigmaFile> files;
    const std::filesystem::path folder = test::source_dir() / ".." / "shared" / "sigmahq";
    if (!std::filesystem::is_directory(folder)) return files;
    SigmaOptions options;
    options.require_examples = true;  // foreign rules need none
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".yml") continue;
        const std::string name = entry.path().stem().string();
        files[name] = read_sigma(test::read_text(entry.path()), entry.path().filename().string(),
                                 "sigmahq/" + name, options);
    }
    return files;
}

TEST(SigmaHq, LoadsWhatGraphRecordsCanAnswerAndSaysWhyForTheRest) {
    const auto files = read_folder();
    if (files.empty()) GTEST_SKIP() << "the folder ../shared/sigmahq is not here";
    ASSERT_EQ(files.size(), 59U);
    std::set<std::string> left_out;
    for (const auto& [name, file] : files) {
        EXPECT_FALSE(has_errors(file.problems)) << test::text_of(file.problems);
        if (!file.rules.empty()) continue;
        left_out.insert(name);
        EXPECT_NE(test::text_of(file.problems).find("; the rule is not loaded"), std::string::npos) << name;
    }
    // Alerts of PIM are a feed of their own; three ask sign-ins for fields that none has; the last one takes
    // the activity for two texts at once.
    const std::set<std::string> expected{"azure_pim_account_stale",
                                         "azure_pim_invalid_license",
                                         "azure_pim_role_frequent_activation",
                                         "azure_pim_role_no_mfa_required",
                                         "azure_pim_too_many_global_admins",
                                         "azure_app_device_code_authentication",
                                         "azure_app_ropc_authentication",
                                         "azure_legacy_authentication_protocols",
                                         "azure_guest_to_member"};
    EXPECT_EQ(left_out, expected);
}

bool matches(const std::map<std::string, SigmaFile>& files, const std::string& name,
             const test::Sample& sample) {
    const auto file = files.find(name);
    if (file == files.end() || file->second.rules.empty()) {
        ADD_FAILURE() << name << " is not loaded";
        return false;
    }
    return file->second.rules[0].condition->matches(sample.event, sample.record);
}

TEST(SigmaHq, MatchesWhatItsAuthorsMeant) {
    const auto files = read_folder();
    if (files.empty()) GTEST_SKIP() << "the folder ../shared/sigmahq is not here";
    const test::Sample policy{R"({"activityDisplayName": "Update conditional access policy"})"};
    EXPECT_TRUE(matches(files, "azure_aad_secops_ca_policy_updatedby_bad_actor", policy));
    EXPECT_FALSE(matches(files, "azure_aad_secops_ca_policy_removedby_bad_actor", policy));
    const test::Sample lockout{R"({"status": {"errorCode": 50053}})", FeedId::sign_ins_interactive};
    EXPECT_TRUE(matches(files, "azure_account_lockout", lockout));
    EXPECT_FALSE(matches(files, "azure_user_login_blocked_by_conditional_access", lockout));
    const test::Sample denied{
        R"({"authenticationRequirement": "multiFactorAuthentication",
            "status": {"errorCode": 500121, "additionalDetails": "MFA denied; user declined the authentication"}})",
        FeedId::sign_ins_interactive};
    EXPECT_TRUE(matches(files, "azure_mfa_denies", denied));
    const test::Sample unknown_device{R"({"authenticationRequirement": "singleFactorAuthentication",
        "status": {"errorCode": 0}, "networkLocationDetails": [], "deviceDetail": {"deviceId": ""}})",
                                      FeedId::sign_ins_interactive};
    EXPECT_TRUE(matches(files, "azure_ad_sign_ins_from_unknown_devices", unknown_device));
    const test::Sample spray{R"({"riskEventType": "passwordSpray"})", FeedId::risk_detections};
    EXPECT_TRUE(matches(files, "azure_identity_protection_password_spray", spray));
    EXPECT_FALSE(matches(files, "azure_identity_protection_leaked_credentials", spray));
}

}  // namespace
}  // namespace entrawatch
