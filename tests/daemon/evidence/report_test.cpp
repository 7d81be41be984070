#include "daemon/evidence/report.hpp"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "daemon/evidence/charts.hpp"
#include "daemon/evidence/html.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Span three_days{at("2026-11-20T00:00:00Z"), at("2026-11-23T00:00:00Z")};

std::string report_of(const PackFigures& figures, const std::string& tenant = "contoso") {
    const std::vector<Control> controls{
        {"C.1", "A baseline", "asks <this>", {"PR-1"}, {FeedId::directory_audits}, "shows", "cannot"}};
    std::ostringstream out;
    write_report(out, {tenant, "1111", three_days, three_days.to, "auditor", "", "", figures, controls});
    return out.str();
}

TEST(Html, LetsNothingThrough) {
    EXPECT_EQ(html("<a href=\"x\" id='y'>&\u202e\x01"),
              "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\\u{202e}\\x01");
}

TEST(Report, EscapesWhateverComesFromTheStore) {
    PackFigures figures;
    figures.alerts = 1;
    figures.alerts_by_rule["<i>rule"] = 1;
    figures.listed.push_back(
        {"<b>id", "<b>when", "<b>scenario", "<b>rule", "<b>summary", "<b>state", Severity::high});
    const std::string report = report_of(figures, "<script>");
    for (const char* element :
         {"<script", "<b>summary", "<b>id", "<b>state", "<b>scenario", "<b>when", "<i>"})
        EXPECT_THAT(report, Not(HasSubstr(element)));
    EXPECT_THAT(report, HasSubstr("&lt;b&gt;summary"));
    EXPECT_THAT(report, HasSubstr("asks &lt;this&gt;"));
}

TEST(Report, LoadsNothing) {
    PackFigures figures;
    figures.events_by_day[day_of(three_days.from)][FeedId::directory_audits] = 3;
    const std::string report = report_of(figures);
    EXPECT_THAT(report, HasSubstr("default-src 'none'"));
    for (const char* word : {"http:", "https:", "src=", "href=", "url(", "@import", "<script"})
        EXPECT_THAT(report, Not(HasSubstr(word)));
}

TEST(Report, CountsForAControlWhatBearsOnIt) {
    PackFigures figures;
    figures.alerts_by_scenario = {{"PR-1", 3}, {"EA-1", 5}};
    figures.told_by_scenario = {{"PR-1", 2}};
    figures.coverage = {{FeedId::directory_audits, "hole", three_days},
                        {FeedId::directory_audits, "complete", three_days},
                        {FeedId::risk_detections, "hole", three_days}};
    figures.not_watched = {FeedId::risky_users};
    Control control{"C", "B", "a", {"PR-1"}, {FeedId::directory_audits}, "s", "c"};
    EXPECT_EQ(control_figures(control, figures), "3 alerts, 2 of them told; 1 hole in its feeds");
    control.scenarios.clear();
    control.feeds.push_back(FeedId::risky_users);
    EXPECT_EQ(control_figures(control, figures),
              "8 alerts, 2 of them told; 1 hole in its feeds; switched off: risky_users");
}

std::size_t bars_in(const std::string& chart) {
    std::size_t count = 0;
    for (std::size_t at = chart.find("<rect x="); at != std::string::npos;
         at = chart.find("<rect x=", at + 1))
        ++count;
    return count;
}

TEST(Charts, DrawABarForEachDayAndFeed) {
    PackFigures figures;
    EXPECT_EQ(events_chart(figures, three_days), "");
    figures.events_by_day[day_of(three_days.from)] = {{FeedId::directory_audits, 3},
                                                      {FeedId::risk_detections, 1}};
    figures.events_by_day[day_of(three_days.to - Ticks{1})] = {{FeedId::directory_audits, 7}};
    const std::string chart = events_chart(figures, three_days);
    EXPECT_EQ(bars_in(chart), 3U);
    EXPECT_THAT(chart, HasSubstr("<title>2026-11-22, directory_audits: 7</title>"));
    EXPECT_THAT(chart, HasSubstr("directory_audits <b>10</b>"));
}

TEST(Charts, GiveEveryFeedAColourOfItsOwn) {
    PackFigures figures;
    for (const Feed& feed : all_feeds())
        figures.events_by_day[day_of(three_days.from)][feed.id] = 1;
    const std::string legend = events_chart(figures, three_days);
    constexpr std::string_view before = "<rect width=\"10\" height=\"10\" fill=\"";
    std::set<std::string> colours;
    for (auto place = legend.find(before); place != std::string::npos; place = legend.find(before, place + 1))
        colours.insert(legend.substr(place + before.size(), 7));
    EXPECT_EQ(colours.size(), all_feeds().size());
}

TEST(Charts, PutManyDaysIntoOneBar) {
    PackFigures figures;
    const Span long_span{at("2016-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")};
    for (std::int64_t day = day_of(long_span.from); day < day_of(long_span.to); ++day)
        figures.events_by_day[day][FeedId::directory_audits] = 1;
    const std::string chart = events_chart(figures, long_span);
    EXPECT_LE(bars_in(chart), 120U);
    EXPECT_THAT(chart, HasSubstr("One bar every 31 days."));
}

TEST(Charts, AShortHoleIsWideEnoughToBeSeen) {
    PackFigures figures;
    figures.coverage = {
        {FeedId::directory_audits, "hole", {three_days.to - std::chrono::seconds{1}, three_days.to}}};
    EXPECT_THAT(coverage_chart(figures, three_days), HasSubstr("<rect x=\"958.0\" y=\"0.0\" width=\"2.0\""));
}

}  // namespace
}  // namespace entrawatch::test
