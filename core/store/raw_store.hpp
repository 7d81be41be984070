// RawStore: keeps compressed records together with the dictionaries they need, and trains a dictionary for a
// feed on its first records.
//
// Real records of a feed resemble each other: with a dictionary they take a quarter of the room of plain
// zstd. A dictionary is trained once, on the records of the feed that are in the store already, and is never
// replaced. Used by store_impl.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/feed/feed.hpp"
#include "core/store/chain.hpp"
#include "core/store/raw_codec.hpp"
#include "core/store/sqlite.hpp"

namespace entrawatch {

class RawStore {
  public:
    RawStore(Database& db, Chain& chain) : db_(db), chain_(chain) {}

    // The frame to store, valid until the next call.
    [[nodiscard]] std::string_view compress(FeedId feed, std::string_view octets);
    // Tells that a fresh event's octets were stored; may train the feed's dictionary, inside the caller's
    // transaction.
    void stored(FeedId feed, std::int64_t event, std::size_t bytes, Instant now);
    [[nodiscard]] std::string decompress(std::string_view frame);
    void decompress_into(std::string_view frame, std::string& octets);
    // After a rollback: dictionaries trained since may not exist.
    void forget();

  private:
    struct FeedDictionary {
        CompressDictionary dictionary;  // nullptr: not trained yet
        std::int64_t samples = 0, bytes = 0;
        std::int64_t wanted;  // samples to gather before the next try
    };
    [[nodiscard]] FeedDictionary& of(FeedId feed);
    void train(FeedId feed, FeedDictionary& state, Instant now);

    Database& db_;
    Chain& chain_;
    Compressor compressor_;
    Decompressor decompressor_;
    std::map<FeedId, FeedDictionary> feeds_;
    std::map<std::uint32_t, DecompressDictionary> readers_;
};

}  // namespace entrawatch
