// One act as the alert tests tell it: an app gives a user the Global Administrator role.
#pragma once

#include <string>
#include <utility>

#include "alerts/alert.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {

struct AlertStory {
    Rule rule;
    Event event;
    MergedFinding finding;
    TenantName tenant{"contoso", "11111111-2222-3333-4444-555555555555"};
    Instant now = at("2026-11-22T10:00:00.123Z");

    AlertStory() {
        rule.id = "6a1d3f0e-0000-4000-8000-000000000001";
        rule.name = "pim/role-assigned-outside-pim";
        rule.title = "Privileged role assigned outside PIM";
        rule.scenario = "PR-1";
        rule.attack = {"T1098.003"};
        rule.runbook = "https://runbooks.example.com/pr-1";
        rule.act = "role-assigned";
        rule.window = std::chrono::hours{24};
        event.id = "Directory_0001";
        event.time = at("2026-11-22T09:58:00.1234567Z");
        event.activity = "Add member to role";
        event.correlation_id = "c0ffee00-0000-4000-8000-000000000001";
        event.outcome = Outcome::success;
        event.actor = {ActorKind::app,
                       "0a0a0a0a-0000-4000-8000-00000000000a",
                       "deploy-bot",
                       "deploy-bot",
                       "",
                       "198.51.100.7",
                       ""};
        event.targets = {{"user", "0b0b0b0b-0000-4000-8000-00000000000b", "mallory@contoso.example"}};
        event.role = RoleRef{"62e90394-69f5-4237-9190-012177145e10", "Global Administrator"};
        event.context.actor_is_ms_pim = Known::no;
        event.context.role_tier = "critical";
        finding.lead = a_finding(rule, Severity::critical);
        finding.lead.severity_reasons = {"the role is tier 0"};
    }
    AlertStory(const AlertStory&) = delete;
    AlertStory& operator=(const AlertStory&) = delete;

    static Finding a_finding(const Rule& of, Severity severity,
                             std::string subject = "0b0b0b0b-0000-4000-8000-00000000000b") {
        return {&of,
                severity,
                std::move(subject),
                "deploy-bot gave the role Global Administrator to mallory@contoso.example outside PIM",
                {}};
    }

    // `input` points into the story.
    [[nodiscard]] AlertInput input() const {
        AlertInput out;
        out.finding = &finding;
        out.event = &event;
        out.tenant = tenant;
        out.directory_read_at = at("2026-11-22T09:00:00Z");
        out.now = now;
        out.alert_id = make_alert_id(now, "0123456789");
        out.key = dedup_key(tenant, finding.lead);
        return out;
    }
};

}  // namespace entrawatch
