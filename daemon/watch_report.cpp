#include "daemon/watch_report.hpp"

#include <algorithm>

#include "alerts/handling.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

constexpr int most_open = 1000;

class Reporting {
  public:
    Reporting(Store& store, const WatchReport& report) : store_(store), report_(report) {}

    Result<std::map<std::string, int>> run() {
        auto transaction = store_.begin();
        if (!transaction) return fail(transaction.error());
        const auto open = open_alerts();
        if (!open) return fail(open.error());
        for (const WatchVerdict& verdict : report_.verdicts) {
            const bool told = open->contains(watch_key(report_.tenant, verdict.subject));
            if (verdict.state != WatchState::degraded || told) continue;
            if (auto done = degrade(verdict); !done) return fail(done.error());
        }
        for (const auto& [key, alert] : *open) {
            const auto end = end_of(key);
            if (!end) continue;
            if (auto done = recover(alert, *end); !done) return fail(done.error());
        }
        if (auto done = transaction->commit(); !done) return fail(done.error());
        return std::move(due_);
    }

  private:
    // By what makes them one.
    Result<std::map<std::string, AlertRow>> open_alerts() {
        auto alerts = store_.alerts({.rule = std::string{watch_rule_name}, .limit = most_open});
        if (!alerts) return fail(alerts.error());
        std::map<std::string, AlertRow> open;
        for (AlertRow& alert : *alerts) {
            if (alert.state != "resolved") open.emplace(alert.dedup_key, std::move(alert));
        }
        return open;
    }

    [[nodiscard]] std::optional<WatchEnd> end_of(const std::string& key) const {
        const auto verdict = std::ranges::find_if(report_.verdicts, [&](const WatchVerdict& candidate) {
            return watch_key(report_.tenant, candidate.subject) == key;
        });
        if (verdict == report_.verdicts.end()) return WatchEnd::not_watched_any_more;
        return verdict->state == WatchState::well ? std::optional{WatchEnd::works_again} : std::nullopt;
    }

    Result<> degrade(const WatchVerdict& verdict) {
        const AlertRow alert = watch_degraded(verdict, report_.tenant, report_.now,
                                              make_alert_id(report_.now, report_.entropy()));
        if (auto done = store_.insert_alert(alert); !done) return done;
        const auto routed = destinations_for(report_.routes, report_.tenant.name, alert.severity);
        return tell("watch.degraded", alert, told_of(verdict, routed));
    }

    Result<> recover(AlertRow alert, WatchEnd end) {
        const auto deliveries = store_.deliveries_of(alert.id);
        if (!deliveries) return fail(deliveries.error());
        alert = watch_recovered(std::move(alert), end, report_.now);
        if (auto done = store_.update_alert(alert); !done) return done;
        return tell("watch.recovered", alert, concerned(*deliveries, names_of_routes()));
    }

    [[nodiscard]] std::vector<std::string> names_of_routes() const {
        std::vector<std::string> names;
        for (const Route& route : report_.routes)
            names.push_back(route.destination);
        return names;
    }

    Result<> tell(std::string_view type, const AlertRow& alert, std::vector<std::string> destinations) {
        const Telling telling{type, &alert, std::move(destinations), report_.now};
        const auto told = enqueue(store_, telling, due_);
        return told ? Result<>{} : fail(told.error());
    }

    Store& store_;
    const WatchReport& report_;
    std::map<std::string, int> due_;
};

}  // namespace

Result<std::map<std::string, int>> report_watch(Store& store, const WatchReport& report) {
    return Reporting{store, report}.run();
}

}  // namespace entrawatch
