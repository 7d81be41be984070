// troubles: what happens to a collector on its own machine while it works: killed, its disk full, its
// databases locked by others, tenants taken out of its settings and put back.
//
// Each trouble is a step that the campaign takes once a turn of the loop; begun ones end by themselves.
// Chance comes from the dice. Used by campaign.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/campaign/estate.hpp"

namespace entrawatch::simulator {

struct TroubleSettings {
    int kills = 0;       // SIGKILLs, spread over the time; one in ten before the daemon has begun its work
    bool locks = false;  // another process writes to a database, for up to eight seconds
    bool full_disk = false;  // only where the state directory has a file system of its own, of at most 1 GiB
    bool reloads = false;    // a tenant leaves the settings and comes back
};

class Troubles {
  public:
    Troubles(Estate& estate, TroubleSettings settings, Span live, std::uint64_t seed);
    ~Troubles();  // ends what it began
    Troubles(const Troubles&) = delete;
    Troubles& operator=(const Troubles&) = delete;

    // What is due now. Error: the daemon cannot be started, or the disk cannot be filled.
    [[nodiscard]] Result<> step();
    [[nodiscard]] bool has_more_kills() const { return count_.kills < settings_.kills; }
    // Everything back to order: no lock, no ballast, every tenant in the settings, the daemon up.
    [[nodiscard]] Result<> end();

    struct Count {
        int kills = 0, locks = 0, fillings = 0, reloads = 0;
    };
    [[nodiscard]] const Count& count() const { return count_; }

  private:
    [[nodiscard]] Instant after(Ticks mean);
    [[nodiscard]] Result<> kill();
    void lock_or_unlock();
    [[nodiscard]] Result<> fill_or_free();
    [[nodiscard]] Result<> reload();
    [[nodiscard]] std::filesystem::path ballast() const { return estate_.state() / "ballast"; }

    struct Lock;
    Estate& estate_;
    TroubleSettings settings_;
    Span live_;
    Dice dice_;
    std::unique_ptr<Lock> lock_;
    Plot* outside_ = nullptr;
    bool full_ = false;
    bool before_work_ = false;  // the next kill
    Instant next_kill_, next_lock_, next_filling_, next_reload_;
    Count count_;
};

}  // namespace entrawatch::simulator
