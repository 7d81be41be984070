// Story: the acts that the demo plays in the simulated tenant, each with the rows that Entra really writes
// for it.
//
// Every act says what it is in a sentence, which rows it wrote, and which alert (if any) must come of it.
// Used by the demo and by tests of the whole way. Read next: audit_records.hpp, demo/script.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/rules/severity.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

struct ExpectedAlert {
    std::vector<std::string> scenarios;  // any of them
    Severity at_least = Severity::low;
};

struct ActRow {
    FeedId feed;
    std::string id;
    Instant visible_from;
};

// A state of the directory, of which no log has a row: the collector must find it.
struct FoundInDirectory {
    std::string object_id;  // whom the record of the posture feed must name
    Instant visible_from;
};

struct Act {
    std::string sentence;
    std::vector<ActRow> rows;
    std::optional<ExpectedAlert> alert;          // nullopt = silence
    std::optional<FoundInDirectory> found = {};  // then there are no rows
};

// Where and when an act happens: rows get event times at or just after `at` and are visible `lateness` after
// them.
class Stage {
  public:
    Stage(Tenant& tenant, Dice& dice, Instant at, Ticks lateness)
        : tenant_(tenant), dice_(dice), at_(at), lateness_(lateness) {}

    [[nodiscard]] Instant at() const { return at_; }
    [[nodiscard]] Dice& dice() { return dice_; }
    [[nodiscard]] DirectoryState& directory() { return tenant_.directory(); }
    // Adds the row to the tenant and to the act. The row's event time is `time`.
    void write(Act& act, FeedId feed, const Document& row, Instant time);

  private:
    Tenant& tenant_;
    Dice& dice_;
    Instant at_;
    Ticks lateness_;
};

// It has been so for longer than anybody remembers.
[[nodiscard]] Act synced_account_holds_a_role(Stage stage);
[[nodiscard]] Act administrator_activates_role(Stage stage);
[[nodiscard]] Act activation_runs_out(Stage stage);
[[nodiscard]] Act emergency_account_signs_in(Stage stage);
[[nodiscard]] Act service_principal_becomes_global_administrator(Stage stage);
// PIM's two-hourly reminder of the same assignment: no alert of its own.
[[nodiscard]] Act pim_notices_the_assignment(Stage stage);
[[nodiscard]] Act conditional_access_loses_mfa(Stage stage);
[[nodiscard]] Act secret_added_to_service_principal(Stage stage);

}  // namespace entrawatch::simulator
