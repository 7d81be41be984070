#include "core/store/store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/store/migrate.hpp"
#include "core/store/store_impl.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

// Creates an empty file that only its owner may read; SQLite gives the files beside it the same mode.
void create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return;
    }
    if (errno == EEXIST) return;  // somebody was faster; the migrations sort it out
    const std::error_code reason{errno, std::generic_category()};
    throw Failure{{errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
                   "cannot create the database: " + reason.message() +
                       "; create its folder and let this user write there",
                   {}}};
}

void require_or_create(const StoreOptions& options) {
    std::error_code error;
    if (std::filesystem::exists(options.file, error)) return;
    if (options.read_only || !options.create) {
        throw Failure{{ErrorCode::not_found, "there is no database; the daemon or `import` creates it", {}}};
    }
    create_private(options.file);
}

std::int64_t property_number(Database& db, const char* name) {
    Cursor property = db.use(sql::Query::property_get);
    return property.bind(name).step() ? property.integer(0) : 0;
}

// The views' words for what the program knows by number, and the beginning of the chain.
void describe(Store::Impl& impl, const StoreOptions& options, Instant now) {
    const bool named = impl.db.use(sql::Query::property_get).bind("tenant").step();
    bool feeds_known = false;
    {
        Cursor count = impl.db.use(sql::Query::feed_count);
        feeds_known = count.step() && count.integer(0) >= static_cast<std::int64_t>(all_feeds().size());
    }
    const std::int64_t chained = property_number(impl.db, "chained_version");
    const std::int64_t version = impl.db.pragma("user_version");
    if (named && feeds_known && chained == version) return;
    impl.begin();
    if (!named) {
        impl.db.use(sql::Query::property_set).bind("tenant", options.tenant).run();
        impl.db.use(sql::Query::property_set).bind("created_at", now).run();
    }
    for (const Feed& feed : all_feeds()) {
        impl.db.use(sql::Query::feed_add).bind(static_cast<int>(feed.id), feed.name).run();
        if (chained > 0 && impl.db.changes() > 0)
            impl.chain.touched(Chained::feed, static_cast<int>(feed.id));
    }
    if (chained == 0) impl.chain.begin_with_what_is_there();
    for (std::int64_t step = chained + 1; chained > 0 && step <= version; ++step)
        impl.chain.touched(Chained::migration, step);
    impl.db.use(sql::Query::property_set).bind("chained_version", version).run();
    impl.commit();
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Result<Store> Store::open(const StoreOptions& options, Instant now) {
    auto opened = guarded([&] {
        require_or_create(options);
        auto impl = std::make_unique<Impl>(DatabaseOptions{options.file, options.read_only, options.cache_kib,
                                                           options.patience_ms, false, options.stop});
        if (options.read_only) {
            require_current(impl->db, sql::migrations());
        } else {
            migrate(impl->db, sql::migrations(), now);
            describe(*impl, options, now);
        }
        return Store{std::move(impl)};
    });
    if (!opened) opened.error().where = options.file.string();
    return opened;
}

void Store::Impl::begin() {
    db.begin();
    in_transaction = true;
    broken = false;
    new_events = new_revisions = new_rejections = 0;
}

void Store::Impl::commit() {
    if (broken || !db.in_transaction()) {
        throw Failure{{ErrorCode::unavailable,
                       "a step of the transaction failed, so nothing of it was stored; it is tried again",
                       {}}};
    }
    entities.write(db);
    const auto count = [this](const char* name, std::int64_t value) {
        if (value != 0) db.use(sql::Query::counter_add).bind(value, name).run();
    };
    count("events", new_events);
    count("revisions", new_revisions);
    count("rejections", new_rejections);
    chain.write();
    db.commit();
    in_transaction = false;
}

void Store::Impl::rollback() noexcept {
    db.rollback();
    in_transaction = false;
    entities.clear();
    chain.clear();
    strings.forget();
    raws.forget();
}

Result<Store::Transaction> Store::begin() {
    if (impl_->in_transaction) return fail(ErrorCode::invalid, "a transaction is open already");
    return guarded([this] {
        impl_->begin();
        return Transaction{*this};
    });
}

Store::Transaction::~Transaction() {
    if (store_ != nullptr) store_->impl_->rollback();
}

Result<> Store::Transaction::commit() {
    if (store_ == nullptr) return fail(ErrorCode::invalid, "the transaction has ended already");
    auto done = guarded([this] { store_->impl_->commit(); });
    if (done) store_ = nullptr;
    return done;
}

Result<Store::Snapshot> Store::snapshot() {
    if (impl_->in_transaction) return fail(ErrorCode::invalid, "a transaction is open already");
    return guarded([this] {
        impl_->db.begin_reading();
        Snapshot taken{*this};
        // SQLite takes it at the first read.
        (void)impl_->db.use(sql::Query::property_get).bind("tenant").step();
        return taken;
    });
}

Store::Snapshot::~Snapshot() {
    if (store_ != nullptr) store_->impl_->db.rollback();
}

Result<std::int64_t> Store::schema_version() {
    return impl_->read([this] { return impl_->db.pragma("user_version"); });
}

FeedId feed_from(std::int64_t stored) {
    const std::optional<FeedId> feed = feed_id_of(stored);
    if (!feed)
        throw Failure{
            {ErrorCode::corrupt, "a row names feed " + std::to_string(stored) + ", which is none", {}}};
    return *feed;
}

Severity severity_from(std::int64_t stored) {
    // The schema holds it within 0 to 4.
    return static_cast<Severity>(stored);
}

std::string id_from(const Cursor& row, int key_column, int id_column) {
    return row.is_null(id_column) ? uuid_text(row.blob(key_column)) : row.string(id_column);
}

std::string correlation_from(const Cursor& row, int column) {
    return row.is_blob(column) ? uuid_text(row.blob(column)) : row.string(column);
}

}  // namespace entrawatch
