// Conclusions: what the rules say of one event that was stored, as alerts, deliveries and the hits of
// correlations.
//
// The second half of ingest, inside its transaction; nobody else uses it. What to decide (whether an alert
// is opened, repeated or made severer) is alerts/alert.hpp; here it is read and written.
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

  private:
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
    [[nodiscard]] Result<> repeat(AlertInput& input, AlertRow alert, std::int64_t event, bool escalated);
    [[nodiscard]] Result<> revise(AlertInput& input, AlertRow alert);
    [[nodiscard]] Result<> move_on(AlertInput& input, AlertRow alert, bool escalated);
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
