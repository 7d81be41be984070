#include "core/rules/address_range.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace entrawatch {

std::optional<Address> parse_address(std::string_view text) {
    char terminated[INET6_ADDRSTRLEN];
    if (text.empty() || text.size() >= sizeof terminated) return std::nullopt;
    if (text.find('\0') != std::string_view::npos) return std::nullopt;  // inet_pton would stop there
    *std::copy(text.begin(), text.end(), terminated) = '\0';
    Address address{};
    if (text.find(':') != std::string_view::npos) {
        if (inet_pton(AF_INET6, terminated, address.data()) != 1) return std::nullopt;
        return address;
    }
    address[10] = address[11] = 0xFF;
    if (inet_pton(AF_INET, terminated, address.data() + 12) != 1) return std::nullopt;
    return address;
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const auto slash = text.find('/');
    const std::string_view host = text.substr(0, slash);
    const auto address = parse_address(host);
    if (!address) return std::nullopt;
    const bool v4 = host.find(':') == std::string_view::npos;
    AddressRange range;
    range.network_ = *address;
    if (slash == std::string_view::npos) return range;
    const std::string_view length = text.substr(slash + 1);
    int bits = -1;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (error != std::errc{} || end != length.data() + length.size()) return std::nullopt;
    if (bits < 0 || bits > (v4 ? 32 : 128)) return std::nullopt;
    range.bits_ = v4 ? bits + 96 : bits;
    return range;
}

bool AddressRange::contains(const Address& address) const {
    const auto whole = static_cast<std::size_t>(bits_ / 8);
    if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                    network_.begin())) {
        return false;
    }
    const int rest = bits_ % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<unsigned>(0xFFU << (8 - rest));
    return ((address.at(whole) ^ network_.at(whole)) & mask & 0xFFU) == 0;
}

}  // namespace entrawatch
