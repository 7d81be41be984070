#include "daemon/commands/record_source.hpp"

#include <algorithm>
#include <utility>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// Enough to tell one hour's log from another: it holds the ids of the last records.
constexpr std::int64_t ending_bytes = 4096;

}  // namespace

Result<std::optional<SourcePage>> StreamSource::next() {
    if (ended_) return std::optional<SourcePage>{};
    auto page = reader_.next();
    if (!page || !*page) ended_ = true;
    if (!page) return fail(page.error().code, page.error().text(), name_);
    if (!*page) return std::optional<SourcePage>{};
    return std::optional{SourcePage{std::move(**page), name_, reader_.begin().lines}};
}

Result<std::optional<SourcePage>> LogTreeSource::next() {
    while (true) {
        if (!reader_) {
            if (at_ == tree_.files.size()) return std::optional<SourcePage>{};
            if (auto opened = open(tree_.files[at_++]); !opened) return fail(opened.error());
            if (!reader_) continue;
        }
        auto page = reader_->next();
        if (!page) {
            reader_.reset();
            return fail(page.error().code, page.error().text(), path_);
        }
        if (*page) return std::optional{SourcePage{std::move(**page), path_, reader_->begin().lines}};
        const bool left_a_line = reader_->left_a_line();
        const std::int64_t lines = reader_->end().lines;
        reader_.reset();
        if (left_a_line)
            return fail(ErrorCode::invalid,
                        "the last line is not whole yet; it is read when the file has grown",
                        path_ + ":" + std::to_string(lines + 1));
    }
}

// Afterwards there is a reader, unless all of the file was read before.
Result<> LogTreeSource::open(const LogFile& file) {
    std::error_code error;
    path_ = std::filesystem::absolute(file.path, error).lexically_normal().string();
    if (!file.tenant_id.empty() && !equal_ignoring_ascii_case(file.tenant_id, options_.tenant_id))
        return fail(ErrorCode::invalid,
                    "the folder is of the tenant " + file.tenant_id + ", not of " + options_.tenant_id,
                    path_);
    in_.close();
    in_.clear();
    in_.open(path_, std::ios::binary);
    const auto size = std::filesystem::file_size(path_, error);
    if (!in_ || error) return fail(ErrorCode::unavailable, "the file cannot be read", path_);
    const auto start = start_of(path_);
    if (!start) return fail(start.error());
    if (start->bytes > 0 && std::cmp_equal(start->bytes, size)) {
        ++passed_over_;
        return {};
    }
    in_.clear();
    in_.seekg(start->bytes);
    reader_.emplace(in_, options_.chunk, LastLine::may_grow, *start);
    return {};
}

// Where it was left, if it is still the file that was read.
Result<ReadPosition> LogTreeSource::start_of(const std::string& path) {
    if (options_.again) return ReadPosition{};
    const auto known = imported_file(store_, path);
    if (!known) return fail(known.error());
    if (!*known || (*known)->bytes <= 0 || ending_before((*known)->bytes) != (*known)->ending)
        return ReadPosition{};
    return ReadPosition{(*known)->bytes, (*known)->lines};
}

// The digest of the octets before that place of the open file; empty when the file is shorter.
std::string LogTreeSource::ending_before(std::int64_t bytes) {
    std::ifstream in{path_, std::ios::binary};
    const std::int64_t size = std::min(bytes, ending_bytes);
    std::string octets(static_cast<std::size_t>(size), '\0');
    in.seekg(bytes - size);
    in.read(octets.data(), size);
    return in.gcount() == size ? std::string{as_bytes(sha256(octets))} : std::string{};
}

Result<> LogTreeSource::acknowledge(Instant now) {
    if (!reader_ || reader_->end().bytes == 0) return {};
    const ReadPosition read = reader_->end();
    return set_imported_file(store_, {path_, read.bytes, read.lines, ending_before(read.bytes)}, now);
}

}  // namespace entrawatch
