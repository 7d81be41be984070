// AddressRange: an IPv4 or IPv6 network, for the `cidr` modifier and named locations. Addresses are text from
// outside: what is none matches nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

// 16 bytes; an IPv4 address is the mapped IPv6 one (::ffff:a.b.c.d), so that both spellings compare equal.
using Address = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
// The address with all but its first `bits` (0 to 128) cleared.
[[nodiscard]] Address network_of(Address address, int bits);

class AddressRange {
  public:
    // "10.0.0.0/8", "2001:db8::/32", or a bare address. Host bits may be set; nullopt when it is no network.
    [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);
    [[nodiscard]] bool contains(const Address& address) const {
        return network_of(address, bits_) == network_;
    }
    [[nodiscard]] const Address& network() const { return network_; }
    [[nodiscard]] int bits() const { return bits_; }  // of the 128; an IPv4 /8 has 104

  private:
    Address network_{};
    int bits_ = 128;
};

}  // namespace entrawatch
