#include "core/store/chain_hash.hpp"

#include <algorithm>
#include <charconv>

namespace entrawatch {

namespace {

constexpr std::size_t digits = 24;

void append_number(std::string& text, std::int64_t number) {
    char buffer[digits];
    text.append(std::begin(buffer), std::to_chars(std::begin(buffer), std::end(buffer), number).ptr);
}

}  // namespace

void RowHash::begin(std::string_view table) {
    text_.assign(table);
    text_ += '\n';
}

void RowHash::add(std::nullopt_t) {
    text_ += "n;";
}

void RowHash::add(std::int64_t value) {
    text_ += 'i';
    append_number(text_, value);
    text_ += ';';
}

void RowHash::add(std::string_view text) {
    add_sized('t', text);
}

void RowHash::add(Blob octets) {
    add_sized('b', octets.octets);
}

void RowHash::add_sized(char kind, std::string_view octets) {
    text_ += kind;
    append_number(text_, static_cast<std::int64_t>(octets.size()));
    text_ += ':';
    text_ += octets;
    text_ += ';';
}

Sha256 RowHash::finish() {
    stream_.add(text_);
    return stream_.finish();
}

Sha256 entry_hash(const Sha256& before, std::int64_t entry, std::string_view body) {
    std::string head = to_hex(as_bytes(before)) + "\n" + std::to_string(entry) + "\n";
    return sha256(head.append(body));
}

std::string checkpoint_statement(std::string_view tenant, std::int64_t entry, const Sha256& hash,
                                 Instant at) {
    std::string text = "entrawatch chain checkpoint\n";
    text.append("tenant ").append(tenant).append("\n");
    text.append("entry ").append(std::to_string(entry)).append("\n");
    text.append("hash ").append(to_hex(as_bytes(hash))).append("\n");
    text.append("at ").append(to_iso(at)).append("\n");
    return text;
}

Sha256 digest_from(std::string_view octets) {
    Sha256 digest{};
    if (octets.size() == digest.size()) std::copy(octets.begin(), octets.end(), digest.begin());
    return digest;
}

}  // namespace entrawatch
