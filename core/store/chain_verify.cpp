#include "core/store/chain_verify.hpp"

#include <unistd.h>

#include "core/base/text.hpp"
#include "core/store/chain_reader.hpp"
#include "core/store/chain_recount.hpp"
#include "core/store/migrate.hpp"

namespace entrawatch {

namespace {

constexpr std::int64_t tell_every = 64;  // entries
constexpr int cache_kib = 64 * 1024;     // SQLite's check of the indexes looks up every row

// A copy in a folder that takes no writes: SQLite would want to make files beside it, though nobody writes.
DatabaseOptions opening_of(const std::filesystem::path& file) {
    DatabaseOptions options{.file = file, .read_only = true, .cache_kib = cache_kib};
    std::error_code ignored;
    options.immutable = !std::filesystem::exists(file.string() + "-wal", ignored) &&
                        ::access(file.parent_path().empty() ? "." : file.parent_path().c_str(), W_OK) != 0;
    return options;
}

class Verification {
  public:
    Verification(const VerifyInput& input, const std::function<void(const VerifyProgress&)>& tell)
        : input_(input), tell_(tell), db_(opening_of(input.file)) {}

    VerifyReport run() {
        require_current(db_, sql::migrations());
        try {
            db_.begin_reading();
            check();
        } catch (Broken& found) {
            report_.broken = std::move(found.what);
        } catch (Failure& failure) {
            if (failure.error.code != ErrorCode::corrupt) throw;
            report_.broken = "the file: " + failure.error.what;
        }
        report_.rows = reader_.rows;
        tell("");
        return std::move(report_);
    }

  private:
    void check() {
        {
            Cursor tenant = db_.use(sql::Query::property_get);
            if (tenant.bind("tenant").step()) report_.tenant = tenant.string(0);
        }
        report_.done.of_entries = chain_head(db_).entry;
        tell("tables, indexes and views");
        if (auto found = altered_schema(db_)) throw Broken{std::move(*found)};
        tell("structure of the file");
        if (auto found = damaged_structure(db_)) throw Broken{std::move(*found)};
        tell("receipts of what was pruned");
        reader_.read_receipts(report_.tenant, input_.keys);
        report_.pruned = reader_.pruned();
        tell("records and rows");
        walk();
        tell("newest states");
        reader_.finish();
        tell("counters and coverage");
        if (auto found = wrong_recount(db_)) throw Broken{std::move(*found)};
        for (const KnownHead& head : input_.known) {
            if (!is_of_this(head)) continue;
            if (head.point.entry > report_.head.entry) {
                throw Broken{"table chain: it ends at entry " + std::to_string(report_.head.entry) +
                             ", and entry " + std::to_string(head.point.entry) +
                             " is known: the end was cut off after entry " +
                             std::to_string(report_.head.entry)};
            }
        }
        if (!report_.signed_to)
            throw Broken{"table chain_checkpoint: no entry is signed, so nothing shows who wrote this chain"};
    }

    void walk() {
        const Statement chain = db_.prepare(sql::Query::chain_walk);
        const Statement checkpoints = db_.prepare(sql::Query::chain_checkpoint_after);
        Cursor entry{chain.get()};
        Cursor checkpoint{checkpoints.get()};
        bool more = checkpoint.bind(0).step();
        Sha256 before = before_the_chain;
        for (std::int64_t number = 1; entry.step(); ++number) {
            before = check_link(entry, number, before);
            if (more && checkpoint.integer(0) == number) {
                check_signature(checkpoint, before);
                more = checkpoint.step();
            }
            check_known(number, before);
            reader_.check(number, entry.text(1), entry.blob(2));
            report_.head = {number, before};
            if (number % tell_every == 0) tell("records and rows");
        }
        if (more) {
            throw Broken{"table chain: it ends at entry " + std::to_string(report_.head.entry) +
                         ", and a checkpoint signs entry " + std::to_string(checkpoint.integer(0)) +
                         ": the end was cut off"};
        }
    }

    static Sha256 check_link(const Cursor& entry, std::int64_t number, const Sha256& before) {
        if (entry.integer(0) != number)
            throw Broken{"table chain, row " + std::to_string(number) + ": the row is missing"};
        const Sha256 hash = entry_hash(before, number, entry.text(1));
        if (as_bytes(hash) != entry.blob(3))
            throw Broken{
                "table chain, row " + std::to_string(number) +
                ": its hash is not that of its text and of the entry before: one of them was changed"};
        return hash;
    }

    void check_signature(const Cursor& checkpoint, const Sha256& hash) {
        const std::int64_t entry = checkpoint.integer(0);
        const std::string place = "table chain_checkpoint, row " + std::to_string(entry) + ": ";
        if (checkpoint.blob(1) != as_bytes(hash))
            throw Broken{place + "entry " + std::to_string(entry) +
                         " of the chain is not the one that was signed: the chain was made anew"};
        const std::string statement =
            checkpoint_statement(report_.tenant, entry, hash, checkpoint.instant(2));
        bool known = false;
        for (const Ed25519PublicKey& key : input_.keys) {
            if (key.id() != checkpoint.text(3)) continue;
            known = true;
            if (!key.verifies(statement, checkpoint.blob(4)))
                throw Broken{place + "its signature is not the one of this entry, time and key " + key.id()};
        }
        if (!known)
            throw Broken{place + "is signed with the key " + for_terminal(cut_utf8(checkpoint.text(3), 64)) +
                         ", which is not the one given"};
        report_.signed_to = {entry, checkpoint.instant(2), checkpoint.string(3)};
        ++report_.checkpoints;
    }

    [[nodiscard]] bool is_of_this(const KnownHead& head) const {
        return head.tenant.empty() || head.tenant == report_.tenant;
    }

    void check_known(std::int64_t number, const Sha256& hash) const {
        for (const KnownHead& head : input_.known) {
            if (is_of_this(head) && head.point.entry == number && head.point.hash != hash)
                throw Broken{"table chain, row " + std::to_string(number) +
                             ": its hash is not the one that is known: the chain was made anew"};
        }
    }

    void tell(std::string stage) {
        report_.done.stage = std::move(stage);
        report_.done.entries = report_.head.entry;
        report_.done.events = reader_.events;
        report_.done.bytes = reader_.bytes;
        if (tell_) tell_(report_.done);
    }

    const VerifyInput& input_;
    const std::function<void(const VerifyProgress&)>& tell_;
    Database db_;
    ChainReader reader_{db_};
    VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify_chain(const VerifyInput& input,
                                  const std::function<void(const VerifyProgress&)>& tell) {
    std::error_code ignored;
    if (!std::filesystem::exists(input.file, ignored))
        return fail(ErrorCode::not_found, "there is no such file", input.file.string());
    auto report = guarded([&] { return Verification{input, tell}.run(); });
    if (report || report.error().code != ErrorCode::corrupt) {
        if (!report) report.error().where = input.file.string();
        return report;
    }
    VerifyReport unreadable;  // not even its first page
    unreadable.broken = "the file: " + report.error().what;
    return unreadable;
}

}  // namespace entrawatch
