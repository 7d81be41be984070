#include "core/context/named_location.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/context/posture_facts.hpp"

namespace entrawatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

NamedLocation office(std::vector<std::string> ranges, bool trusted = true) {
    return {"l1", "Head office", trusted, std::move(ranges), {}, false};
}

TEST(NamedLocations, TakeATrustedRangeBeforeANarrowOneAndThatBeforeACountry) {
    const LocationIndex index{
        {office({"198.51.0.0/16", "2001:db8::/32"}),
         {"l2", "Guest network", false, {"198.51.100.0/24", "203.0.113.0/24"}, {}, false},
         {"l3", "Lab", false, {"203.0.113.64/26"}, {}, false},
         {"l4", "", false, {}, {"NO"}, false}}};
    const auto named = [&](std::string_view address, std::string_view country = "") {
        return index.find(address, country).name;
    };
    EXPECT_EQ(named("198.51.100.7"), "Head office");
    EXPECT_EQ(index.find("198.51.100.7", "").trusted, Known::yes);
    EXPECT_EQ(named("2001:db8::1"), "Head office");
    EXPECT_EQ(named("::ffff:198.51.1.1"), "Head office");
    EXPECT_EQ(named("203.0.113.1", "NO"), "Guest network");
    EXPECT_EQ(named("203.0.113.70"), "Lab");
    EXPECT_EQ(index.find("203.0.113.70", "").trusted, Known::no);
    EXPECT_EQ(named("192.0.2.1", "no"), "l4") << "an id stands for what has no name";
    EXPECT_EQ(named("192.0.2.1", "SE"), "");
    EXPECT_EQ(index.find("192.0.2.1", "SE").trusted, Known::no);
}

TEST(NamedLocations, KnowNothingWithoutAnAddress) {
    const LocationIndex index{{office({"0.0.0.0/0", "nonsense", "300.0.0.0/8", ""})}};
    EXPECT_EQ(index.find("203.0.113.9", "").trusted, Known::yes);
    for (const char* none : {"", "somewhere", "1.2.3", "::g"})
        EXPECT_EQ(index.find(none, "NO").trusted, Known::unresolved) << none;
}

std::vector<std::string> said_of(std::vector<NamedLocation> before, std::vector<NamedLocation> after) {
    DirectoryReading old;
    DirectoryReading now;
    old.locations = std::move(before);
    now.locations = std::move(after);
    std::vector<std::string> says;
    for (const PostureFact& fact : location_changes(old, now))
        says.push_back(fact.says + " [" + fact.details.front().second + "]");
    return says;
}

TEST(NamedLocations, AreComparedWithTheReadingBefore) {
    EXPECT_THAT(said_of({office({"10.0.0.0/8"})}, {office({"10.0.0.0/8"})}), IsEmpty());
    EXPECT_THAT(said_of({office({"10.0.0.0/8"})}, {office({"10.0.0.0/8", "203.0.113.9/32"})}),
                ElementsAre("the trusted named location Head office changed: added 203.0.113.9/32 [true]"));
    EXPECT_THAT(said_of({office({"10.0.0.0/8"}, false)}, {office({"11.0.0.0/8"})}),
                ElementsAre("the trusted named location Head office changed: now trusted; added 11.0.0.0/8; "
                            "removed 10.0.0.0/8 [true]"));
    EXPECT_THAT(said_of({}, {{"l2", "Home", false, {}, {"NL", "NO"}, true}}),
                ElementsAre("the named location Home was added: NL, NO, unknown countries [false]"));
    EXPECT_THAT(said_of({office({"10.0.0.0/8"})}, {}),
                ElementsAre("the trusted named location Head office was removed: 10.0.0.0/8 [true]"));
}

TEST(NamedLocations, ShowBothSidesOfAChange) {
    DirectoryReading old;
    DirectoryReading now;
    old.locations = {office({"10.0.0.0/8"})};
    now.locations = {office({"10.0.0.0/8", "11.0.0.0/8"}, false)};
    const auto facts = location_changes(old, now);
    ASSERT_EQ(facts.size(), 1U);
    ASSERT_EQ(facts.front().properties.size(), 2U);
    EXPECT_EQ(facts.front().properties[0].name, "isTrusted");
    EXPECT_EQ(facts.front().properties[0].old_value, "true");
    EXPECT_EQ(facts.front().properties[1].new_value, "10.0.0.0/8, 11.0.0.0/8");
    now.locations.reset();
    EXPECT_THAT(location_changes(old, now), IsEmpty()) << "refused is not removed";
}

}  // namespace
}  // namespace entrawatch
