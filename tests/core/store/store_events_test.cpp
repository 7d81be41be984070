#include <gtest/gtest.h>

#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

const Instant received = at("2026-11-22T10:05:00Z");

TEST(StoreEvents, KeepANewRecordOnceAndItsExactOctets) {
    TempStore store;
    const Event event = role_assignment("Directory_1_ABCDE_77", "2026-11-22T10:00:00.1234567Z");
    const std::string raw = "{ \"id\" : \"Directory_1_ABCDE_77\",\r\n \"odd\": \"\xff\" }";

    const PutResult first = must(store->put_event(event, raw, received));
    const PutResult second = must(store->put_event(event, raw, received));

    EXPECT_EQ(first.kind, PutKind::fresh);
    EXPECT_EQ(first.revision, 1);
    EXPECT_EQ(second.kind, PutKind::duplicate);
    EXPECT_EQ(second.event, first.event);
    EXPECT_EQ(must(store->raw_of(first.event)), raw);
    EXPECT_EQ(must(store->counts()).events, 1);
}

}  // namespace
}  // namespace entrawatch::test
