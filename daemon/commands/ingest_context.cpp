#include "daemon/commands/ingest_context.hpp"

#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {

Result<IngestContext> make_ingest_context(const Settings& settings, const TenantSettings& tenant,
                                          Store& store, const Invocation& invocation) {
    auto loaded = open_rules(&settings, invocation);
    if (!loaded) return fail(loaded.error());
    for (const Problem& problem : loaded->problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    if (has_errors(loaded->problems)) {
        return fail(ErrorCode::invalid,
                    "some rules cannot be used; mend them or disable them under rules.disable");
    }
    auto roles = open_roles(invocation);
    if (!roles) return fail(roles.error());
    auto directory = open_directory(tenant, store, std::move(*roles));
    if (!directory) return fail(directory.error());
    auto rules = std::make_shared<const RuleSet>(std::move(loaded->rules), std::move(loaded->filters));
    return ingest_context(tenant, std::move(rules), std::move(*directory));
}

}  // namespace entrawatch
