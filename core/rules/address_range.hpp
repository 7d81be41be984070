// AddressRange: an IPv4 or IPv6 network, for the `cidr` modifier. Addresses are text from outside: what is
// none matches nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

// 16 bytes; an IPv4 address is the mapped IPv6 one (::ffff:a.b.c.d), so that both spellings compare equal.
using Address = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

class AddressRange {
  public:
    // "10.0.0.0/8", "2001:db8::/32", or a bare address. Host bits may be set; nullopt when it is no network.
    [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);
    [[nodiscard]] bool contains(const Address& address) const;

  private:
    Address network_{};
    int bits_ = 128;
};

}  // namespace entrawatch
