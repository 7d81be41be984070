// canary_watch: sends a canary when one is due, and reads what came of the last one.
//
// A canary is a test alert under a key of its own; when the last one was sent, and what each destination
// answered, is read off its rows, so that a restart neither repeats nor forgets one. Runs on the lane, once a
// minute. Used by TenantWatch. Read next: alerts/canary.hpp, test_alert.hpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "alerts/canary.hpp"
#include "core/store/store.hpp"
#include "daemon/ingest.hpp"
#include "daemon/status.hpp"

namespace entrawatch {

struct CanaryQuestion {
    CanaryPolicy policy;
    std::shared_ptr<const IngestContext> context;  // of the tenant
    std::vector<RoleInfo> roles;                   // shipped
    Instant now;
};
struct CanaryAnswer {
    std::optional<CanaryStatus> status;  // of the last one
    std::map<std::string, int> due;      // rows of one that was sent now
};
[[nodiscard]] Result<CanaryAnswer> look_after_canary(Store& store, const CanaryQuestion& question);

}  // namespace entrawatch
