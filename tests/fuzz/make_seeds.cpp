// Writes the seeds of the fuzzers: records of every kind, pages and exports of them, and values of modified
// properties. One folder a fuzzer, below the folder given. What a fuzzer found and left there is kept.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/support/records.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> all_records() {
    using records::SignIn;
    using records::SignInKind;
    return {records::role_added().json(),
            records::role_removed().json(),
            records::pim_echo().json(),
            records::pim_activation_completed().json(),
            records::policy_changed().json(),
            records::policy_changed_directory_row().json(),
            records::keys_changed({}, {{"k1"}}).json(),
            records::app_role_granted("Directory.ReadWrite.All").json(),
            SignIn{}.json(),
            SignIn{.kind = SignInKind::service_principal}.json(),
            SignIn{.kind = SignInKind::managed_identity}.json(),
            records::Risk{}.json(),
            records::Risk{.of_service_principal = true}.json()};
}

std::vector<std::string> pages() {
    const std::vector<std::string> all = all_records();
    return {records::page_of(all, "https://graph.microsoft.com/v1.0/x?$skiptoken=y"), records::page_of({}),
            records::array_of(all), all[0] + "\n" + all[8] + "\n", R"({"records":[)" + all[8] + "]}"};
}

std::vector<std::string> values() {
    return {R"("Global Administrator")",
            "[true]",
            R"(["Guest"])",
            R"(["[KeyIdentifier=k1,KeyType=Password,KeyUsage=Verify,DisplayName=a, b]"])",
            R"({"state":"enabled","grantControls":{"builtInControls":["MFA"]}})",
            R"(["{\"Version\":1,\"State\":\"Enabled\"}"])",
            R"("[] => [[Id: x, Scope:  User.Read, CreatedDateTime: ]]; ")",
            "null",
            ""};
}

// Property, value before, value after, reason: a line each.
std::vector<std::string> changed_properties() {
    const std::string grant =
        "[Id: x, ClientId: c, PrincipalId: , ResourceId: r, ConsentType: AllPrincipals, Scope:  ";
    return {
        "ConditionalAccessPolicy\n"
        R"({"state":"enabled","conditions":{"users":{"includeUsers":["All"]}},"grantControls":{"operator":"OR","builtInControls":["mfa"]}})"
        "\n"
        R"({"state":"disabled","conditions":{"users":{"excludeGroups":["0c0c0c0c-0000-4000-8000-00000000000c"]}}})",
        "AuthenticationMethodsPolicy\n"
        R"({"authenticationMethodConfigurations":[{"id":"Sms","state":1},{"id":"Fido2","state":0}]})"
        "\n"
        R"({"authenticationMethodConfigurations":[{"id":"Sms","state":0}]})",
        "PolicyDetail\n[]\n"
        R"(["{\"Version\":1,\"State\":\"Enabled\",\"Controls\":[{\"Control\":[\"Mfa\"]}]}"])",
        "KeyDescription\n[]\n"
        R"(["[KeyIdentifier=k1,KeyType=Password,KeyUsage=Verify,DisplayName=a, b]"])",
        "ConsentAction.Permissions\nnull\n\"[" + grant + "User.Read]] => [[" + grant + "Mail.Send]]; \"",
        "GrantedPermissions\n[]\n[\"microsoft.directory/domains/federation/update\"]",
        "b2bCollaborationInbound\n"
        R"("{\"usersAndGroups\":{\"AccessType\":2}}")"
        "\n"
        R"("{\"usersAndGroups\":{\"AccessType\":1}}")",
        "P\n\n\nSetting changes in this session: Approval disabled. Maximum activation duration updated to "
        "02:00:00."};
}

std::vector<std::string> rule_files() {
    const std::string head = "title: t\nlogsource: {product: azure, service: auditlogs}\ndetection:\n";
    return {head +
                "  s: {activityDisplayName: Add member to role, category|contains|all: [role, man]}\n"
                "  f: [{actor.id: u2}, {userAgent: null}]\n  k: [curl, 'x*y?']\n  condition: s and not (f or "
                "k)\n",
            head +
                "  s1: {userAgent|re|i: 'c.+l', createdDateTime|hour|gte: 9}\n  s2: {category|expand: "
                "'%names%'}\n"
                "  s3: {actor.id|fieldref: targets.id, resultReason|wide|base64offset|contains: x}\n  "
                "condition: 1 of s*\n",
            "title: t\nid: 0a0b0c0d-0000-4000-8000-000000000001\nlevel: high\nlogsource: {product: azure, "
            "service: auditlogs}\n"
            "detection: {s: {changes.Role.TemplateId.new: x, targets.id: '*'}, condition: s}\n"
            "entrawatch:\n  subject: [role.id, targets.id]\n  window: 24h\n"
            "  severity: [{when: {actor.kind: app}, raise: 1, because: b}]\n  summary: '{actor.name} "
            "{targets.id}'\n"
            "  examples: {fires: [{name: n, record: {id: x, a: [1, true, null]}}]}\n"};
}

std::vector<std::string> chain_texts() {
    const std::string zeros(64, '0');
    return {"event 1..16 18 17,2 " + zeros + "\nalert 3 " + zeros + "\n", "120:" + zeros,
            "-----BEGIN PUBLIC "
            "KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC "
            "KEY-----\n"};
}

bool write_all(const std::filesystem::path& folder, const std::vector<std::string>& texts) {
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::ofstream file{folder / ("seed-" + std::to_string(i)), std::ios::binary};
        file << texts[i];
        if (!file.flush()) return false;
    }
    return true;
}

}  // namespace
}  // namespace entrawatch

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: fuzz_seeds FOLDER\n";
        return 1;
    }
    const std::filesystem::path folder{argv[1]};
    using namespace entrawatch;
    return write_all(folder / "page", pages()) && write_all(folder / "normalize", all_records()) &&
                   write_all(folder / "changes", values()) &&
                   write_all(folder / "differences", changed_properties()) &&
                   write_all(folder / "sigma", rule_files()) && write_all(folder / "chain", chain_texts())
               ? 0
               : 1;
}
