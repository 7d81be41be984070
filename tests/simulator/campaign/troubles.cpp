#include "tests/simulator/campaign/troubles.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <csignal>

#include "core/store/store.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t largest_disk_to_fill = 1ULL << 30U;

}  // namespace

// A writer that holds the write lock of a database and does nothing.
struct Troubles::Lock {
    Store store;
    std::optional<Store::Transaction> transaction;
};

Troubles::Troubles(Estate& estate, TroubleSettings settings, Span live, std::uint64_t seed)
    : estate_(estate), settings_(settings), live_(live), dice_(seed) {
    next_kill_ = settings_.kills > 0 ? after(live_.length() / settings_.kills) : Instant::max();
    next_lock_ = settings_.locks ? after(seconds{10}) : Instant::max();
    next_filling_ = settings_.full_disk ? after(seconds{30}) : Instant::max();
    next_reload_ = settings_.reloads ? after(seconds{30}) : Instant::max();
}

Troubles::~Troubles() {
    std::error_code ignored;
    if (full_) std::filesystem::remove(ballast(), ignored);
}

Instant Troubles::after(Ticks mean) {
    return estate_.now() + dice_.between(mean / 5, 2 * mean);
}

Result<> Troubles::step() {
    const Instant now = estate_.now();
    if (now >= next_kill_ && has_more_kills() && (before_work_ || estate_.has_spoken())) {
        if (auto done = kill(); !done) return done;
    }
    if (now >= next_lock_) lock_or_unlock();
    if (now >= next_filling_) {
        if (auto done = fill_or_free(); !done) return done;
    }
    return now >= next_reload_ ? reload() : Result<>{};
}

Result<> Troubles::kill() {
    estate_.kill_daemon();
    ++count_.kills;
    before_work_ = dice_.chance(0.1);
    // What is left of the time for what is left of the kills.
    const int left = std::max(1, settings_.kills - count_.kills);
    next_kill_ = after(std::max<Ticks>((live_.to - estate_.now()) / left, milliseconds{500}) * 9 / 10);
    return estate_.start_daemon();
}

void Troubles::lock_or_unlock() {
    if (lock_) {
        lock_.reset();
        next_lock_ = after(seconds{10});
        return;
    }
    next_lock_ = estate_.now() + Ticks{seconds{1}};
    const Plot& plot = estate_.plots()[dice_.below(estate_.plots().size())];
    auto store = Store::open(
        {.file = estate_.database_of(plot), .tenant = plot.name, .create = false, .patience_ms = 0},
        estate_.now());
    if (!store) return;
    auto lock = std::unique_ptr<Lock>{new Lock{std::move(*store), {}}};
    auto transaction = lock->store.begin();
    if (!transaction) return;  // somebody else writes; soon again
    lock->transaction.emplace(std::move(*transaction));
    lock_ = std::move(lock);
    ++count_.locks;
    next_lock_ = estate_.now() + dice_.between(seconds{1}, seconds{8});
}

Result<> Troubles::fill_or_free() {
    if (full_) {
        std::filesystem::remove(ballast());
        full_ = false;
        next_filling_ = after(seconds{30});
        return {};
    }
    struct statvfs disk {};
    if (::statvfs(estate_.state().c_str(), &disk) != 0 ||
        disk.f_blocks * disk.f_frsize > largest_disk_to_fill) {
        return fail(ErrorCode::refused,
                    "only a file system of at most 1 GiB is filled: mount one and name it with --state",
                    estate_.state().string());
    }
    const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return fail(ErrorCode::unavailable, "cannot write the file", ballast().string());
    static constexpr std::array<char, 64UL * 1024> block{};
    for (std::size_t size = block.size(); size >= 512; size /= 2) {
        while (::write(file, block.data(), size) > 0) {
        }
    }
    ::close(file);
    full_ = true;
    ++count_.fillings;
    next_filling_ = after(seconds{15});
    return {};
}

Result<> Troubles::reload() {
    next_reload_ = after(seconds{30});
    if (outside_ != nullptr) outside_->left_out = false;
    outside_ = outside_ == nullptr ? &estate_.plots()[dice_.below(estate_.plots().size())] : nullptr;
    if (outside_ != nullptr) outside_->left_out = true;
    if (auto written = estate_.write_settings(); !written) return written;
    estate_.send(SIGHUP);
    ++count_.reloads;
    return {};
}

Result<> Troubles::end() {
    lock_.reset();
    next_kill_ = next_lock_ = next_filling_ = next_reload_ = Instant::max();
    if (full_) {
        if (auto freed = fill_or_free(); !freed) return freed;
        next_filling_ = Instant::max();
    }
    if (outside_ == nullptr) return {};
    outside_->left_out = false;
    outside_ = nullptr;
    if (auto written = estate_.write_settings(); !written) return written;
    estate_.send(SIGHUP);
    return {};
}

}  // namespace entrawatch::simulator
