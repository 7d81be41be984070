#include "tests/bench/product.hpp"

#include <utility>

#include "config/shipped.hpp"
#include "daemon/commands/opening.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {

using test::must;

namespace {

std::filesystem::path shipped_data() {
    return must(find_shipped_data(std::filesystem::read_symlink("/proc/self/exe")));
}

}  // namespace

std::vector<Rule> shipped_rules() {
    LoadedRules loaded = load_rules(shipped_data(), {});
    if (loaded.rules.empty()) throw std::runtime_error{"no rules beside the binary"};
    return std::move(loaded.rules);
}

std::vector<RoleInfo> shipped_roles() {
    return must(read_roles(shipped_data() / "roles.yml"));
}

std::shared_ptr<const IngestContext> make_context() {
    auto context = std::make_shared<IngestContext>();
    context->tenant = {"contoso", simulator::cast().tenant_id};
    context->rules = std::make_shared<const RuleSet>(shipped_rules());
    DirectoryReading reading;
    reading.ms_pim_id = simulator::cast().ms_pim.id;
    context->directory = std::make_shared<const Directory>(
        std::vector<EmergencyAccount>{
            {simulator::cast().emergency.id, simulator::cast().emergency.principal_name}},
        shipped_roles(), std::move(reading));
    context->routes = {Route{"soc", Severity::informational, {}}};
    context->entropy = random_bytes;
    return context;
}

Store open_store(const std::filesystem::path& file) {
    return must(Store::open({.file = file, .tenant = "contoso"}, at("2026-11-20T00:00:00Z")));
}

Product::Product(std::filesystem::path file, std::shared_ptr<const IngestContext> context)
    : context_(std::move(context)), store_(open_store(file)) {}

Ingested Product::take(FeedId feed, std::string body, Instant now) {
    const Page page = must(split_page(std::move(body)));
    IngestInput input;
    input.feed = &feed_of(feed);
    input.page = &page;
    input.now = now;
    const IngestReport report = must(ingest(store_, *context_, input, *scratch_));
    return {report.progress.fresh, static_cast<std::int64_t>(report.opened.size() + report.raised.size())};
}

}  // namespace entrawatch::bench
