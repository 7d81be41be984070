#include "daemon/test_alert.hpp"

#include <utility>

#include "core/base/digest.hpp"
#include "daemon/test_record.hpp"

namespace entrawatch {
namespace {

// The world in which the example fires: that rule alone, and the directory facts that the example is judged
// with.
IngestContext rehearsal(TestAlert test, const RuleExample& example) {
    std::vector<EmergencyAccount> emergency;
    for (const std::string& id : example.emergency_accounts)
        emergency.push_back({id, "emergency account of the example"});
    DirectoryReading reading = reading_of(example);
    reading.read_at = test.now;
    test.rule.window = Ticks{0};  // every test is told, also the second one within the rule's window
    std::vector<Rule> only;
    only.push_back(std::move(test.rule));
    IngestContext context = std::move(test.context);
    context.rules = std::make_shared<const RuleSet>(std::move(only));
    context.directory =
        std::make_shared<const Directory>(std::move(emergency), std::move(test.roles), std::move(reading));
    context.routes = std::move(test.routes);
    return context;
}

}  // namespace

Result<InjectedAlert> inject_test_alert(Store& store, TestAlert test) {
    const RuleExample* found = firing_example(test.rule);
    if (found == nullptr) {
        return fail(ErrorCode::invalid,
                    "rule " + test.rule.name + " carries no example of one record that fires");
    }
    const RuleExample example = *found;
    const auto record = make_test_record(example, to_hex(test.context.entropy()), test.now);
    if (!record) return fail(record.error());
    Page page;
    page.records.emplace_back(*record);
    IngestInput input;
    input.feed = &feed_of(example.feed);
    input.page = &page;
    input.test = true;
    input.key = test.key;
    input.now = test.now;
    const IngestContext context = rehearsal(std::move(test), example);
    auto report = ingest(store, context, input, *make_rule_scratch());
    if (!report) return fail(report.error());
    if (!report->opened.empty())
        return InjectedAlert{std::move(report->opened.front()), std::move(report->deliveries)};
    const std::string why =
        report->rejections.empty() ? "the rule stayed silent" : report->rejections.front().reason;
    return fail(ErrorCode::invalid, "the example '" + example.name + "' opened no alert: " + why +
                                        "; `entrawatch rules test` says which examples hold");
}

}  // namespace entrawatch
