#include "core/store/raw_codec.hpp"

#include <zdict.h>
#include <zstd.h>

#include <new>

namespace entrawatch {

namespace {

constexpr int level = 3;
constexpr std::size_t largest_kept = 1U << 20U;  // buffers and contexts that grew beyond this are given back

}  // namespace

void ZstdFree::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}
void ZstdFree::operator()(ZSTD_DCtx_s* context) const {
    ZSTD_freeDCtx(context);
}
void ZstdFree::operator()(ZSTD_CDict_s* dictionary) const {
    ZSTD_freeCDict(dictionary);
}
void ZstdFree::operator()(ZSTD_DDict_s* dictionary) const {
    ZSTD_freeDDict(dictionary);
}

CompressDictionary compress_dictionary(std::string_view octets) {
    return CompressDictionary{ZSTD_createCDict(octets.data(), octets.size(), level)};
}

DecompressDictionary decompress_dictionary(std::string_view octets) {
    return DecompressDictionary{ZSTD_createDDict(octets.data(), octets.size())};
}

std::uint32_t dictionary_of(std::string_view frame) {
    return ZSTD_getDictID_fromFrame(frame.data(), frame.size());
}

Compressor::Compressor() : context_(ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc{};
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level);
}

Result<std::string_view> Compressor::compress(std::string_view octets, const ZSTD_CDict_s* dictionary) {
    if (octets.size() > max_octets)
        return fail(ErrorCode::too_large, "a record is over the 64 MiB that are kept");
    if (buffer_.size() > largest_kept && octets.size() <= largest_kept) *this = Compressor{};
    const std::size_t bound = ZSTD_compressBound(octets.size());
    if (buffer_.size() < bound) buffer_.resize(bound);
    ZSTD_CCtx_refCDict(context_.get(), dictionary);
    const std::size_t size =
        ZSTD_compress2(context_.get(), buffer_.data(), buffer_.size(), octets.data(), octets.size());
    if (ZSTD_isError(size) != 0) {
        return fail(ErrorCode::unavailable, std::string{"compressing a record: "} + ZSTD_getErrorName(size));
    }
    return std::string_view{buffer_.data(), size};
}

Decompressor::Decompressor() : context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc{};
}

Result<> Decompressor::decompress(std::string_view frame, const ZSTD_DDict_s* dictionary,
                                  std::string& octets) {
    // The answer is a length, "unknown" or "error": the last two are the largest numbers there are.
    const unsigned long long length = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (length > max_octets)
        return fail(ErrorCode::corrupt,
                    "a stored record is no whole zstd frame; restore the file from a backup");
    octets.resize(static_cast<std::size_t>(length));
    ZSTD_DCtx_refDDict(context_.get(), dictionary);
    const std::size_t size =
        ZSTD_decompressDCtx(context_.get(), octets.data(), octets.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) != 0 || size != octets.size()) {
        const std::string reason = ZSTD_isError(size) != 0 ? ZSTD_getErrorName(size) : "it is too short";
        return fail(ErrorCode::corrupt,
                    "a stored record cannot be read back: " + reason + "; restore the file from a backup");
    }
    return {};
}

Result<TrainedDictionary> train_dictionary(const std::vector<std::string>& samples) {
    std::string joined;
    std::vector<std::size_t> sizes;
    for (const std::string& sample : samples) {
        joined.append(sample);
        sizes.push_back(sample.size());
    }
    TrainedDictionary trained;
    trained.octets.resize(dictionary_bytes);
    const std::size_t size =
        ZDICT_trainFromBuffer(trained.octets.data(), trained.octets.size(), joined.data(), sizes.data(),
                              static_cast<unsigned>(sizes.size()));
    if (ZDICT_isError(size) != 0) {
        return fail(ErrorCode::invalid, std::string{"training a dictionary: "} + ZDICT_getErrorName(size));
    }
    trained.octets.resize(size);
    trained.id = ZDICT_getDictID(trained.octets.data(), trained.octets.size());
    if (trained.id == 0) return fail(ErrorCode::invalid, "training a dictionary: it has no number");
    return trained;
}

}  // namespace entrawatch
