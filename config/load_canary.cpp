// `canary:`.
#include "config/load_parts.hpp"

namespace entrawatch {

std::optional<CanaryPolicy> read_canary(const Section& canary, LoadContext& context) {
    const CanaryPolicy policy{canary.duration("interval"), canary.duration("within")};
    if (policy.within < policy.interval) return policy;
    context.error(
        canary.line_of(canary.has("within") ? "within" : "interval"),
        "`within` is not shorter than `interval`: the next canary would be sent before the last one "
        "is judged");
    return std::nullopt;
}

}  // namespace entrawatch
