// Any text as a rule file: no crash, no exception, bounded time; what loads is evaluated, and dispatch finds
// what the condition finds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/rules/condition.hpp"
#include "core/rules/rule_set.hpp"
#include "core/rules/sigma_reader.hpp"

namespace {

constexpr std::string_view record_text = R"({"id":"r1","category":"RoleManagement","userAgent":null,
    "status":{"errorCode":50126},"initiatedBy":{"user":{"id":"u1","ipAddress":"192.0.2.1"},"app":null},
    "targetResources":[{"id":"t1","type":"User","modifiedProperties":[{"displayName":"Role.TemplateId","newValue":"\"x\""}]}],
    "additionalDetails":[{"key":"User-Agent","value":"curl/8"}],"createdDateTime":"2026-11-22T10:00:00Z"})";

entrawatch::Event sample_event() {
    entrawatch::Event event;
    event.id = "r1";
    event.activity = "Add member to role";
    event.category = "RoleManagement";
    event.actor.id = "u1";
    event.targets = {{"user", "t1", "bob"}, {"user", "t2", "eve"}};
    event.changes.push_back(
        {"Role.TemplateId", "", "x", false, true, {}, std::vector<entrawatch::Leaf>{{"", "x"}}});
    return event;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    entrawatch::SigmaOptions options;
    options.lists["names"] = {"a", "b*"};
    auto file = entrawatch::read_sigma(text, "rule.yml", "area/rule", options);
    if (file.rules.empty()) {
        if (file.problems.empty()) std::abort();  // a file that gives no rule must say why
        return 0;
    }
    entrawatch::JsonReader reader;
    const auto record = reader.parse(record_text);
    if (!record) std::abort();
    entrawatch::Event event = sample_event();
    for (const entrawatch::Rule& rule : file.rules) {
        const entrawatch::RuleSet alone{{rule}};
        const auto scratch = entrawatch::make_rule_scratch();
        for (const entrawatch::FeedId feed : rule.feeds) {
            event.feed = feed;
            const bool found = !alone.evaluate(event, *record, *scratch).empty();
            if (found != rule.condition->matches(event, *record)) std::abort();
        }
    }
    return 0;
}
