// Rules on an event that none of them concerns must not touch the heap: that is nearly every event.
//
// This file replaces operator new for the whole test program, with one that counts; not under sanitizers,
// which have their own and check that memory is given back the way it was taken.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "tests/core/rules/rule_support.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ENTRAWATCH_COUNTS_ALLOCATIONS 0
#else
#define ENTRAWATCH_COUNTS_ALLOCATIONS 1
#endif

namespace {

thread_local std::size_t allocations = 0;

}  // namespace

#if ENTRAWATCH_COUNTS_ALLOCATIONS
namespace {

void* counted(std::size_t size) {
    ++allocations;
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc{};
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}
#endif

namespace entrawatch {
namespace {

std::vector<Rule> rules() {
    const std::string detections[] = {
        "s: {activityDisplayName: Add member to role, actor.id: someone}\ncondition: s",
        "s: {activityDisplayName: [Update user, Add member to role], resultReason|contains: "
        "nothing}\ncondition: s",
        "s: {targetResources.modifiedProperties.displayName: nothing}\ncondition: s",
        "s: {targetResources.type|startswith: nothing, targets.id|endswith: nothing}\ncondition: s",
        "s: {initiatedBy.user.ipAddress|cidr: 10.0.0.0/8}\ncondition: s",
        "s: {additionalDetails.User-Agent|re: '^nothing'}\ncondition: s",
        "s: {actor.id|fieldref: targets.id}\ncondition: s",
        "s: {activityDateTime|hour: 99}\ncondition: s",
        "s: {changes.Role.TemplateId.new: nothing}\nf: {userAgent|exists: true}\ncondition: 1 of them",
        "s: {category: null}\ncondition: s",
        "k: [nothing, no*thing]\ncondition: k",
    };
    std::vector<Rule> all;
    for (const std::string& detection : detections) {
        SigmaFile file =
            read_sigma(test::rule_with(detection), "rule.yml", "r" + std::to_string(all.size()), {});
        EXPECT_EQ(file.rules.size(), 1U) << test::text_of(file.problems);
        for (Rule& rule : file.rules)
            all.push_back(std::move(rule));
    }
    return all;
}

TEST(RuleSetAllocations, AreNoneOnceTheBuffersHaveGrown) {
    if (ENTRAWATCH_COUNTS_ALLOCATIONS == 0) GTEST_SKIP() << "sanitizers bring an allocator of their own";
    const RuleSet set{rules()};
    const auto scratch = make_rule_scratch();
    test::Sample sample{
        R"({"activityDisplayName": "Add member to role", "activityDateTime": "2026-11-22T10:00:00Z",
        "resultReason": "A long reason that does not fit into a small string, with an en dash - and more",
        "initiatedBy": {"user": {"id": "u1", "ipAddress": "192.0.2.1"}, "app": null}, "status": {"errorCode": 50126},
        "additionalDetails": [{"key": "User-Agent", "value": "Mozilla/5.0 (X11; Linux x86_64) and so on"}],
        "targetResources": [{"id": "t1", "type": "User", "modifiedProperties": [{"displayName": "Role.TemplateId"}]}]})"};
    sample.event.category = "RoleManagement";
    sample.event.actor.id = "00000000-0000-4000-8000-0000000000a1";
    sample.event.targets = {{"user", "00000000-0000-4000-8000-0000000000b2", "bob@example.com"}};
    sample.event.changes.push_back(
        {"Role.TemplateId", "", "62e90394-69f5-4237-9190-012177145e10", false, true, {}, {}});
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(set.evaluate(sample.event, sample.record, *scratch).empty());
    const std::size_t before = allocations;
    for (int i = 0; i < 100; ++i) {
        if (!set.evaluate(sample.event, sample.record, *scratch).empty()) std::abort();
    }
    EXPECT_EQ(allocations - before, 0U);
    const auto proof = std::make_unique<int>(1);  // the counter counts
    EXPECT_EQ(allocations - before, 1U);
}

}  // namespace
}  // namespace entrawatch
