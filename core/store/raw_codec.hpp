// raw_codec: records as received, compressed with zstd; a frame names the dictionary that it needs.
//
// Pure zstd, no database: the store hands dictionaries in. Contexts are kept and reused. Used by raw_store,
// and by the extension for plain sqlite3.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

namespace entrawatch {

// What a frame may say it holds; more is a broken or hostile frame.
inline constexpr std::size_t max_octets = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t dictionary_bytes = std::size_t{64} * 1024;

struct ZstdFree {
    void operator()(ZSTD_CCtx_s* context) const;
    void operator()(ZSTD_DCtx_s* context) const;
    void operator()(ZSTD_CDict_s* dictionary) const;
    void operator()(ZSTD_DDict_s* dictionary) const;
};
using CompressDictionary = std::unique_ptr<ZSTD_CDict_s, ZstdFree>;
using DecompressDictionary = std::unique_ptr<ZSTD_DDict_s, ZstdFree>;

[[nodiscard]] CompressDictionary compress_dictionary(std::string_view octets);
[[nodiscard]] DecompressDictionary decompress_dictionary(std::string_view octets);

// The dictionary a frame names; 0 = none.
[[nodiscard]] std::uint32_t dictionary_of(std::string_view frame);

class Compressor {
  public:
    Compressor();
    // The frame, valid until the next call. `dictionary` may be nullptr.
    [[nodiscard]] Result<std::string_view> compress(std::string_view octets, const ZSTD_CDict_s* dictionary);

  private:
    std::unique_ptr<ZSTD_CCtx_s, ZstdFree> context_;
    std::string buffer_;
};

class Decompressor {
  public:
    Decompressor();
    // `dictionary`: the one the frame names, or nullptr. Into a buffer that is kept by the caller.
    [[nodiscard]] Result<> decompress(std::string_view frame, const ZSTD_DDict_s* dictionary,
                                      std::string& octets);

  private:
    std::unique_ptr<ZSTD_DCtx_s, ZstdFree> context_;
};

struct TrainedDictionary {
    std::uint32_t id = 0;  // never 0
    std::string octets;
};
// Error when the samples are too few or too unlike each other.
[[nodiscard]] Result<TrainedDictionary> train_dictionary(const std::vector<std::string>& samples);

}  // namespace entrawatch
