#include "daemon/head_report.hpp"

#include <algorithm>

#include "alerts/evidence_head.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> head_destinations(const HeadQuestion& question) {
    std::vector<std::string> names;
    for (const Route& route : question.routes) {
        const bool wanted =
            std::ranges::find(question.destinations, route.destination) != question.destinations.end();
        const bool takes = route.tenants.empty() ||
                           std::ranges::find(route.tenants, question.tenant.name) != route.tenants.end();
        if (wanted && takes) names.push_back(route.destination);
    }
    return names;
}

}  // namespace

Result<std::map<std::string, int>> report_head(Store& store, const HeadQuestion& question) {
    std::map<std::string, int> due;
    std::vector<std::string> destinations = head_destinations(question);
    if (destinations.empty()) return due;
    const auto before = store.alerts({.rule = std::string{head_rule_name}, .limit = 1});
    if (!before) return fail(before.error());
    if (!before->empty() && question.now < before->front().opened_at + question.interval) return due;
    const auto head = store.signed_head();
    if (!head) return fail(head.error());
    if (!*head) return due;
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const AlertRow alert =
        evidence_head(**head, question.tenant, question.now, make_alert_id(question.now, question.entropy()));
    if (auto done = store.insert_alert(alert); !done) return fail(done.error());
    const Telling telling{"digest", &alert, std::move(destinations), question.now};
    if (const auto told = enqueue(store, telling, due); !told) return fail(told.error());
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return due;
}

}  // namespace entrawatch
