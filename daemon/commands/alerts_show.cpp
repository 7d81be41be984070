#include <ostream>

#include "daemon/commands/alert_story.hpp"
#include "daemon/commands/commands.hpp"

namespace entrawatch {

int run_alerts_show(const AlertsShowOptions& options, const Invocation& invocation) {
    const AlertSelection selection{options.config, options.tenant, options.ids};
    if (options.format == Format::json) return print_dossiers_as_json(selection, invocation);
    bool first = true;
    return for_each_dossier(selection, invocation, [&](const AlertDossier& dossier) {
        invocation.out << (first ? "" : "\n\n") << story_of(dossier);
        first = false;
    });
}

}  // namespace entrawatch
