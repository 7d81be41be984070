#include "core/base/address_range.hpp"

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

Address network_of(Address address, int bits) {
    for (std::size_t i = 0; i < address.size(); ++i) {
        const int kept = std::clamp(bits - static_cast<int>(i) * 8, 0, 8);
        address.at(i) &= static_cast<std::uint8_t>(0xFFU << (8 - kept));
    }
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
    range.network_ = network_of(range.network_, range.bits_);
    return range;
}

}  // namespace entrawatch
