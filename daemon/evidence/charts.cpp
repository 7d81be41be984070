#include "daemon/evidence/charts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "daemon/evidence/html.hpp"

namespace entrawatch {
namespace {

constexpr double chart_width = 960;
constexpr double plot_left = 60;
constexpr double plot_height = 180;
constexpr double plot_top = 10;
constexpr std::int64_t most_bars = 120;
constexpr std::int64_t ticks_a_day = 864'000'000'000;
constexpr double label_left = 230;  // of charts with names at the left

// Told apart by people who do not see every colour; feeds in the order of their ids.
constexpr std::array<const char*, 13> feed_colours{"#0072b2", "#56b4e9", "#009e73", "#8fd19e", "#b3b3b3",
                                                   "#d55e00", "#e69f00", "#cc79a7", "#a05a8a", "#f0e442",
                                                   "#555555", "#7b4b1e", "#000000"};

std::string number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

const char* colour_of(FeedId feed) {
    std::size_t place = 0;
    for (const Feed& one : all_feeds()) {
        if (one.id == feed) break;
        ++place;
    }
    return feed_colours[std::min(place, feed_colours.size() - 1)];
}

std::string rect(double x, double y, double width, double height, const std::string& fill,
                 const std::string& title) {
    return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" +
           number(height) + "\" fill=\"" + fill + "\"><title>" + html(title) + "</title></rect>";
}

std::string label(double x, double y, const std::string& text, const char* anchor = "start") {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
           html(text) + "</text>";
}

std::string svg(double height, const std::string& name, const std::string& content) {
    return "<svg viewBox=\"0 0 " + number(chart_width) + " " + number(height) +
           "\" role=\"img\" aria-label=\"" + html(name) + "\">" + content + "</svg>\n";
}

std::string date_of(std::int64_t day) {
    return to_iso(instant_of(day * ticks_a_day)).substr(0, 10);
}

// The next of 1, 2, 4, 5, 8, 10, 20, 40 …
std::int64_t round_up(std::int64_t value) {
    for (std::int64_t step = 1;; step *= 10) {
        for (const std::int64_t factor : {1, 2, 4, 5, 8}) {
            if (step * factor >= value) return step * factor;
        }
    }
}

struct Bars {
    std::int64_t first_day = 0, days_a_bar = 1, count = 1, highest = 0;
    std::vector<std::map<FeedId, std::int64_t>> feeds;
};

Bars bars_of(const PackFigures& figures, Span span) {
    Bars bars;
    bars.first_day = day_of(span.from);
    const std::int64_t days = day_of(span.to - Ticks{1}) - bars.first_day + 1;
    bars.days_a_bar = (days + most_bars - 1) / most_bars;
    bars.count = (days + bars.days_a_bar - 1) / bars.days_a_bar;
    bars.feeds.resize(static_cast<std::size_t>(bars.count));
    for (const auto& [day, feeds] : figures.events_by_day) {
        const std::int64_t place = (day - bars.first_day) / bars.days_a_bar;
        if (place < 0 || place >= bars.count) continue;
        for (const auto& [feed, events] : feeds)
            bars.feeds[static_cast<std::size_t>(place)][feed] += events;
    }
    for (const auto& feeds : bars.feeds) {
        std::int64_t sum = 0;
        for (const auto& [feed, events] : feeds)
            sum += events;
        bars.highest = std::max(bars.highest, sum);
    }
    return bars;
}

std::string axis(std::int64_t top) {
    std::string out;
    for (const int quarter : {0, 2, 4}) {
        const double y = plot_top + plot_height * (4 - quarter) / 4;
        if (quarter > 0 && top * quarter % 4 != 0) continue;
        out += "<line class=\"grid\" x1=\"" + number(plot_left) + "\" x2=\"" + number(chart_width) +
               "\" y1=\"" + number(y) + "\" y2=\"" + number(y) + "\"/>" +
               label(plot_left - 6, y + 4, std::to_string(top * quarter / 4), "end");
    }
    return out;
}

std::string stacked(const Bars& bars, std::int64_t top) {
    const double room = (chart_width - plot_left) / static_cast<double>(bars.count);
    const double width = std::max(1.0, std::min(room * 0.8, 60.0));
    std::string out;
    for (std::size_t i = 0; i < bars.feeds.size(); ++i) {
        const auto day = bars.first_day + static_cast<std::int64_t>(i) * bars.days_a_bar;
        const double x = plot_left + room * static_cast<double>(i) + (room - width) / 2;
        double y = plot_top + plot_height;
        for (const auto& [feed, events] : bars.feeds[i]) {
            const double height = plot_height * static_cast<double>(events) / static_cast<double>(top);
            y -= height;
            out +=
                rect(x, y, width, height, colour_of(feed),
                     date_of(day) + ", " + std::string{feed_of(feed).name} + ": " + std::to_string(events));
        }
    }
    // Five dates at most, so that they do not run into each other.
    const std::int64_t every = (bars.count + 4) / 5;
    for (std::int64_t i = 0; i < bars.count; i += every)
        out += label(plot_left + room * (static_cast<double>(i) + 0.5), plot_top + plot_height + 18,
                     date_of(bars.first_day + i * bars.days_a_bar), "middle");
    return out;
}

std::string legend(const PackFigures& figures) {
    std::map<FeedId, std::int64_t> totals;
    for (const auto& [day, feeds] : figures.events_by_day) {
        for (const auto& [feed, events] : feeds)
            totals[feed] += events;
    }
    std::string out = "<ul class=\"legend\">";
    for (const auto& [feed, events] : totals)
        out += "<li><svg class=\"key\" viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\" fill=\"" +
               std::string{colour_of(feed)} + "\"/></svg> " + html(feed_of(feed).name) + " <b>" +
               std::to_string(events) + "</b></li>";
    return out + "</ul>\n";
}

}  // namespace

std::string events_chart(const PackFigures& figures, Span span) {
    const Bars bars = bars_of(figures, span);
    if (bars.highest == 0) return {};
    const std::int64_t top = round_up(bars.highest);
    const std::string unit =
        bars.days_a_bar == 1 ? "a day" : "every " + std::to_string(bars.days_a_bar) + " days";
    return "<p class=\"note\">One bar " + unit + ".</p>" +
           svg(plot_top + plot_height + 26, "Events by day and feed", axis(top) + stacked(bars, top)) +
           legend(figures);
}

std::string alerts_chart(const PackFigures& figures) {
    constexpr std::array<const char*, 5> colours{"#9aa5b1", "#56b4e9", "#e6b800", "#e06c00", "#b3001b"};
    std::int64_t highest = 1;
    for (const std::int64_t count : figures.alerts_by_severity)
        highest = std::max(highest, count);
    std::string out;
    double y = 4;
    for (int severity = 4; severity >= 0; --severity) {
        const auto place = static_cast<std::size_t>(severity);
        const std::int64_t count = figures.alerts_by_severity[place];
        const std::string name{name_of(static_cast<Severity>(severity))};
        const double width =
            (chart_width - label_left - 60) * static_cast<double>(count) / static_cast<double>(highest);
        out += label(label_left - 10, y + 14, name, "end");
        if (count > 0) out += rect(label_left, y, width, 18, colours[place], name);
        out += label(label_left + width + 8, y + 14, std::to_string(count));
        y += 26;
    }
    return svg(y, "Alerts by severity", out);
}

std::string coverage_chart(const PackFigures& figures, Span span) {
    const double whole = static_cast<double>(span.length().count());
    const double width = chart_width - label_left;
    std::map<FeedId, std::string> rows;
    for (const CoverageRow& row : figures.coverage) {
        const double x = width * static_cast<double>((row.span.from - span.from).count()) / whole;
        // A short hole must not be too thin to be seen.
        const double wide = std::max(row.kind == "hole" ? 2.0 : 0.5,
                                     width * static_cast<double>(row.span.length().count()) / whole);
        const char* colour = row.kind == "complete" ? "#2e8b57" : row.kind == "hole" ? "#b3001b" : "#c8c8c8";
        rows[row.feed] +=
            rect(label_left + std::min(x, width - wide), 0, wide, 16, colour,
                 row.kind + ": " + to_iso_millis(row.span.from) + " to " + to_iso_millis(row.span.to));
    }
    std::string out;
    double y = 4;
    for (const auto& [feed, content] : rows) {
        out += "<g transform=\"translate(0 " + number(y) + ")\">" +
               label(label_left - 10, 13, std::string{feed_of(feed).name}, "end") + content + "</g>";
        y += 24;
    }
    out += label(label_left, y + 12, to_iso(span.from)) + label(chart_width, y + 12, to_iso(span.to), "end");
    return svg(y + 20, "Coverage by feed", out);
}

}  // namespace entrawatch
