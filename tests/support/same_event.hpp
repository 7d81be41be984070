// Compares two events by all that rules, queries and alerts see, naming the first difference. For tests of
// record shapes.
#pragma once

#include <gtest/gtest.h>

#include "core/event/event.hpp"

namespace entrawatch::test {

inline testing::AssertionResult same_texts(
    std::initializer_list<std::pair<const char*, std::pair<std::string, std::string>>> fields) {
    for (const auto& [name, sides] : fields) {
        if (sides.first != sides.second) {
            return testing::AssertionFailure()
                   << name << ": \"" << sides.first << "\" and \"" << sides.second << '"';
        }
    }
    return testing::AssertionSuccess();
}

inline std::string text_of_changes(const Event& event) {
    std::string text;
    for (const Change& change : event.changes) {
        text += change.property + ": " + change.old_value + " -> " + change.new_value +
                (change.has_old ? " old" : "") + (change.has_new ? " new" : "") + "\n";
        for (const auto* leaves : {&change.old_leaves, &change.new_leaves}) {
            for (const Leaf& leaf : *leaves)
                text += "  " + leaf.path + " = " + leaf.value + "\n";
        }
    }
    return text;
}

inline std::string text_of_parts(const Event& event) {
    std::string text;
    for (const Target& target : event.targets)
        text += "target " + target.kind + " " + target.id + " " + target.name + "\n";
    for (const Entity& entity : event.entities)
        text += "entity " + std::string{entity.role} + " " + entity.value + "\n";
    if (event.role) text += "role " + event.role->template_id + " " + event.role->name + "\n";
    return text;
}

inline testing::AssertionResult same_event(const Event& a, const Event& b) {
    const auto number = [](auto value) { return std::to_string(static_cast<int>(value)); };
    return same_texts(
        {{"feed", {number(a.feed), number(b.feed)}},
         {"id", {a.id, b.id}},
         {"time", {to_iso(a.time), to_iso(b.time)}},
         {"updated", {a.updated ? to_iso(*a.updated) : "", b.updated ? to_iso(*b.updated) : ""}},
         {"activity", {a.activity, b.activity}},
         {"category", {a.category, b.category}},
         {"service", {a.service, b.service}},
         {"operation", {a.operation, b.operation}},
         {"outcome", {number(a.outcome), number(b.outcome)}},
         {"echo", {number(a.echo), number(b.echo)}},
         {"reason", {a.reason, b.reason}},
         {"actor.kind", {number(a.actor.kind), number(b.actor.kind)}},
         {"actor.id", {a.actor.id, b.actor.id}},
         {"actor.name", {a.actor.name, b.actor.name}},
         {"actor.display_name", {a.actor.display_name, b.actor.display_name}},
         {"actor.app_id", {a.actor.app_id, b.actor.app_id}},
         {"actor.ip", {a.actor.ip, b.actor.ip}},
         {"actor.user_agent", {a.actor.user_agent, b.actor.user_agent}},
         {"correlation_id", {a.correlation_id, b.correlation_id}},
         {"client", {a.client, b.client}},
         {"location", {a.location, b.location}},
         {"risk_level", {a.risk_level, b.risk_level}},
         {"risk_state", {a.risk_state, b.risk_state}},
         {"parts", {text_of_parts(a), text_of_parts(b)}},
         {"changes", {text_of_changes(a), text_of_changes(b)}}});
}

}  // namespace entrawatch::test
