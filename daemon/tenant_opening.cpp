#include "daemon/tenant_opening.hpp"

#include <sys/random.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace entrawatch {

namespace {

// Of all tenants together, but never so little that a page of records does not fit.
constexpr std::size_t cache_kib_of_all = std::size_t{64} * 1024;
constexpr std::size_t least_cache_kib = 512;

}  // namespace

TenantName tenant_name(const TenantSettings& tenant) {
    return {tenant.name, tenant.tenant_id, tenant.portal_url};
}

Result<Store> open_existing_store(const TenantSettings& tenant, bool read_only, Instant now,
                                  const std::atomic<bool>* stop) {
    std::error_code unreadable;
    if (!std::filesystem::exists(tenant.database, unreadable)) {
        if (unreadable) {
            return fail(ErrorCode::unavailable, "cannot look for the database: " + unreadable.message(),
                        tenant.database.string());
        }
        return fail(ErrorCode::not_found, "nothing collected yet for tenant " + tenant.name +
                                              ": there is no database at " + tenant.database.string() +
                                              "; `entrawatch run` or `entrawatch import` makes it");
    }
    StoreOptions options;
    options.file = tenant.database;
    options.tenant = tenant.name;
    options.read_only = read_only;
    options.create = false;
    options.stop = stop;
    return Store::open(options, now);
}

Result<> make_state_directory(const Settings& settings) {
    std::error_code error;
    if (std::filesystem::create_directories(settings.state_directory, error)) {
        std::filesystem::permissions(settings.state_directory, std::filesystem::perms::owner_all, error);
    }
    if (error) {
        return fail(ErrorCode::unavailable, "cannot make the folder of the databases: " + error.message(),
                    settings.state_directory.string());
    }
    return {};
}

Result<Store> open_or_create_store(const Settings& settings, const TenantSettings& tenant, Instant now) {
    if (auto made = make_state_directory(settings); !made) return fail(made.error());
    StoreOptions options;
    options.file = tenant.database;
    options.tenant = tenant.name;
    const std::size_t share = cache_kib_of_all / std::max<std::size_t>(settings.tenants.size(), 1);
    options.cache_kib = std::min(options.cache_kib, static_cast<int>(std::max(share, least_cache_kib)));
    return Store::open(options, now);
}

Result<std::shared_ptr<const Directory>> open_directory(const TenantSettings& tenant, Store& store,
                                                        std::vector<RoleInfo> roles) {
    auto stored = store.load_directory();
    if (!stored) return fail(stored.error());
    DirectoryReading reading;
    if (*stored) {
        // One that cannot be read is as good as none: it is read again from Graph.
        if (auto read = reading_from_json(**stored)) reading = std::move(*read);
    }
    return std::make_shared<const Directory>(tenant.emergency_accounts, std::move(roles), std::move(reading));
}

IngestContext ingest_context(const TenantSettings& tenant, std::shared_ptr<const RuleSet> rules,
                             std::shared_ptr<const Directory> directory) {
    IngestContext context;
    context.tenant = tenant_name(tenant);
    context.rules = std::move(rules);
    context.directory = std::move(directory);
    context.entropy = random_bytes;
    context.scenario_only = tenant.scenario_only_feeds();
    return context;
}

std::string random_bytes() {
    std::string bytes(10, '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = getrandom(bytes.data() + have, bytes.size() - have, 0);
        if (got > 0) have += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace entrawatch
