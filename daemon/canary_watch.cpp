#include "daemon/canary_watch.hpp"

#include <utility>

#include "daemon/test_alert.hpp"
#include "daemon/test_record.hpp"

namespace entrawatch {
namespace {

Result<InjectedAlert> send_canary(Store& store, const CanaryQuestion& question) {
    const Rule* rule = default_test_rule(question.context->rules->rules());
    if (rule == nullptr) return fail(ErrorCode::not_found, "no rule in force carries an example that fires");
    return inject_test_alert(store, {*question.context, *rule, question.roles,
                                     canary_routes(question.context->routes, question.context->tenant.name),
                                     canary_key(question.context->tenant), question.now});
}

}  // namespace

Result<CanaryAnswer> look_after_canary(Store& store, const CanaryQuestion& question) {
    CanaryAnswer answer;
    if (question.context->routes.empty()) return answer;
    auto last = store.newest_alert_with_key(canary_key(question.context->tenant));
    if (!last) return fail(last.error());
    if (is_due(question.policy, *last, question.now)) {
        auto sent = send_canary(store, question);
        if (!sent) return fail(sent.error());
        answer.due = std::move(sent->due);
        *last = std::move(sent->alert);
    }
    const auto deliveries = store.deliveries_of((*last)->id);
    if (!deliveries) return fail(deliveries.error());
    answer.status = CanaryStatus{(*last)->id, (*last)->opened_at,
                                 outcomes_of(question.policy, **last, *deliveries, question.now)};
    return answer;
}

}  // namespace entrawatch
