#include "daemon/api/peer_user.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/base/text.hpp"

namespace entrawatch::api {
namespace {

// A row of the table holds some 150 octets; more connections than this are not looked through.
constexpr std::size_t most_table_bytes = std::size_t{16} * 1024 * 1024;
constexpr std::size_t owner_column = 7;

struct SocketAddress {
    std::string words;  // the address as the table writes it: each 32-bit word in the machine's order, in hex
    std::string port;
};

// An IPv4 address also stands in the table of IPv6, as ::ffff:a.b.c.d.
SocketAddress in_table(std::string_view text, bool as_v6) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    std::string host{text.substr(0, colon)};
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::array<std::uint32_t, 4> words{};
    std::size_t first = 3;
    if (inet_pton(AF_INET, host.c_str(), &words[3]) == 1) {
        if (as_v6) {
            words[2] = htonl(0xffffU);
            first = 0;
        }
    } else if (as_v6 && inet_pton(AF_INET6, host.c_str(), words.data()) == 1) {
        first = 0;
    } else {
        return {};
    }
    unsigned port = 0;
    const std::string_view digits = text.substr(colon + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    SocketAddress address;
    std::array<char, 16> hex{};
    for (std::size_t i = first; i < words.size(); ++i) {
        std::snprintf(hex.data(), hex.size(), "%08X", words.at(i));
        address.words += hex.data();
    }
    std::snprintf(hex.data(), hex.size(), "%04X", port & 0xffffU);
    address.port = hex.data();
    return address;
}

std::string column_of(const SocketAddress& address) {
    return address.words + ":" + address.port;
}

std::string read_table(const char* file) {
    std::ifstream in{file, std::ios::binary};
    std::string text;
    std::array<char, 65536> piece{};
    while (text.size() < most_table_bytes && (in.read(piece.data(), piece.size()) || in.gcount() > 0))
        text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    return text;
}

std::optional<std::uint32_t> owner_in(std::string_view table, const std::string& theirs,
                                      const std::string& ours) {
    std::istringstream lines{std::string{table}};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream row{line};
        std::array<std::string, owner_column + 1> columns;
        for (std::string& column : columns)
            row >> column;
        if (!row || columns[1] != theirs || columns[2] != ours) continue;
        std::uint32_t owner = 0;
        const std::string& digits = columns[owner_column];
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), owner);
        if (error == std::errc{} && end == digits.data() + digits.size()) return owner;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> user_in_table(std::string_view table, const PeerAddress& connection) {
    for (const bool as_v6 : {false, true}) {
        const SocketAddress theirs = in_table(connection.peer, as_v6);
        const SocketAddress ours = in_table(connection.local, as_v6);
        if (theirs.words.empty() || ours.words.empty()) continue;
        if (const auto owner = owner_in(table, column_of(theirs), column_of(ours))) return owner;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> user_of_peer(const PeerAddress& connection) {
    for (const char* file : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        if (const auto owner = user_in_table(read_table(file), connection)) return owner;
    }
    return std::nullopt;
}

}  // namespace entrawatch::api
