// CommandWorld: what a command needs to run in a test: settings, shipped rules and roles, a clock held by
// hand, streams to read.
//
// Two rules are shipped here, each with examples; the tests of commands do not depend on the program's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "daemon/commands/commands.hpp"
#include "tests/support/flying_clock.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {

inline constexpr std::string_view role_rule = R"(title: Role given
id: 11111111-aaaa-4000-8000-000000000001
status: stable
description: Somebody was given a directory role.
logsource: { product: azure, service: auditlogs }
detection:
  selection: { activityDisplayName: Add member to role }
  condition: selection
level: high
entrawatch:
  scenario: PR-1
  subject: [target.id]
  window: 1h
  summary: "{actor.name} gave a role to {target.name}"
  runbook: https://runbooks.contoso.example/roles
  examples:
    fires:
      - name: an administrator gives a role
        record: {"id": "Directory_example_1", "activityDateTime": "2026-11-01T08:00:00Z", "activityDisplayName": "Add member to role",
                 "category": "RoleManagement", "result": "success", "loggedByService": "Core Directory",
                 "initiatedBy": {"user": {"id": "00000000-0000-4000-8000-000000000001", "userPrincipalName": "admin@contoso.example", "ipAddress": "192.0.2.10"}},
                 "targetResources": [{"id": "00000000-0000-4000-8000-000000000002", "type": "User", "userPrincipalName": "eve@contoso.example", "modifiedProperties": []}]}
    silent:
      - name: a role is taken away
        record: {"id": "Directory_example_2", "activityDateTime": "2026-11-01T08:00:00Z", "activityDisplayName": "Remove member from role", "targetResources": []}
)";

inline constexpr std::string_view emergency_rule = R"(title: Emergency account signed in
id: 11111111-aaaa-4000-8000-000000000002
status: stable
description: An emergency account signed in.
logsource: { product: azure, service: signinlogs }
detection:
  selection: { context.actor.emergency: true }
  condition: selection
level: critical
entrawatch:
  scenario: EA-1
  subject: [actor.id]
  window: 1h
  summary: "{actor.name} signed in"
  examples:
    fires:
      - name: the account signs in
        feed: sign_ins_interactive
        context: { emergency_accounts: [ 00000000-0000-4000-8000-00000000000e ] }
        record: {"id": "00000000-0000-4000-8000-0000000000aa", "createdDateTime": "2026-11-01T08:00:00Z", "userId": "00000000-0000-4000-8000-00000000000e",
                 "userPrincipalName": "breakglass@contoso.example", "ipAddress": "198.51.100.7", "signInEventTypes": ["interactiveUser"], "status": {"errorCode": 0}}
    silent:
      - name: somebody else signs in
        feed: sign_ins_interactive
        record: {"id": "00000000-0000-4000-8000-0000000000ab", "createdDateTime": "2026-11-01T08:00:00Z", "userId": "00000000-0000-4000-8000-000000000002",
                 "userPrincipalName": "eve@contoso.example", "status": {"errorCode": 0}}
)";

// Waits, and is shipped where a test says so: a role that is not taken away within an hour.
inline constexpr std::string_view waiting_rule = R"(title: A role is given
name: given
logsource: { product: azure, service: auditlogs }
detection: { selection: { activityDisplayName: Add member to role }, condition: selection }
---
title: A role is taken away
name: taken
logsource: { product: azure, service: auditlogs }
detection: { selection: { activityDisplayName: Remove member from role }, condition: selection }
---
title: A role stayed
id: 11111111-aaaa-4000-8000-000000000003
correlation: { type: temporal_ordered, rules: [given, taken], group-by: [target.id], timespan: 1h }
level: low
entrawatch:
  scenario: PR-7
  absent: taken
  summary: "{target.name} keeps a role"
  examples:
    fires:
      - name: it stays
        records: [&given {id: e1, activityDateTime: "2026-11-01T08:00:00Z", activityDisplayName: Add member to role, targetResources: [{id: t, type: User}]}]
    silent:
      - name: it is taken away
        records: [*given, {id: e2, activityDateTime: "2026-11-01T08:30:00Z", activityDisplayName: Remove member from role, targetResources: [{id: t, type: User}]}]
)";

inline void write_file(const std::filesystem::path& file, std::string_view text, unsigned mode = 0600) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << text;
    std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
}

// A directory audit: somebody gives a role to `target`.
inline std::string role_record(std::string_view id, std::string_view time,
                               std::string_view target = "eve@contoso.example",
                               std::string_view target_id = "00000000-0000-4000-8000-000000000002") {
    std::ostringstream out;
    out << R"({"id":")" << id << R"(","activityDateTime":")" << time
        << R"(","activityDisplayName":"Add member to role","category":"RoleManagement","result":"success",)"
        << R"("correlationId":"00000000-0000-4000-8000-000000000900","loggedByService":"Core Directory",)"
        << R"("initiatedBy":{"user":{"id":"00000000-0000-4000-8000-000000000001","userPrincipalName":"admin@contoso.example",)"
        << R"("ipAddress":"192.0.2.10"}},"targetResources":[{"id":")" << target_id
        << R"(","type":"User","userPrincipalName":")" << target
        << R"(","modifiedProperties":[{"displayName":"Role.DisplayName","oldValue":null,)"
        << R"("newValue":"\"Global Administrator\""}]}]})";
    return out.str();
}

class CommandWorld : public ::testing::Test {
  public:
    CommandWorld() {
        write_file(folder() / "good.secret", "not-a-real-secret\n");
        write_file(folder() / "soc.url", "https://hooks.contoso.example/entra\n");
        write_file(shipped() / "roles.yml",
                   "roles:\n  - { id: 62e90394-69f5-4237-9190-012177145e10, name: Global Administrator, "
                   "tier: critical }\n");
        write_file(shipped() / "rules/pim/role-given.yml", role_rule);
        write_file(shipped() / "rules/emergency/sign-in.yml", emergency_rule);
        write_settings({"contoso"});
    }

    // Settings with these tenants, one webhook (`soc`) and `more` appended.
    void write_settings(const std::vector<std::string>& tenants, std::string_view more = "",
                        std::string_view minimum = "low") {
        std::ostringstream yaml;
        yaml << "state_directory: " << (folder() / "state").string() << "\nlisten: off\ntenants:\n";
        for (std::size_t i = 0; i < tenants.size(); ++i) {
            yaml << "  - name: " << tenants[i] << "\n    tenant_id: 11111111-2222-3333-4444-55555555555" << i
                 << "\n    client_id: 66666666-7777-8888-9999-000000000000\n    credential: { secret_file: "
                    "good.secret }\n";
        }
        yaml << "destinations:\n  - { name: soc, type: webhook, url_file: soc.url, minimum_severity: "
             << minimum << " }\n"
             << more;
        write_file(config(), yaml.str());
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::filesystem::path config() const { return folder() / "entrawatch.yaml"; }
    [[nodiscard]] std::filesystem::path shipped() const { return folder() / "bin/share/entrawatch"; }
    [[nodiscard]] std::filesystem::path database(const std::string& tenant = "contoso") const {
        return folder() / "state" / (tenant + ".db");
    }
    // The tenant's database, made when there is none.
    [[nodiscard]] Store store(const std::string& tenant = "contoso") {
        std::filesystem::create_directories(folder() / "state");
        return must(Store::open({.file = database(tenant), .tenant = tenant}, clock.now().wall));
    }

    // Runs the command line as main does, `in` as standard input.
    int run(std::vector<std::string> arguments, const std::string& in = {});

    // Takes records in through `import`, and expects it to go well.
    void import(const std::string& records, const std::string& tenant = "contoso", bool deliver = false) {
        std::vector<std::string> arguments{"import", "--config", config().string(), "--tenant", tenant, "-"};
        if (deliver) arguments.emplace_back("--deliver");
        ASSERT_EQ(run(arguments, records), exit_ok) << out << err;
    }

    ManualClock clock{at("2026-11-22T10:00:00Z")};
    std::string out, err;     // of the last run
    bool time_flies = false;  // the clock is a FlyingClock
    bool terminal = false;
    int width = 0;
    std::function<void()> while_waiting = [] {};  // what the world does while a command pauses

  private:
    TempFolder folder_;
};

inline int CommandWorld::run(std::vector<std::string> arguments, const std::string& in) {
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    std::istringstream in_stream{in};
    const FlyingClock flying{clock.now().wall};
    const Clock& chosen_clock = time_flies ? static_cast<const Clock&>(flying) : clock;
    const Invocation invocation{out_stream,
                                err_stream,
                                in_stream,
                                chosen_clock,
                                terminal,
                                terminal,
                                width,
                                "auditor",
                                folder() / "bin/entrawatch",
                                [this](Ticks span) {
                                    clock.advance(span);
                                    while_waiting();
                                }};
    const int code = run_command_line(arguments, invocation);
    out = out_stream.str();
    err = err_stream.str();
    return code;
}

}  // namespace entrawatch::test
