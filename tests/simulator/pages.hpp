// Pages: list answers as snapshot plus offset, behind an opaque skip token that does not live long.
//
// Rows that become visible, or change, after page 1 are not in the walk. The same link gives the same page
// for as long as its token lives. Used by tenant. Texts of the three refusals as seen on the wire.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/dice.hpp"
#include "tests/simulator/graph_error.hpp"

namespace entrawatch::simulator {

struct PageShape {
    std::size_t size = 1000;        // rows asked for
    bool shrink = false;            // some pages carry fewer
    bool empty = false;             // some pages carry none, and still a next link
    std::size_t token_padding = 0;  // bytes by which tokens are longer
};

struct PageOfRows {
    std::vector<std::string> rows;  // JSON texts
    std::string next_token;         // empty = last page
};

class Pages {
  public:
    explicit Pages(std::uint64_t seed) : dice_(seed) {}

    // The first page of a walk over `rows`. A token is made when there is a further page.
    [[nodiscard]] PageOfRows open(std::vector<std::string> rows, const PageShape& shape, Instant now);
    // The page a token stands for; 400 when it is dead or none of ours.
    [[nodiscard]] OrGraphError<PageOfRows> resume(const std::string& token, Ticks life, Instant now);
    // Every token handed out so far is dead from now on.
    void kill_tokens() { snapshots_.clear(); }

  private:
    struct Snapshot {
        std::vector<std::string> rows;
        PageShape shape;
        Instant opened_at;
    };
    [[nodiscard]] static PageOfRows cut(const std::string& name, const Snapshot& snapshot, std::size_t number,
                                        std::size_t offset);

    Dice dice_;
    std::map<std::string, Snapshot> snapshots_;
    std::size_t refusals_ = 0;
};

}  // namespace entrawatch::simulator
