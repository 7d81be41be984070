// Pruning: keeps to `retention` and `max_size`: every ten minutes a round, of which one short step is taken a
// second, so that ingest is not held up.
//
// A round: records that are too old; while the database is too large, its oldest; index rows of days that are
// gone; then the room is given back to the disk. Feeds that list how things stand are left alone: their
// records would be read again and told anew. Run by TenantWatch. Read next: core/store/pruner.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>

#include "core/base/ed25519.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

// Records of a feed are pruned when they are older than this. Never what windows still look back on, whatever
// the settings say: it would be read and told again.
[[nodiscard]] std::map<FeedId, Instant> kept_since(const TenantSettings& tenant, Instant now);
// The same where size decides.
[[nodiscard]] std::map<FeedId, Instant> needed_since(Instant now);
// For the receipts: "retention 400d; sign_ins_interactive 30d".
[[nodiscard]] std::string retention_in_words(const TenantSettings& tenant);

class Pruning {
  public:
    // `key` signs the receipts, and outlives this.
    Pruning(TenantRuntime& tenant, const Ed25519Key& key) : tenant_(tenant), key_(key) {}
    [[nodiscard]] boost::asio::awaitable<void> step();

  private:
    enum class Stage { waiting, by_age, lists, by_size, giving_back };

    void begin(Instant now);
    void end(Instant now);
    [[nodiscard]] boost::asio::awaitable<Result<Stage>> next_stage(Instant now);
    [[nodiscard]] boost::asio::awaitable<Result<Stage>> prune(Stage stage, Stage then, Instant now);
    [[nodiscard]] boost::asio::awaitable<Result<Stage>> prune_lists(Instant now);
    [[nodiscard]] boost::asio::awaitable<Result<Stage>> measure(Instant now);
    [[nodiscard]] boost::asio::awaitable<Result<Stage>> give_back();

    TenantRuntime& tenant_;
    const Ed25519Key& key_;
    Stage stage_ = Stage::waiting;
    std::optional<Instant> next_round_;
    PruneRequest request_;
    bool looked_at_all_ = false;  // by size: nothing is left that may go
    std::int64_t gone_ = 0, needed_ = 0, held_ = 0;
};

}  // namespace entrawatch
