#include "core/store/raw_store.hpp"

#include <vector>

namespace entrawatch {

namespace {

// Measured: a dictionary of the first few hundred records is nearly as good as one of thousands.
constexpr std::int64_t first_try = 300;
constexpr std::int64_t last_try =
    first_try * 8;  // records too unlike each other: plain zstd until the next start
constexpr std::int64_t enough_bytes = std::int64_t{2} * 1024 * 1024;
constexpr std::int64_t fewest_samples = 50;
constexpr std::size_t largest_sample = std::size_t{64} * 1024;  // one giant must not fill the dictionary

}  // namespace

RawStore::FeedDictionary& RawStore::of(FeedId feed) {
    if (const auto found = feeds_.find(feed); found != feeds_.end()) return found->second;
    FeedDictionary state;
    state.wanted = first_try;
    {
        Cursor newest = db_.use(sql::Query::dictionary_newest);
        if (newest.bind(static_cast<int>(feed)).step())
            state.dictionary = compress_dictionary(newest.blob(1));
    }
    if (!state.dictionary) {
        Cursor sum = db_.use(sql::Query::sample_sum);
        if (sum.bind(static_cast<int>(feed)).step()) {
            state.samples = sum.integer(0);
            state.bytes = sum.integer(1);
        }
    }
    return feeds_.emplace(feed, std::move(state)).first->second;
}

std::string_view RawStore::compress(FeedId feed, std::string_view octets) {
    Result<std::string_view> frame = compressor_.compress(octets, of(feed).dictionary.get());
    if (!frame) throw Failure{std::move(frame.error())};
    return *frame;
}

void RawStore::stored(FeedId feed, std::int64_t event, std::size_t bytes, Instant now) {
    FeedDictionary& state = of(feed);
    if (state.dictionary || state.wanted > last_try || bytes > largest_sample) return;
    {
        Cursor add = db_.use(sql::Query::sample_add);
        add.bind(static_cast<int>(feed), event, static_cast<std::int64_t>(bytes)).run();
    }
    ++state.samples;
    state.bytes += static_cast<std::int64_t>(bytes);
    const bool enough =
        state.samples >= fewest_samples && state.bytes * first_try >= enough_bytes * state.wanted;
    if (enough || state.samples >= state.wanted) train(feed, state, now);
}

void RawStore::train(FeedId feed, FeedDictionary& state, Instant now) {
    std::vector<std::string> samples;
    {
        Cursor octets = db_.use(sql::Query::sample_octets);
        octets.bind(static_cast<int>(feed));
        while (octets.step())
            samples.push_back(decompress(octets.blob(0)));
    }
    const Result<TrainedDictionary> trained = train_dictionary(samples);
    if (!trained || db_.use(sql::Query::dictionary_find).bind(std::int64_t{trained->id}).step()) {
        state.wanted *=
            2;  // too unlike each other, or a number that another dictionary has: try again with more
        return;
    }
    db_.use(sql::Query::dictionary_add)
        .bind(std::int64_t{trained->id}, static_cast<int>(feed), now, Blob{trained->octets})
        .run();
    chain_.touched(Chained::dictionary, std::int64_t{trained->id});
    db_.use(sql::Query::sample_clear).bind(static_cast<int>(feed)).run();
    state.dictionary = compress_dictionary(trained->octets);
}

void RawStore::decompress_into(std::string_view frame, std::string& octets) {
    const std::uint32_t id = dictionary_of(frame);
    const ZSTD_DDict_s* dictionary = nullptr;
    if (id != 0) {
        auto found = readers_.find(id);
        if (found == readers_.end()) {
            Cursor find = db_.use(sql::Query::dictionary_find);
            if (!find.bind(std::int64_t{id}).step()) {
                throw Failure{{ErrorCode::corrupt,
                               "a record's dictionary is missing; restore the file from a backup",
                               {}}};
            }
            found = readers_.emplace(id, decompress_dictionary(find.blob(0))).first;
        }
        dictionary = found->second.get();
    }
    Result<> done = decompressor_.decompress(frame, dictionary, octets);
    if (!done) throw Failure{std::move(done.error())};
}

std::string RawStore::decompress(std::string_view frame) {
    std::string octets;
    decompress_into(frame, octets);
    return octets;
}

void RawStore::forget() {
    feeds_.clear();
    readers_.clear();
}

}  // namespace entrawatch
