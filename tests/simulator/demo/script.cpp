#include "tests/simulator/demo/script.hpp"

#include <array>

namespace entrawatch::simulator {

std::span<const ScriptLine> script() {
    using std::chrono::seconds;
    static constexpr std::array lines = {
        ScriptLine{seconds{2}, administrator_activates_role},
        ScriptLine{seconds{9}, emergency_account_signs_in},
        ScriptLine{seconds{19}, service_principal_becomes_global_administrator},
        ScriptLine{seconds{29}, conditional_access_loses_mfa},
        ScriptLine{seconds{39}, secret_added_to_service_principal},
        ScriptLine{seconds{46}, pim_notices_the_assignment},
        ScriptLine{seconds{49}, activation_runs_out},
    };
    return lines;
}

}  // namespace entrawatch::simulator
