// Real records, where the folder of them lies beside the source tree: everything becomes an event, and the
// shapes of one act agree.
#include <gtest/gtest.h>

#include <map>

#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "core/feed/page.hpp"
#include "tests/support/same_event.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch {
namespace {

// Ids that the folder's makers gave to records which had none begin so.
constexpr std::string_view made_up_id = "derived-";

std::vector<std::string> lines_of(const std::string& file) {
    const Result<Page> page = split_export(test::read_text(*test::corpus_dir() / file));
    EXPECT_TRUE(page) << file;
    return page ? std::vector<std::string>{page->records.begin(), page->records.end()}
                : std::vector<std::string>{};
}

std::map<std::string, std::string> graph_records() {
    std::map<std::string, std::string> records;
    JsonReader reader;
    for (const char* file : {"directoryAudits.jsonl", "signIns.jsonl", "riskDetections.jsonl",
                             "servicePrincipalRiskDetections.jsonl"}) {
        for (std::string& line : lines_of(file)) {
            std::string id{text_of(*reader.parse(line), "id")};
            records.emplace(std::move(id), std::move(line));
        }
    }
    return records;
}

Result<Event> read_event(FeedId feed, const std::string& json) {
    JsonReader reader;
    const Result<Json> record = reader.parse(json);
    if (!record) return tl::make_unexpected(record.error());
    return normalize(feed_of(feed), *record);
}

TEST(Corpus, EveryRecordBecomesAnEventOfItsFeed) {
    if (!test::corpus_dir()) GTEST_SKIP() << "no folder of real records beside the source tree";
    const std::map<std::string, FeedId> files{
        {"directoryAudits.jsonl", FeedId::directory_audits},
        {"riskDetections.jsonl", FeedId::risk_detections},
        {"servicePrincipalRiskDetections.jsonl", FeedId::service_principal_risk_detections},
        {"signIns.jsonl", FeedId::sign_ins_interactive}};
    for (const auto& [file, feed] : files) {
        for (const std::string& line : lines_of(file)) {
            JsonReader reader;
            const Result<GraphShape> shape = to_graph_shape(*reader.parse(line));
            ASSERT_TRUE(shape) << line;
            EXPECT_EQ(shape->shape, RecordShape::graph);
            ASSERT_TRUE(shape->feed) << line;
            EXPECT_EQ(feed_of(*shape->feed).kind, feed_of(feed).kind) << line;
            const Result<Event> event = read_event(*shape->feed, line);
            const Json record = *reader.parse(line);
            if (!member(record, "activityDateTime") && !member(record, "createdDateTime")) {
                EXPECT_FALSE(event) << "a record without any time cannot be placed: " << line;
                continue;
            }
            ASSERT_TRUE(event) << event.error().text() << line;
            EXPECT_FALSE(event->activity.empty()) << line;
            EXPECT_NE(event->actor.kind, ActorKind::unknown) << line;
        }
    }
}

TEST(Corpus, OriginalsAndTheirGraphFormsGiveTheSameEvent) {
    if (!test::corpus_dir()) GTEST_SKIP() << "no folder of real records beside the source tree";
    const std::map<std::string, std::string> graph = graph_records();
    int compared = 0;
    for (const std::string& line : lines_of("originals.jsonl")) {
        JsonReader reader;
        const Json original = *reader.parse(line);
        const std::string id{text_of(original, "id")};
        const Result<GraphShape> shape = to_graph_shape(*member(original, "record"));
        ASSERT_TRUE(shape) << id << shape.error().text();
        EXPECT_NE(shape->shape, RecordShape::graph) << id;
        ASSERT_TRUE(shape->feed) << id;
        const Result<Event> converted = read_event(*shape->feed, shape->json);
        Result<Event> expected = read_event(*shape->feed, graph.at(id));
        if (!converted) {
            const bool had_no_id =
                id.starts_with(made_up_id) && converted.error().what.find("`id`") != std::string::npos;
            EXPECT_TRUE(had_no_id || !expected) << id << converted.error().text();
            continue;
        }
        ASSERT_TRUE(expected) << id;
        if (id.starts_with(made_up_id)) expected->id = converted->id;
        EXPECT_TRUE(test::same_event(*expected, *converted)) << id;
        ++compared;
    }
    EXPECT_GT(compared, 50);
}

}  // namespace
}  // namespace entrawatch
