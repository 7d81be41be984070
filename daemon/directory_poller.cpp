#include "daemon/directory_poller.hpp"

#include "core/base/text.hpp"
#include "core/feed/json.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Source: the appId of Microsoft's PIM service principal, the same in every tenant.
constexpr const char* ms_pim_target =
    "/v1.0/servicePrincipals(appId='01fc33a7-78ba-4d2f-a4b7-768e336e890e')?$select=id";
// No $top: roleDefinitions refuses it at any value.
constexpr const char* roles_target =
    "/v1.0/roleManagement/directory/roleDefinitions?$select=id,templateId,displayName,isBuiltIn";
constexpr int max_role_pages = 50;
constexpr std::chrono::seconds refresh_every = 1h;
constexpr std::chrono::seconds retry_after = 1min;

}  // namespace

std::optional<std::string> service_principal_id_in(std::string_view body) {
    JsonReader reader;
    const auto json = reader.parse(body);
    if (!json) return std::nullopt;
    const std::string_view id = text_of(*json, "id");
    return id.empty() ? std::nullopt : std::optional<std::string>{id};
}

Result<RolesPage> roles_in_page(std::string_view body) {
    auto page = split_page(std::string{body});
    if (!page) return fail(page.error());
    RolesPage roles;
    roles.next_link = page->next_link;
    JsonReader reader;
    for (const auto record : page->records) {
        const auto json = reader.parse(record);
        if (!json) continue;
        std::string_view id = text_of(*json, "templateId");
        if (id.empty()) id = text_of(*json, "id");
        if (id.empty()) continue;
        RoleInfo role{to_lower_ascii(id), std::string{text_of(*json, "displayName")}, ""};
        const auto built_in = member(*json, "isBuiltIn");
        bool is_built_in = true;
        // A custom role was made by somebody for something: privileged until its actions are known.
        if (built_in && built_in->get(is_built_in) == simdjson::SUCCESS && !is_built_in) role.tier = "high";
        roles.roles.push_back(std::move(role));
    }
    return roles;
}

DirectoryPoller::DirectoryPoller(TenantRuntime& tenant)
    : tenant_(tenant), wakeup_(tenant.executor, tenant.stop) {}

asio::awaitable<void> DirectoryPoller::run() {
    while (!tenant_.stop.stopping()) {
        co_await read_once();
        const bool fine = tenant_.status.directory_problem.empty();
        co_await wakeup_.sleep(fine ? refresh_every : retry_after);
    }
}

asio::awaitable<void> DirectoryPoller::read_once() {
    DirectoryReading reading;
    std::string problem = co_await read_ms_pim(reading);
    const std::string roles_problem = co_await read_roles(reading);
    if (problem.empty()) problem = roles_problem;
    if (tenant_.stop.stopping()) co_return;
    if (!problem.empty()) {
        say_problem(problem);
        co_return;
    }
    reading.read_at = tenant_.now();
    tenant_.status.directory_problem.clear();
    co_await keep(std::move(reading));
    tenant_.status.directory_read = true;
}

asio::awaitable<std::string> DirectoryPoller::read_ms_pim(DirectoryReading& reading) {
    const auto got = co_await tenant_.graph.get_directory(ms_pim_target);
    // A tenant without PIM has no such service principal: then nobody is MS-PIM, and that is knowledge.
    if (got.status == 404) co_return "";
    if (got.judgement.outcome != graph::Outcome::page) co_return got.judgement.message;
    reading.ms_pim_id = service_principal_id_in(got.body);
    co_return reading.ms_pim_id ? "" : "the answer about MS-PIM's service principal has no id";
}

asio::awaitable<std::string> DirectoryPoller::read_roles(DirectoryReading& reading) {
    std::string link = roles_target;
    for (int pages = 0; !link.empty() && pages < max_role_pages; ++pages) {
        const auto got = co_await tenant_.graph.get_directory(link);
        if (got.judgement.outcome != graph::Outcome::page) co_return got.judgement.message;
        auto page = roles_in_page(got.body);
        if (!page) co_return page.error().text();
        reading.roles.insert(reading.roles.end(), page->roles.begin(), page->roles.end());
        link = page->next_link;
    }
    co_return link.empty() ? "" : "the role definitions have too many pages";
}

asio::awaitable<void> DirectoryPoller::keep(DirectoryReading reading) {
    const std::string json = to_json(reading);
    auto job = [json, now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.save_directory(json, now); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) say_problem(done.error().text());
    use(std::move(reading));
}

void DirectoryPoller::use(DirectoryReading reading) {
    auto context = std::make_shared<IngestContext>(*tenant_.ingest_context);
    context->directory = std::make_shared<const Directory>(tenant_.settings.emergency_accounts,
                                                           tenant_.shipped_roles, std::move(reading));
    tenant_.ingest_context = std::move(context);
}

void DirectoryPoller::say_problem(const std::string& problem) {
    if (tenant_.status.directory_problem != problem) {
        tenant_.log->warning("directory not read; facts about roles and MS-PIM are unresolved or old",
                             {{"tenant", tenant_.settings.name}, {"reason", problem}});
    }
    tenant_.status.directory_problem = problem;
}

}  // namespace entrawatch
