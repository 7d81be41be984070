#include "daemon/pruning.hpp"

#include <algorithm>

#include "core/feed/sweep_plan.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr Ticks between_rounds = 10min;
constexpr int records_a_step = 500;
constexpr int list_rows_a_step = 5000;
constexpr int pages_a_step = 512;  // 4 MB
// Windows look back that far, and a day more for those that wait.
constexpr Ticks least_kept = longest_look_back + std::chrono::hours{24};
constexpr std::int64_t octets_in_mb = 1'000'000;

bool may_be_pruned(const Feed& feed) {
    return feed.id != FeedId::posture && !is_snapshot(feed);
}

Ticks retention_of(const TenantSettings& tenant, FeedId feed) {
    const auto own = tenant.feeds.find(feed);
    return own != tenant.feeds.end() && own->second.retention ? *own->second.retention : tenant.retention;
}

}  // namespace

std::map<FeedId, Instant> kept_since(const TenantSettings& tenant, Instant now) {
    std::map<FeedId, Instant> since;
    for (const Feed& feed : all_feeds()) {
        if (may_be_pruned(feed))
            since.emplace(feed.id, now - std::max(retention_of(tenant, feed.id), least_kept));
    }
    return since;
}

std::map<FeedId, Instant> needed_since(Instant now) {
    std::map<FeedId, Instant> since;
    for (const Feed& feed : all_feeds()) {
        if (may_be_pruned(feed)) since.emplace(feed.id, now - least_kept);
    }
    return since;
}

std::string retention_in_words(const TenantSettings& tenant) {
    std::string words = "retention " + to_words(tenant.retention);
    for (const auto& [feed, settings] : tenant.feeds) {
        if (settings.retention)
            words.append("; ").append(feed_of(feed).name).append(" ").append(to_words(*settings.retention));
    }
    return words;
}

asio::awaitable<void> Pruning::step() {
    const Instant now = tenant_.now();
    if (stage_ == Stage::waiting) {
        if (next_round_ && now < *next_round_) co_return;
        begin(now);
    }
    auto staged = next_stage(now);
    const auto next = co_await std::move(staged);
    if (!next) {
        tenant_.log->warning("old records could not be pruned; it is tried again",
                             {{"tenant", tenant_.settings.name}, {"reason", next.error().text()}});
        end(now);
        co_return;
    }
    stage_ = *next;
    if (stage_ == Stage::waiting) end(now);
}

void Pruning::begin(Instant now) {
    stage_ = Stage::by_age;
    request_ = {
        "age", retention_in_words(tenant_.settings), kept_since(tenant_.settings, now), {}, records_a_step};
    looked_at_all_ = false;
    gone_ = needed_ = held_ = 0;
}

void Pruning::end(Instant now) {
    stage_ = Stage::waiting;
    next_round_ = now + between_rounds;
    if (gone_ == 0) return;
    tenant_.log->info("pruned old records", {{"tenant", tenant_.settings.name},
                                             {"records", std::to_string(gone_)},
                                             {"held", std::to_string(held_)},
                                             {"still_needed", std::to_string(needed_)}});
}

asio::awaitable<Result<Pruning::Stage>> Pruning::next_stage(Instant now) {
    switch (stage_) {
        case Stage::waiting:
        case Stage::by_age:
            break;
        case Stage::by_size: {
            auto pruned = prune(Stage::by_size, Stage::lists, now);
            const auto done = co_await std::move(pruned);
            if (!done) co_return done;
            // Lists are looked at after every step: what counts is the room that is really free.
            looked_at_all_ = *done == Stage::lists;
            co_return Stage::lists;
        }
        case Stage::lists: {
            auto pruned = prune_lists(now);
            const auto done = co_await std::move(pruned);
            co_return done;
        }
        case Stage::giving_back: {
            auto given = give_back();
            const auto done = co_await std::move(given);
            co_return done;
        }
    }
    auto pruned = prune(Stage::by_age, Stage::lists, now);
    const auto done = co_await std::move(pruned);
    co_return done;
}

asio::awaitable<Result<Pruning::Stage>> Pruning::prune(Stage stage, Stage then, Instant now) {
    auto job = [request = request_, &key = key_, now](Store& store, RuleScratch&) {
        return store.prune(request, key, now);
    };
    const auto step = co_await tenant_.lane.run(job);
    if (!step) co_return fail(step.error());
    gone_ += step->events + step->rejections;
    needed_ += step->needed;
    held_ += step->held;
    tenant_.status.pruned += step->events;
    if (!step->next) co_return then;
    request_.after = *step->next;
    co_return stage;
}

asio::awaitable<Result<Pruning::Stage>> Pruning::prune_lists(Instant now) {
    auto job = [before = now - least_kept](Store& store, RuleScratch&) {
        return store.prune_lists(before, list_rows_a_step);
    };
    const auto more = co_await tenant_.lane.run(job);
    if (!more) co_return fail(more.error());
    if (*more) co_return Stage::lists;
    auto measured = measure(now);
    const auto done = co_await std::move(measured);
    co_return done;
}

// Free pages count as room: new records take them first.
asio::awaitable<Result<Pruning::Stage>> Pruning::measure(Instant now) {
    auto job = [](Store& store, RuleScratch&) { return store.room(); };
    const auto room = co_await tenant_.lane.run(job);
    if (!room) co_return fail(room.error());
    const auto most = tenant_.settings.max_size;
    const std::int64_t used = room->bytes - room->free_bytes;
    tenant_.status.oversize.clear();
    if (!most || used <= *most) co_return Stage::giving_back;
    if (looked_at_all_) {
        tenant_.status.oversize = "it holds " + std::to_string(used / octets_in_mb) +
                                  " MB, more than `max_size` (" + std::to_string(*most / octets_in_mb) +
                                  " MB), and nothing that is left may be pruned";
        co_return Stage::giving_back;
    }
    if (request_.reason != "size") {
        request_ = {"size",
                    "max_size " + std::to_string(*most / octets_in_mb) + "MB",
                    needed_since(now),
                    {},
                    records_a_step};
    }
    co_return Stage::by_size;
}

asio::awaitable<Result<Pruning::Stage>> Pruning::give_back() {
    auto job = [](Store& store, RuleScratch&) { return store.give_back(pages_a_step); };
    const auto more = co_await tenant_.lane.run(job);
    if (!more) co_return fail(more.error());
    co_return *more ? Stage::giving_back : Stage::waiting;
}

}  // namespace entrawatch
