// What the tests of core/rules share: rules made of a few lines, and records beside the events they became.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/rules/condition.hpp"
#include "core/rules/rule_set.hpp"
#include "core/rules/sigma_reader.hpp"

namespace entrawatch::test {

// A record and what rules read of it. The event holds the activity only, so that a test does not depend on
// normalize.
struct Sample {
    explicit Sample(std::string_view json, FeedId feed = FeedId::directory_audits) {
        auto parsed = reader.parse(json);
        EXPECT_TRUE(parsed.has_value()) << json;
        if (parsed) record = *parsed;
        event.feed = feed;
        event.id = "a record";
        event.activity = std::string{
            text_of(record, feed == FeedId::risk_detections ? "riskEventType" : "activityDisplayName")};
    }
    JsonReader reader;
    Json record;
    Event event;
};

// A rule without our key. The lines of `detection` begin at line 4 of the file and are indented by two
// blanks.
inline std::string rule_with(std::string_view detection, std::string_view service = "auditlogs") {
    std::string yaml =
        "title: A test\nlogsource: {product: azure, service: " + std::string{service} + "}\ndetection:\n";
    while (!detection.empty()) {
        const auto end = detection.find('\n');
        yaml += "  " + std::string{detection.substr(0, end)} + "\n";
        detection = end == std::string_view::npos ? std::string_view{} : detection.substr(end + 1);
    }
    return yaml;
}

inline SigmaFile read_rule(std::string_view yaml, const SigmaOptions& options = {}) {
    return read_sigma(yaml, "rule.yml", "test/rule", options);
}

// Every problem as text, one a line.
inline std::string text_of(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems)
        text += problem.text() + "\n";
    return text;
}

// Whether a rule with this detection matches the sample. Any problem fails the test.
inline bool matches(std::string_view detection, const Sample& sample, std::string_view service = "auditlogs",
                    const SigmaOptions& options = {}) {
    const SigmaFile file = read_rule(rule_with(detection, service), options);
    EXPECT_EQ(text_of(file.problems), "") << detection;
    if (file.rules.size() != 1) {
        ADD_FAILURE() << "no rule was read from:\n" << detection;
        return false;
    }
    return file.rules.front().condition->matches(sample.event, sample.record);
}

// Whether `field|modifiers: value` holds.
inline bool item_matches(const std::string& item, const Sample& sample,
                         std::string_view service = "auditlogs", const SigmaOptions& options = {}) {
    return matches("selection:\n  " + item + "\ncondition: selection", sample, service, options);
}

// The problems of a rule with this one item, as text.
inline std::string problems_of_item(const std::string& item, const SigmaOptions& options = {}) {
    return text_of(
        read_rule(rule_with("selection:\n  " + item + "\ncondition: selection"), options).problems);
}

}  // namespace entrawatch::test
