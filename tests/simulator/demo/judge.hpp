// Judge: whether the webhooks that came are exactly those that the story asks for. Pure.
//
// An alert belongs to the act whose row it names. Missing, surplus, unverified and too mild ones are faults,
// each a sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/demo/notification.hpp"
#include "tests/simulator/story.hpp"

namespace entrawatch::simulator {

class Judge {
  public:
    void expect(Act act) { acts_.push_back({std::move(act), std::nullopt}); }
    struct Matched {
        const Act* act = nullptr;      // nullptr: no act of the story
        std::optional<Ticks> latency;  // from "visible in Graph" to "received"
    };
    Matched take(const Notification& notification);
    // A body that could not be read.
    void reject(std::string fault) { faults_.push_back(std::move(fault)); }

    // Every act that asks for an alert has one.
    [[nodiscard]] bool complete() const;
    // Sentences; empty = as it should be. Final only after the story.
    [[nodiscard]] std::vector<std::string> faults() const;
    [[nodiscard]] std::vector<Ticks> latencies() const;
    // The acts that had to stay silent and did.
    [[nodiscard]] std::vector<std::string> silent() const;

  private:
    struct Case {
        Act act;
        std::optional<Notification> opened;
        std::optional<Ticks> latency = std::nullopt;
    };
    void fault_noise(const std::string& name, const Notification& notification);
    [[nodiscard]] Case* case_of(const Notification& notification);

    std::vector<Case> acts_;
    std::vector<std::string> faults_;
    std::vector<std::string> loud_;  // sentences of silent acts that were not silent
};

}  // namespace entrawatch::simulator
