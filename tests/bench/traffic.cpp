#include "tests/bench/traffic.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/bench/full_records.hpp"

namespace entrawatch::bench {
namespace {

using simulator::Dice;
using simulator::Document;

constexpr std::int64_t page_size = 999;
constexpr std::int64_t risk_page_size = 500;

struct Drawn {
    FeedId feed;
    Document row;
};

Drawn draw(const Population& population, Instant time, Dice& dice) {
    const double kind = dice.unit();
    if (kind < 0.30) return {FeedId::directory_audits, full_audit(population, time, dice)};
    if (kind < 0.48) return {FeedId::sign_ins_interactive, full_user_sign_in(population, time, true, dice)};
    if (kind < 0.85)
        return {FeedId::sign_ins_non_interactive, full_user_sign_in(population, time, false, dice)};
    if (kind < 0.91)
        return {FeedId::sign_ins_service_principal, full_app_sign_in(population, time, false, dice)};
    if (kind < 0.95)
        return {FeedId::sign_ins_managed_identity, full_app_sign_in(population, time, true, dice)};
    return {FeedId::risk_detections, full_risk(population, time, dice)};
}

// Gathers records by feed and hands out full pages.
class Pages {
  public:
    explicit Pages(Traffic& traffic) : traffic_(traffic) {}

    void add(FeedId feed, const std::string& json) {
        TrafficPage& page = open_[feed];
        page.feed = feed;
        page.body += page.records++ == 0
                         ? R"({"@odata.context":"https://graph.microsoft.com/beta/$metadata","value":[)"
                         : ",";
        page.body += json;
        ++traffic_.records;
        traffic_.record_bytes += static_cast<std::int64_t>(json.size());
        const std::int64_t full = feed == FeedId::risk_detections ? risk_page_size : page_size;
        if (page.records >= full) close(std::exchange(page, {}));
    }
    void finish() {
        for (auto& [feed, page] : open_) {
            if (page.records > 0) close(std::move(page));
        }
    }

  private:
    void close(TrafficPage page) {
        page.body += "]}";
        traffic_.pages.push_back(std::move(page));
    }
    Traffic& traffic_;
    std::map<FeedId, TrafficPage> open_;
};

}  // namespace

Traffic make_traffic(const TrafficOrder& order) {
    Dice dice{order.seed};
    const Population population = make_population();
    Traffic traffic;
    Pages pages{traffic};
    const Ticks step = order.span.length() / std::max<std::int64_t>(1, order.records);
    const std::int64_t alert_every = order.alerting > 0 ? order.records / order.alerting : 0;
    for (std::int64_t i = 0; i < order.records; ++i) {
        const Instant time = order.span.from + i * step;
        if (alert_every > 0 && i % alert_every == alert_every / 2 && traffic.alerting < order.alerting) {
            pages.add(FeedId::directory_audits, credential_added(population, time, dice).dump());
            ++traffic.alerting;
            continue;
        }
        const Drawn drawn = draw(population, time, dice);
        pages.add(drawn.feed, drawn.row.dump());
    }
    pages.finish();
    return traffic;
}

std::string alerting_page(Instant time, Dice& dice) {
    static const Population population = make_population();
    return R"({"value":[)" + credential_added(population, time, dice).dump() + "]}";
}

}  // namespace entrawatch::bench
