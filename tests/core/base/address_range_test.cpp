#include "core/base/address_range.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

bool contains(std::string_view range, std::string_view address) {
    const auto network = AddressRange::parse(range);
    EXPECT_TRUE(network) << range;
    const auto parsed = parse_address(address);
    return network && parsed && network->contains(*parsed);
}

struct RangeCase {
    std::string_view range;
    std::string_view address;
    bool inside;
};

TEST(AddressRange, ContainsTheAddressesOfItsNetwork) {
    const RangeCase cases[] = {
        {"192.0.2.0/24", "192.0.2.0", true},
        {"192.0.2.0/24", "192.0.2.255", true},
        {"192.0.2.0/24", "192.0.3.0", false},
        {"192.0.2.77/24", "192.0.2.1", true},
        {"192.0.2.0/25", "192.0.2.127", true},
        {"192.0.2.0/25", "192.0.2.128", false},
        {"192.0.2.4/30", "192.0.2.7", true},
        {"192.0.2.4/30", "192.0.2.8", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"2001:db8::/32", "2001:db8:ffff::1", true},
        {"2001:db8::/32", "2001:db9::1", false},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::/0", "2001:db8::1", true},
        {"2001:db8::5", "2001:DB8:0::5", true},
        {"192.0.2.0/24", "::ffff:192.0.2.9", true},
        {"::ffff:192.0.2.0/120", "192.0.2.9", true},
    };
    for (const RangeCase& c : cases)
        EXPECT_EQ(contains(c.range, c.address), c.inside) << c.range << " and " << c.address;
}

TEST(AddressRange, RefusesWhatIsNoNetwork) {
    for (const std::string_view text :
         {"", "192.0.2", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/8x", "192.0.2.256",
          "2001:db8::/129", "example.com", "/24", "192.0.2.0/24/24", "1.2.3.4%eth0"}) {
        EXPECT_FALSE(AddressRange::parse(text)) << text;
    }
}

TEST(AddressRange, TakesNoTextThatIsNoAddress) {
    for (const std::string_view text :
         {"", "a host", "192.0.2.1:443", "[2001:db8::1]", "1.2.3.4.5", "::1::"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
    EXPECT_FALSE(parse_address(std::string(10'000, '1')));
    EXPECT_FALSE(parse_address(std::string_view{"192.0.2.1\0x", 11}));
}

}  // namespace
}  // namespace entrawatch
