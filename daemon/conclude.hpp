// Conclusions: what the rules say of one event that was stored, as alerts, deliveries and the hits of
// correlations.
//
// The second half of ingest, inside its transaction, and what waiting_watch does with findings that wait.
// What to decide is alerts/alert.hpp (whether an alert is opened, repeated or made severer) and
// core/rules/waiting.hpp; here it is read and written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/feed/json.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

class Conclusions {
  public:
    // All must outlive it; `report` says what was done.
    Conclusions(Store& store, const IngestContext& context, const IngestInput& input, RuleScratch& scratch,
                IngestReport& report)
        : store_(store), context_(context), input_(input), scratch_(scratch), report_(report) {}

    // `json` in Graph's shape. An Error is the store's.
    [[nodiscard]] Result<> conclude(const Event& event, Json json, const PutResult& stored);
    // A finding whose time has come is judged anew by what is stored now: told, or withdrawn. `unread`: the
    // feed that was not read in time to know; empty when it was.
    [[nodiscard]] Result<> decide_waiting(const WaitingRow& waiting, std::string_view unread);

  private:
    [[nodiscard]] Result<bool> put_off(Finding& finding, const Event& event, const PutResult& stored);
    [[nodiscard]] Result<> await_company(Finding finding, const Event& event, const PutResult& stored);
    [[nodiscard]] Result<bool> stands_alone(const Finding& finding, Instant at);
    [[nodiscard]] Result<> correlate(const Finding& finding, const Event& event, const PutResult& stored);
    [[nodiscard]] Result<> settle_finding(const MergedFinding& finding, const Event& event,
                                          const PutResult& stored,
                                          const std::vector<CorrelationHit>& together);
    [[nodiscard]] Result<bool> came_again(const Finding& finding, const Event& event,
                                          const PutResult& stored);
    [[nodiscard]] Result<Json> shape_of(const std::string& octets);
    [[nodiscard]] Result<std::string> drill_id(const Event& event);
    [[nodiscard]] Result<> open(AlertInput& input, std::int64_t event,
                                const std::vector<CorrelationHit>& together);
    [[nodiscard]] Result<> join(AlertRow& alert, const std::vector<CorrelationHit>& together);
    [[nodiscard]] Result<> repeat(AlertInput& input, AlertRow alert, std::int64_t event, bool raised);
    [[nodiscard]] Result<> revise(AlertInput& input, AlertRow alert);
    [[nodiscard]] Result<> move_on(AlertInput& input, AlertRow alert, bool raised);
    [[nodiscard]] Result<> tell(std::string_view type, const AlertRow& alert);
    [[nodiscard]] std::vector<std::string> routed(Severity severity) const;

    Store& store_;
    const IngestContext& context_;
    const IngestInput& input_;
    RuleScratch& scratch_;
    IngestReport& report_;
    JsonReader earlier_reader_, earlier_shaped_reader_;
};

}  // namespace entrawatch
