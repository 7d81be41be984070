#include "core/context/directory.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

constexpr const char* pim_id = "00000000-0000-4000-8000-00000000f1f1";

Directory directory(DirectoryReading reading = {}) {
    return Directory{{{"00000000-0000-4000-8000-00000000BG01", "Breakglass1@example.com"},
                      {"00000000-0000-4000-8000-00000000bg02", ""}},
                     {{"62E90394-69f5-4237-9190-012177145e10", "Global Administrator", "critical"},
                      {"r2", "Reports Reader", "low"}},
                     std::move(reading)};
}

DirectoryReading with_pim() {
    DirectoryReading reading;
    reading.ms_pim_id = pim_id;
    return reading;
}

Actor app(std::string id, std::string app_id = {}) {
    Actor actor;
    actor.kind = ActorKind::app;
    actor.id = std::move(id);
    actor.app_id = std::move(app_id);
    actor.name = actor.display_name = "MS-PIM";
    return actor;
}

TEST(EmergencyAccount, IsKnownByItsObjectIdWithoutCase) {
    const Directory d = directory();
    ASSERT_NE(d.emergency_account("00000000-0000-4000-8000-00000000bg01", ""), nullptr);
    EXPECT_EQ(d.emergency_account("00000000-0000-4000-8000-00000000bg01", "")->name,
              "Breakglass1@example.com");
    EXPECT_EQ(d.emergency_account("00000000-0000-4000-8000-000000000001", "x"), nullptr);
}

TEST(EmergencyAccount, IsKnownByNameOnlyWhereNoIdIsGiven) {
    const Directory d = directory();
    EXPECT_NE(d.emergency_account("", "breakglass1@EXAMPLE.com "), nullptr);
    EXPECT_NE(d.emergency_account("00000000-0000-0000-0000-000000000000", "breakglass1@example.com"),
              nullptr);
    EXPECT_EQ(d.emergency_account("00000000-0000-4000-8000-000000000001", "breakglass1@example.com"), nullptr)
        << "another account that took the name";
    EXPECT_EQ(d.emergency_account("", ""), nullptr)
        << "an account configured without a name matches no empty name";
}

TEST(MsPim, IsNotKnownBeforeTheDirectoryWasRead) {
    EXPECT_EQ(directory().is_ms_pim(app(pim_id)), Known::unresolved);
    EXPECT_EQ(directory().is_ms_pim(Actor{}), Known::unresolved);
}

TEST(MsPim, IsKnownByTheIdOfItsServicePrincipalAndNeverByItsName) {
    const Directory d = directory(with_pim());
    EXPECT_EQ(d.is_ms_pim(app("00000000-0000-4000-8000-00000000F1F1")), Known::yes);
    EXPECT_EQ(d.is_ms_pim(app("00000000-0000-4000-8000-000000000bad")), Known::no);
    EXPECT_EQ(d.is_ms_pim(app("")), Known::unresolved);
    Actor user = app(pim_id);
    user.kind = ActorKind::user;
    EXPECT_EQ(d.is_ms_pim(user), Known::no);
    user.kind = ActorKind::system;
    EXPECT_EQ(d.is_ms_pim(user), Known::no);
}

TEST(MsPim, IsKnownByItsClientIdWhereOneIsGiven) {
    EXPECT_EQ(directory().is_ms_pim(app("", "01FC33A7-78ba-4d2f-a4b7-768e336e890e")), Known::yes);
    EXPECT_EQ(directory(with_pim()).is_ms_pim(app(pim_id, "some-other-client")), Known::no);
}

TEST(Roles, AreKnownByTemplateIdWithoutCase) {
    ASSERT_NE(directory().role("62e90394-69F5-4237-9190-012177145e10"), nullptr);
    EXPECT_EQ(directory().role("62e90394-69f5-4237-9190-012177145e10")->tier, "critical");
    EXPECT_EQ(directory().role("custom"), nullptr);
    EXPECT_EQ(directory().role(""), nullptr);
}

TEST(Roles, TakeTheNamesOfTheTenantAndKeepTheShippedTier) {
    DirectoryReading reading;
    reading.roles = {{"62E90394-69F5-4237-9190-012177145E10", "Globaler Administrator", ""},
                     {"Custom1", "Key keeper", "high"},
                     {"r2", "Reader", "medium"},
                     {"r3", "Message Reader", ""}};
    const Directory d = directory(std::move(reading));
    EXPECT_EQ(d.role("62e90394-69f5-4237-9190-012177145e10")->name, "Globaler Administrator");
    EXPECT_EQ(d.role("62e90394-69f5-4237-9190-012177145e10")->tier, "critical");
    EXPECT_EQ(d.role("custom1")->tier, "high");
    EXPECT_EQ(d.role("r2")->tier, "medium");
    EXPECT_EQ(d.role("r3")->tier, "low") << "a role of Microsoft's that the shipped list does not name";
}

TEST(DirectoryReading, SurvivesTheStore) {
    DirectoryReading reading;
    reading.ms_pim_id = pim_id;
    reading.roles = {{"r1", "A \"quoted\" n\xC3\xA4me\n", "high"}, {"r2", "", ""}};
    reading.read_at = parse_iso("2026-11-20T10:11:12.1234567Z");
    const Result<DirectoryReading> back = reading_from_json(to_json(reading));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->ms_pim_id, reading.ms_pim_id);
    EXPECT_EQ(back->read_at, reading.read_at);
    ASSERT_EQ(back->roles.size(), 2U);
    EXPECT_EQ(back->roles[0].name, reading.roles[0].name);
    EXPECT_EQ(back->roles[0].tier, "high");
    EXPECT_EQ(to_json(*back), to_json(reading));
    EXPECT_FALSE(reading_from_json(to_json({}))->ms_pim_id);
    EXPECT_FALSE(reading_from_json(to_json({}))->read_at);
}

TEST(DirectoryReading, ToleratesWhatItDoesNotKnow) {
    const Result<DirectoryReading> reading = reading_from_json(
        R"({"future":{"a":[1]},"ms_pim_id":7,"roles":[null,{"name":"no id"},{"template_id":"x","more":1},7],"read_at":"?"})");
    ASSERT_TRUE(reading);
    EXPECT_FALSE(reading->ms_pim_id);
    EXPECT_EQ(reading->roles.size(), 1U);
    EXPECT_FALSE(reading->read_at);
    EXPECT_TRUE(reading_from_json(R"({"roles":7})"));
}

TEST(DirectoryReading, SaysWhenItCannotBeRead) {
    for (const char* text : {"", "[]", "{", "null"}) {
        const Result<DirectoryReading> reading = reading_from_json(text);
        ASSERT_FALSE(reading) << text;
        EXPECT_EQ(reading.error().code, ErrorCode::corrupt);
    }
}

}  // namespace
}  // namespace entrawatch
