#include "daemon/metrics.hpp"

#include <functional>

#include "daemon/version.hpp"

namespace entrawatch {
namespace {

std::string label(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string seconds(Ticks ticks) {
    return std::to_string(std::chrono::duration<double>(ticks).count());
}

class Text {
  public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        out_ += "# HELP entrawatch_" + std::string{name} + " " + std::string{help} + "\n";
        out_ += "# TYPE entrawatch_" + std::string{name} + " " + std::string{type} + "\n";
    }
    void sample(std::string_view name, const std::string& labels, const std::string& value) {
        out_ += "entrawatch_" + std::string{name} + "{" + labels + "} " + value + "\n";
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

using FeedValue = std::function<std::string(const FeedStatus&)>;
void feeds(Text& text, const Status& status, std::string_view name, std::string_view type,
           std::string_view help, const FeedValue& value) {
    text.family(name, type, help);
    for (const auto& tenant : status.tenants) {
        for (const auto& [id, feed] : tenant.feeds) {
            const std::string shown = value(feed);
            if (shown.empty()) continue;
            text.sample(name, "tenant=" + label(tenant.name) + ",feed=" + label(feed_of(id).name), shown);
        }
    }
}

// Shares and not a histogram of Prometheus: the measure keeps no sum.
void row_lateness(Text& text, const Status& status) {
    text.family(
        "row_lateness_seconds", "gauge",
        "By when that share of the records had been seen since start, after the time that windows go by");
    for (const auto& tenant : status.tenants) {
        for (const auto& [id, feed] : tenant.feeds) {
            Lateness all;
            for (const auto& [pass, of_pass] : feed.lateness)
                all += of_pass;
            if (all.total() == 0) continue;
            const std::string of = "tenant=" + label(tenant.name) + ",feed=" + label(feed_of(id).name);
            text.sample("row_lateness_seconds", of + ",share=\"0.5\"", seconds(all.within(0.5)));
            text.sample("row_lateness_seconds", of + ",share=\"0.99\"", seconds(all.within(0.99)));
            text.sample("row_lateness_seconds", of + ",share=\"1\"", seconds(all.worst));
        }
    }
}

void first_seen(Text& text, const Status& status) {
    text.family("rows_first_seen_total", "counter",
                "Records by the pass that saw them first: what warm, cold and deep saw came late");
    for (const auto& tenant : status.tenants) {
        for (const auto& [id, feed] : tenant.feeds) {
            for (const auto& [pass, of_pass] : feed.lateness) {
                text.sample("rows_first_seen_total",
                            "tenant=" + label(tenant.name) + ",feed=" + label(feed_of(id).name) +
                                ",pass=" + label(name_of(pass)),
                            std::to_string(of_pass.total()));
            }
        }
    }
}

using DestinationValue = std::function<std::string(const DestinationStatus&)>;
void destinations(Text& text, const Status& status, std::string_view name, std::string_view type,
                  std::string_view help, const DestinationValue& value) {
    text.family(name, type, help);
    for (const auto& tenant : status.tenants) {
        for (const auto& [destination, state] : tenant.destinations) {
            const std::string shown = value(state);
            if (shown.empty()) continue;
            text.sample(name, "tenant=" + label(tenant.name) + ",destination=" + label(destination), shown);
        }
    }
}

void canaries(Text& text, const Status& status, Instant now) {
    text.family("canary_age_seconds", "gauge", "Time since the last canary was sent");
    for (const auto& tenant : status.tenants) {
        if (tenant.canary)
            text.sample("canary_age_seconds", "tenant=" + label(tenant.name),
                        seconds(now - tenant.canary->sent_at));
    }
    text.family("canary_arrived", "gauge", "1 when the destination took the last canary, 0 while it has not");
    for (const auto& tenant : status.tenants) {
        if (!tenant.canary) continue;
        for (const CanaryOutcome& outcome : tenant.canary->outcomes)
            text.sample("canary_arrived",
                        "tenant=" + label(tenant.name) + ",destination=" + label(outcome.destination),
                        outcome.fate == CanaryFate::arrived ? "1" : "0");
    }
}

}  // namespace

std::string metrics_text(const Status& status, Instant now) {
    Text text;
    const auto number = [](std::int64_t n) { return std::to_string(n); };
    if (status.heartbeat_at) {
        text.family("heartbeat_age_seconds", "gauge", "Time since the dead man's switch last heard of us");
        text.sample("heartbeat_age_seconds", "version=\"" + std::string{program_version} + "\"",
                    seconds(now - *status.heartbeat_at));
    }
    text.family("uptime_seconds", "gauge", "Time since the daemon started");
    text.sample("uptime_seconds", "version=\"" + std::string{program_version} + "\"",
                seconds(now - status.started_at));

    feeds(text, status, "feed_up", "gauge",
          "1 while the feed answers, 0 while it is parked, failing or starting",
          [](const auto& f) { return f.condition == FeedCondition::running ? "1" : "0"; });
    feeds(text, status, "feed_parked", "gauge", "1 while Graph refuses the feed (permission or licence)",
          [](const auto& f) { return f.condition == FeedCondition::parked ? "1" : "0"; });
    feeds(text, status, "feed_last_answer_age_seconds", "gauge", "Time since the feed last answered",
          [&](const auto& f) { return f.last_answer_at ? seconds(now - *f.last_answer_at) : std::string{}; });
    feeds(text, status, "windows_completed_total", "counter", "Windows read to their end",
          [&](const auto& f) { return number(f.windows); });
    feeds(text, status, "pages_total", "counter", "Pages read",
          [&](const auto& f) { return number(f.totals.pages); });
    feeds(text, status, "records_total", "counter", "Records read, seen before or not",
          [&](const auto& f) { return number(f.totals.rows); });
    feeds(text, status, "events_new_total", "counter", "Records seen for the first time",
          [&](const auto& f) { return number(f.totals.fresh); });
    feeds(text, status, "events_revised_total", "counter", "Records that came back changed",
          [&](const auto& f) { return number(f.totals.revised); });
    feeds(text, status, "records_rejected_total", "counter", "Records kept but unreadable",
          [&](const auto& f) { return number(f.totals.rejected); });
    feeds(text, status, "records_left_out_total", "counter",
          "Records not kept, because sign_ins.scope is scenario",
          [&](const auto& f) { return number(f.left_out); });

    row_lateness(text, status);
    first_seen(text, status);

    text.family("alerts_opened_total", "counter", "Alerts opened or raised");
    for (const auto& tenant : status.tenants) {
        text.sample("alerts_opened_total", "tenant=" + label(tenant.name), number(tenant.alerts_opened));
    }
    text.family("findings_suppressed_total", "counter",
                "Findings that a filter kept from being told; they are stored");
    for (const auto& tenant : status.tenants) {
        for (const auto& [filter, findings] : tenant.suppressed) {
            text.sample("findings_suppressed_total",
                        "tenant=" + label(tenant.name) + ",filter=" + label(filter), number(findings));
        }
    }
    text.family("store_up", "gauge", "1 while the tenant's store takes writes");
    for (const auto& tenant : status.tenants) {
        text.sample("store_up", "tenant=" + label(tenant.name), tenant.store_works ? "1" : "0");
    }
    text.family("store_disk_free_bytes", "gauge", "What the disk of the store has left");
    for (const auto& tenant : status.tenants) {
        text.sample("store_disk_free_bytes", "tenant=" + label(tenant.name), number(tenant.disk_free));
    }
    text.family("events_pruned_total", "counter",
                "Events that `retention` or `max_size` let go, with a receipt");
    for (const auto& tenant : status.tenants) {
        text.sample("events_pruned_total", "tenant=" + label(tenant.name), number(tenant.pruned));
    }
    text.family("chain_signed_entry", "gauge",
                "Entry of the evidence chain that was signed last, and its hash; kept elsewhere, it shows "
                "that nothing was cut off");
    for (const auto& tenant : status.tenants) {
        if (!tenant.signed_chain) continue;
        text.sample("chain_signed_entry",
                    "tenant=" + label(tenant.name) +
                        ",hash=" + label(to_hex(as_bytes(tenant.signed_chain->head.hash))),
                    number(tenant.signed_chain->head.entry));
    }
    text.family("chain_signed_age_seconds", "gauge", "Time since the evidence chain was signed");
    for (const auto& tenant : status.tenants) {
        if (!tenant.signed_chain) continue;
        text.sample("chain_signed_age_seconds", "tenant=" + label(tenant.name),
                    seconds(now - tenant.signed_chain->at));
    }
    destinations(text, status, "deliveries_total", "counter", "Notifications that the destination accepted",
                 [&](const auto& d) { return number(d.delivered); });
    destinations(text, status, "delivery_failures_total", "counter",
                 "Attempts that the destination did not accept",
                 [&](const auto& d) { return number(d.failed_attempts); });
    destinations(text, status, "deliveries_dead_total", "counter", "Notifications given up after the horizon",
                 [&](const auto& d) { return number(d.dead); });
    destinations(text, status, "destination_circuit_open", "gauge",
                 "1 while the destination is left alone after failures",
                 [](const auto& d) { return d.circuit_open ? "1" : "0"; });
    destinations(text, status, "delivery_latency_seconds", "gauge",
                 "Commit to acceptance of the last delivery",
                 [](const auto& d) { return d.last_latency ? seconds(*d.last_latency) : std::string{}; });
    canaries(text, status, now);
    return text.take();
}

}  // namespace entrawatch
