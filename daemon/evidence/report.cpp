#include "daemon/evidence/report.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/evidence/charts.hpp"
#include "daemon/evidence/html.hpp"
#include "daemon/version.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_listed_holes = 200;
constexpr std::size_t most_listed_rules = 30;

using HtmlCells = std::vector<std::string>;

// The cells are HTML already.
std::string html_row(const HtmlCells& cells, const char* element = "td") {
    std::string out = "<tr>";
    for (const std::string& cell : cells)
        out += std::string{"<"} + element + ">" + cell + "</" + element + ">";
    return out + "</tr>\n";
}

// Not broken over lines.
std::string whole_cell(const std::string& content) {
    return "<span class=\"whole\">" + content + "</span>";
}

std::string short_time(const std::string& iso) {
    std::string text = iso.substr(0, 19);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return whole_cell(html(text));
}

std::string html_table(const HtmlCells& titles, const std::vector<HtmlCells>& rows) {
    std::string out = "<table>\n<thead>" + html_row(titles, "th") + "</thead>\n<tbody>\n";
    for (const HtmlCells& row : rows)
        out += html_row(row);
    return out + "</tbody></table>\n";
}

std::string html_words(Ticks duration) {
    return duration < std::chrono::seconds{1} ? "under 1 s" : html(to_words(duration));
}

HtmlCells percentiles(const std::string& name, const Durations& durations) {
    if (durations.count() == 0) return {name, "0", "–", "–", "–", "–"};
    return {name,
            std::to_string(durations.count()),
            html_words(durations.percentile(0.5)),
            html_words(durations.percentile(0.95)),
            html_words(durations.percentile(0.99)),
            html_words(durations.longest())};
}

void write_head(std::ostream& out, const ReportInput& input) {
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Evidence: "
        << html(input.tenant) << "</title>\n<style>\n"
        << input.style << "</style>\n</head>\n<body>\n<main>\n<h1>Evidence of the watch over "
        << html(input.tenant) << "</h1>\n<p class=\"lead\">" << html(to_iso(input.span.from)) << " to "
        << html(to_iso(input.span.to)) << " (the end is outside), tenant " << html(input.tenant_id)
        << ".<br>Made " << html(to_iso_millis(input.made_at)) << " by " << html(input.made_by)
        << " with Entrawatch " << html(program_version) << ". All times are UTC.</p>\n";
}

std::string tile(std::int64_t number, const std::string& what, const char* kind = "") {
    return "<div class=\"tile " + std::string{kind} + "\"><b>" + std::to_string(number) + "</b>" +
           html(what) + "</div>\n";
}

void write_tiles(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    out << "<div class=\"tiles\">\n"
        << tile(figures.events, "events") << tile(figures.alerts - figures.test_alerts, "alerts")
        << tile(figures.never_told, "of them told to nobody", figures.never_told > 0 ? "bad" : "good")
        << tile(figures.holes, "holes in coverage", figures.holes > 0 ? "bad" : "good")
        << tile(figures.rows.contains("mutes.csv") ? figures.rows.at("mutes.csv") : 0, "mutes") << "</div>\n";
}

void write_events(std::ostream& out, const ReportInput& input) {
    out << "<h2>Events by day and feed</h2>\n";
    const std::string chart = events_chart(input.figures, input.span);
    out << (chart.empty() ? "<p>No event lies in the span.</p>\n" : chart);
    if (input.figures.earlier_revisions > 0)
        out << "<p>" << input.figures.earlier_revisions
            << " further revisions of these records are in <code>events.jsonl</code>.</p>\n";
}

std::vector<std::pair<std::string, std::int64_t>> most_first(
    const std::map<std::string, std::int64_t>& counts) {
    std::vector<std::pair<std::string, std::int64_t>> sorted{counts.begin(), counts.end()};
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

std::string severity_cell(Severity severity) {
    std::string cell{"<span class=\""};
    return cell.append(name_of(severity)).append("\">").append(name_of(severity)).append("</span>");
}

void write_alert_list(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    if (figures.listed.empty()) return;
    std::vector<HtmlCells> rows;
    for (const PackAlert& alert : figures.listed) {
        rows.push_back({short_time(alert.opened_at), severity_cell(alert.severity),
                        whole_cell(html(alert.scenario)), html(alert.summary), whole_cell(html(alert.state)),
                        "<code>" + html(alert.id) + "</code>"});
    }
    out << "<h2>Alerts one by one</h2>\n"
        << html_table({"opened", "severity", "scenario", "summary", "state", "alert"}, rows);
    const auto told = figures.alerts - figures.test_alerts;
    if (told > std::ssize(figures.listed))
        out << "<p>The first " << figures.listed.size() << " of " << told
            << "; all of them, with their stories, are in <code>alerts.jsonl</code>.</p>\n";
}

void write_alerts(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    out << "<h2>Alerts</h2>\n" << alerts_chart(figures);
    if (figures.test_alerts > 0)
        out << "<p>" << html(counted(figures.test_alerts, "test alert", "test alerts"))
            << " not counted here; they are in <code>alerts.jsonl</code>.</p>\n";
    if (figures.listed.empty()) return;
    std::vector<HtmlCells> rules;
    for (const auto& [rule, count] : most_first(figures.alerts_by_rule)) {
        if (rules.size() == most_listed_rules) break;
        rules.push_back({html(rule), std::to_string(count)});
    }
    out << "<h3>By rule</h3>\n" << html_table({"rule", "alerts"}, rules);
}

void write_latency(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    std::vector<HtmlCells> rows;
    for (const auto& [feed, durations] : figures.lateness)
        rows.push_back(percentiles("received after its time: " + html(feed_of(feed).name), durations));
    rows.push_back(percentiles("alert opened after its first event", figures.until_opened));
    rows.push_back(percentiles("first receiver’s answer after that", figures.until_told));
    rows.push_back(percentiles("a person took it up after it was opened", figures.until_taken_up));
    out << "<h2>How long it took</h2>\n"
        << html_table({"", "count", "half within", "95 % within", "99 % within", "longest"}, rows)
        << "<p class=\"note\">Figures are at most 6 % too large. A record that was backfilled or imported "
           "counts from its own time to the moment it was received here.</p>\n";
}

void write_coverage(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    out << "<h2>Coverage</h2>\n<p><span class=\"swatch complete\"></span> read completely "
           "<span class=\"swatch hole\"></span> hole <span class=\"swatch later\"></span> not due yet when "
           "the "
           "pack was made</p>\n"
        << coverage_chart(figures, input.span);
    if (!figures.not_watched.empty()) {
        std::vector<std::string_view> names;
        for (const FeedId feed : figures.not_watched)
            names.push_back(feed_of(feed).name);
        out << "<p><b>Switched off in the settings:</b> " << html(joined(names)) << "</p>\n";
    }
    if (figures.holes == 0) {
        out << "<p>No hole in what is watched.</p>\n";
        return;
    }
    std::vector<HtmlCells> rows;
    for (const CoverageRow& row : figures.coverage) {
        if (row.kind != "hole" || rows.size() == most_listed_holes) continue;
        const bool gone = !row.recoverable_until || *row.recoverable_until <= input.made_at;
        rows.push_back(
            {whole_cell(html(feed_of(row.feed).name)), short_time(to_iso(row.span.from)),
             short_time(to_iso(row.span.to)), whole_cell(html_words(row.span.length())),
             gone ? "its beginning is no longer in Graph"
                  : "Graph still has all of it until " + short_time(to_iso(*row.recoverable_until))});
    }
    out << "<h3>Holes</h3>\n" << html_table({"feed", "from", "to", "length", ""}, rows);
    if (figures.holes > std::ssize(rows))
        out << "<p>The first " << rows.size() << " of " << figures.holes
            << "; all of them are in <code>coverage.csv</code>.</p>\n";
}

void write_control_rows(std::ostream& out, const ReportInput& input) {
    std::vector<HtmlCells> rows;
    for (const Control& control : input.controls)
        rows.push_back(
            {"<b>" + whole_cell(html(control.id)) + "</b><br>" + html(control.source), html(control.asks),
             html(control.shows) + "<br><b>" + html(control_figures(control, input.figures)) + "</b>",
             html(control.cannot)});
    out << "<h2>Controls</h2>\n<p>The pack is evidence for these controls; whether they are met is for the "
           "auditor to say. In our words: the baseline’s own text decides.</p>\n"
        << html_table({"control", "asks", "the pack shows", "it cannot show"}, rows);
}

std::string chain_words(const PackFigures& figures) {
    if (figures.checkpoints == 0) return "No signature of the evidence chain covers the span. ";
    std::string words =
        "The pack has " + counted(figures.checkpoints, "signature", "signatures") + " of the evidence chain";
    if (figures.chain_last > figures.chain_first)
        words += " and its entries " + std::to_string(figures.chain_first + 1) + " to " +
                 std::to_string(figures.chain_last);
    return words + "; they bind " + std::to_string(figures.bound_events) + " of " +
           counted(figures.events, "record", "records") + ". ";
}

void write_integrity(std::ostream& out, const ReportInput& input) {
    const PackFigures& figures = input.figures;
    out << "<h2>Integrity</h2>\n<p>"
        << (input.key.empty()
                ? "The manifest is <b>not signed</b>: whoever made this pack could not read the evidence "
                  "key. "
                : "The manifest is signed with the evidence key <code>" + html(input.key) + "</code>. ")
        << html(chain_words(figures))
        << "</p>\n<p>Check it: <code>python3 integrity/verify_pack.py --public-key evidence.pub .</code>, "
           "with "
           "the public key that you were given when it was made. What that proves, and what it does not, is "
           "in "
           "<code>README.md</code>.</p>\n";
    const auto versions = figures.rows.find("settings/in_force.csv");
    if (versions == figures.rows.end() || versions->second == 0)
        out << "<p>No settings and rules are recorded for the span: the daemon did not run in it or "
               "before.</p>\n";
    if (figures.rule_texts_missing > 0)
        out << "<p>Of " << figures.rule_texts_missing
            << " rules that were in force the pack has the digest, but no text: the files were changed "
               "since.</p>\n";
}

}  // namespace

std::string control_figures(const Control& control, const PackFigures& figures) {
    const auto sum = [&](const std::map<std::string, std::int64_t>& counts) {
        std::int64_t total = 0;
        for (const auto& [scenario, count] : counts) {
            const bool counts_here =
                control.scenarios.empty() || std::find(control.scenarios.begin(), control.scenarios.end(),
                                                       scenario) != control.scenarios.end();
            total += counts_here ? count : 0;
        }
        return total;
    };
    const auto holes = std::count_if(figures.coverage.begin(), figures.coverage.end(), [&](const auto& row) {
        return row.kind == "hole" &&
               std::find(control.feeds.begin(), control.feeds.end(), row.feed) != control.feeds.end();
    });
    std::string off;
    for (const FeedId feed : figures.not_watched) {
        if (std::find(control.feeds.begin(), control.feeds.end(), feed) != control.feeds.end())
            off += (off.empty() ? "; switched off: " : ", ") + std::string{feed_of(feed).name};
    }
    return counted(sum(figures.alerts_by_scenario), "alert", "alerts") + ", " +
           std::to_string(sum(figures.told_by_scenario)) + " of them told; " +
           counted(holes, "hole", "holes") + " in its feeds" + off;
}

void write_report(std::ostream& out, const ReportInput& input) {
    write_head(out, input);
    write_tiles(out, input);
    write_events(out, input);
    write_alerts(out, input);
    write_latency(out, input);
    write_coverage(out, input);
    write_control_rows(out, input);
    write_integrity(out, input);
    write_alert_list(out, input);
    out << "</main>\n</body>\n</html>\n";
}

void write_controls(std::ostream& out, const ReportInput& input) {
    out << "# Controls\n\nTenant " << input.tenant << ", " << to_iso(input.span.from) << " to "
        << to_iso(input.span.to)
        << ". The pack is evidence for these controls; whether they are met is for the auditor to say. What "
           "they "
           "ask is in our words: the baseline's own text decides.\n";
    for (const Control& control : input.controls) {
        out << "\n## " << control.id << " (" << control.source << ")\n\n- Asks: " << control.asks
            << ".\n- The pack shows: " << control.shows
            << ".\n- In this span: " << control_figures(control, input.figures)
            << ".\n- It cannot show: " << control.cannot << ".\n";
        if (!control.scenarios.empty()) out << "- Scenarios: " << joined(control.scenarios) << "\n";
    }
}

}  // namespace entrawatch
