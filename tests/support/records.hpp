// Records in the shape of Microsoft Graph, made up by us: what tests of every floor feed to the pipeline.
//
// Each builder has defaults that make a complete record; a test sets only what it is about. All of them give
// JSON text. Identifiers are readable on purpose ("00000000-0000-4000-8000-0000000000a1"); addresses are of
// the documentation ranges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entrawatch::records {

inline constexpr std::string_view global_administrator = "62e90394-69f5-4237-9190-012177145e10";
inline constexpr std::string_view user_administrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
inline constexpr std::string_view alice_id = "00000000-0000-4000-8000-0000000000a1";
inline constexpr std::string_view alice_name = "alice@example.com";
inline constexpr std::string_view bob_id = "00000000-0000-4000-8000-0000000000b2";
inline constexpr std::string_view bob_name = "bob@example.com";
inline constexpr std::string_view ms_pim_id =
    "00000000-0000-4000-8000-00000000f1f1";  // a service principal of the test tenant
inline constexpr std::string_view deploy_app_id = "00000000-0000-4000-8000-00000000ab01";

// JSON text of a string, quotes included.
[[nodiscard]] std::string json_string(std::string_view text);
// "[a,b,…]"
[[nodiscard]] std::string array_of(const std::vector<std::string>& values);
// A page as Graph answers it.
[[nodiscard]] std::string page_of(const std::vector<std::string>& records, std::string_view next_link = {});

// --- the parts of a directory audit

// One entry of modifiedProperties. The values are given as Graph sends them: a JSON text each, or "null".
[[nodiscard]] std::string property(std::string_view name, std::string_view old_json,
                                   std::string_view new_json);
// The encoding of a plain text: "\"text\"", itself a JSON string.
[[nodiscard]] std::string encoded_text(std::string_view text);
// The encoding of a JSON value: its text as a JSON string.
[[nodiscard]] std::string encoded_json(std::string_view json);

struct Key {
    std::string id;
    std::string type = "Password";
    std::string usage = "Verify";
    std::string name = "a key";
};
// A KeyDescription value: ["[KeyIdentifier=…,KeyType=…,KeyUsage=…,DisplayName=…]", …], encoded.
[[nodiscard]] std::string encoded_keys(const std::vector<Key>& keys);

[[nodiscard]] std::string user_initiator(std::string_view id, std::string_view name,
                                         std::string_view ip = "203.0.113.7");
[[nodiscard]] std::string app_initiator(std::string_view principal_id, std::string_view display_name);
// PIM's own rows: a user that is the platform.
[[nodiscard]] std::string pim_platform_initiator();
[[nodiscard]] std::string alice_initiator();

[[nodiscard]] std::string target(std::string_view type, std::string_view id, std::string_view name,
                                 const std::vector<std::string>& properties = {});
[[nodiscard]] std::string detail(std::string_view key, std::string_view value);

struct Audit {
    std::string id = "Directory_00000000-0000-4000-8000-00000000c0de_ABCDE_1000001";
    std::string time = "2026-11-20T10:11:12.1234567Z";
    std::string activity = "Update user";
    std::string category = "UserManagement";
    std::string service = "Core Directory";
    std::string operation = "Update";
    std::string result = "success";
    std::string reason;
    std::string correlation_id = "00000000-0000-4000-8000-00000000c0de";
    std::string initiator = alice_initiator();
    std::vector<std::string> targets;
    std::vector<std::string> details;
    [[nodiscard]] std::string json() const;
};

// --- whole acts

struct RoleChange {
    std::string template_id{global_administrator};
    std::string role_name = "Global Administrator";
    std::string principal_type = "User";
    std::string principal_id{bob_id};
    std::string principal_name{bob_name};
    std::string initiator = alice_initiator();
};
[[nodiscard]] Audit role_added(const RoleChange& change = {});
[[nodiscard]] Audit role_removed(const RoleChange& change = {});  // the values stand on the old side
// PIM's two-hourly notice of an assignment that it did not make; `n` makes ids and times different.
[[nodiscard]] Audit pim_echo(int n = 0, const RoleChange& change = {});
[[nodiscard]] Audit pim_activation_completed(const RoleChange& change = {});

// The two rows of one change of a Conditional Access policy: the service's, and the directory's 0.4 s
// earlier. The policies are JSON objects; empty = that side is absent.
struct PolicyChange {
    std::string activity = "Update conditional access policy";
    std::string old_policy =
        R"({"id":"p1","displayName":"Require MFA","state":"enabled","conditions":{"users":{"includeUsers":["All"],"excludeUsers":[]}},"grantControls":{"operator":"OR","builtInControls":["MFA"]}})";
    std::string new_policy =
        R"({"id":"p1","displayName":"Require MFA","state":"enabled","conditions":{"users":{"includeUsers":["All"],"excludeUsers":[]}}})";
    std::string policy_id = "00000000-0000-4000-8000-00000000ca01";
    std::string policy_name = "Require MFA";
};
[[nodiscard]] Audit policy_changed(const PolicyChange& change = {});
[[nodiscard]] Audit policy_changed_directory_row(const PolicyChange& change = {});

// "Update application – Certificates and secrets management ", with its en dash and its blank at the end.
[[nodiscard]] Audit keys_changed(const std::vector<Key>& before, const std::vector<Key>& after);
[[nodiscard]] Audit principal_keys_added(const std::vector<Key>& before, const std::vector<Key>& after);
// Targets in Graph's order: the resource, then the client.
[[nodiscard]] Audit app_role_granted(std::string_view permission);

// --- sign-ins

enum class SignInKind { interactive, non_interactive, service_principal, managed_identity };
struct SignIn {
    SignInKind kind = SignInKind::interactive;
    std::string id = "00000000-0000-4000-8000-000000005101";
    std::string time = "2026-11-20T10:11:12Z";
    std::string principal_id{alice_id};  // of the user or the service principal
    std::string principal_name{alice_name};
    std::string ip = "203.0.113.7";
    int error_code = 0;
    std::string failure_reason = "Other.";
    std::string client = "Browser";
    std::string risk_level = "none";
    std::string risk_state = "none";
    [[nodiscard]] std::string json() const;
};

// --- risk

struct Risk {
    bool of_service_principal = false;
    std::string id = "aa00000000000000000000000000000000000000000000000000000000000001";
    std::string activity_time = "2026-11-19T09:00:00Z";
    std::string detected_time = "2026-11-20T08:48:50.361Z";
    std::string updated_time = "2026-11-20T09:54:27.739Z";
    std::string type = "passwordSpray";
    std::string level = "high";
    std::string state = "atRisk";
    std::string detail = "none";
    std::string principal_id{alice_id};
    std::string principal_name{alice_name};
    [[nodiscard]] std::string json() const;
};

}  // namespace entrawatch::records
