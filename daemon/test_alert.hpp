// test_alert: a synthetic record injected at the ingest end, so that a test alert goes the whole way that a
// real one goes: record, rule, alert, outbox.
//
// Used by `alerts test` and canary_watch. Runs on the lane, or in a command beside the daemon. Read next:
// test_record.hpp, ingest.hpp.
#pragma once

#include <string>
#include <vector>

#include "core/context/directory.hpp"
#include "core/rules/rule.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

struct TestAlert {
    IngestContext context;  // of the tenant; its rules and its directory are not used
    Rule rule;              // with a firing example of one record
    std::vector<RoleInfo> roles;
    std::vector<Route> routes;  // whom it goes to
    std::string key{};          // dedup key; by act and subject when empty
    Instant now;
};
struct InjectedAlert {
    AlertRow alert;
    std::map<std::string, int> due;  // rows of each destination
};
// Committed when this returns. An Error when the example opens no alert, or the store's.
[[nodiscard]] Result<InjectedAlert> inject_test_alert(Store& store, TestAlert test);

}  // namespace entrawatch
