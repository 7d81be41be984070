#include "daemon/http/gzip.hpp"

#include <zlib.h>
#include <algorithm>
#include <array>
#include <new>

namespace entrawatch::http {

namespace {

constexpr int gzip_window_bits = 15 + 16;  // zlib's way of saying: gzip header and trailer
constexpr std::size_t step = std::size_t{64} * 1024;

// zlib takes 32-bit lengths and a pointer that it does not write through.
void feed(z_stream& stream, std::string_view bytes) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
}

class Inflater {
  public:
    Inflater() {
        if (inflateInit2(&stream_, gzip_window_bits) != Z_OK) throw std::bad_alloc{};
    }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    z_stream& stream() { return stream_; }

  private:
    z_stream stream_{};
};

}  // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    if (bytes.size() > limit) return fail(ErrorCode::too_large, "the compressed body is over the limit");
    Inflater inflater;
    z_stream& stream = inflater.stream();
    feed(stream, bytes);
    std::string out;
    std::array<char, step> piece;
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        const int status = inflate(&stream, Z_NO_FLUSH);
        const std::size_t produced = piece.size() - stream.avail_out;
        if (out.size() + produced > limit)
            return fail(ErrorCode::too_large, "the body is over the limit once decompressed");
        out.append(piece.data(), produced);
        if (status == Z_STREAM_END) {
            if (stream.avail_in == 0) return out;
            inflateReset(&stream);
        } else if (status != Z_OK) {
            return fail(ErrorCode::invalid, "the gzip body is broken or cut short");
        }
    }
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc{};
    }
    feed(stream, bytes);
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace entrawatch::http
