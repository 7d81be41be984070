#include "tests/simulator/demo/judge.hpp"

#include <algorithm>

namespace entrawatch::simulator {
namespace {

// Since when the collector could see what the notification tells of; nullopt when it is about something else.
std::optional<Instant> visible_since(const Act& act, const Notification& notification) {
    const auto& ids = notification.event_ids;
    for (const ActRow& row : act.rows) {
        if (std::find(ids.begin(), ids.end(), row.id) != ids.end()) return row.visible_from;
    }
    const bool of_directory = !ids.empty() && ids.front().starts_with("posture_");
    if (act.found && of_directory && act.found->object_id == notification.target_id)
        return act.found->visible_from;
    return std::nullopt;
}

}  // namespace

Judge::Case* Judge::case_of(const Notification& notification) {
    for (Case& one : acts_) {
        if (visible_since(one.act, notification)) return &one;
    }
    return nullptr;
}

Judge::Matched Judge::take(const Notification& notification) {
    const std::string name = notification.type + " \"" + notification.summary + "\"";
    if (!notification.verified)
        faults_.push_back(name + ": the signature is not good: " + notification.why_not);
    Case* const found = case_of(notification);
    if (found == nullptr) {
        faults_.push_back(name + ": belongs to nothing in the story");
        return {};
    }
    fault_noise(name, notification);
    if (notification.type != "alert.opened" || !found->act.alert) return {&found->act, std::nullopt};
    const std::vector<std::string>& scenarios = found->act.alert->scenarios;
    if (std::find(scenarios.begin(), scenarios.end(), notification.scenario) == scenarios.end()) {
        faults_.push_back(name + ": scenario " + notification.scenario + " where " + scenarios.front() +
                          " was expected");
    }
    if (notification.severity < found->act.alert->at_least) {
        faults_.push_back(name + ": only " + std::string{name_of(notification.severity)} +
                          " where at least " + std::string{name_of(found->act.alert->at_least)} +
                          " was expected");
    }
    if (found->opened) {
        const bool again = found->opened->webhook_id == notification.webhook_id;
        // At-least-once delivery may repeat a notification under its id; a second alert for one act may not
        // be.
        if (!again) faults_.push_back(name + ": a second alert for one act");
        return {&found->act, std::nullopt};
    }
    found->opened = notification;
    found->latency = notification.at - *visible_since(found->act, notification);
    return {&found->act, found->latency};
}

// An act of which nothing is to be told is not told either as a part of another's alert.
void Judge::fault_noise(const std::string& name, const Notification& notification) {
    for (const Case& one : acts_) {
        if (one.act.alert || !visible_since(one.act, notification)) continue;
        faults_.push_back(name + ": there should be silence when " + one.act.sentence);
        loud_.push_back(one.act.sentence);
    }
}

bool Judge::complete() const {
    return std::all_of(acts_.begin(), acts_.end(),
                       [](const Case& one) { return !one.act.alert || one.opened; });
}

std::vector<std::string> Judge::faults() const {
    std::vector<std::string> all = faults_;
    for (const Case& one : acts_) {
        if (one.act.alert && !one.opened) all.push_back("no alert came although " + one.act.sentence);
    }
    return all;
}

std::vector<Ticks> Judge::latencies() const {
    std::vector<Ticks> all;
    for (const Case& one : acts_) {
        if (one.latency) all.push_back(*one.latency);
    }
    return all;
}

std::vector<std::string> Judge::silent() const {
    std::vector<std::string> all;
    for (const Case& one : acts_) {
        const bool loud = std::find(loud_.begin(), loud_.end(), one.act.sentence) != loud_.end();
        if (!one.act.alert && !loud) all.push_back(one.act.sentence);
    }
    return all;
}

}  // namespace entrawatch::simulator
