#include "core/differences/names.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

const std::string account = "0b0b0b0b-0000-4000-8000-00000000000b";
const std::string role = "62e90394-69f5-4237-9190-012177145e10";

Directory known_names() {
    return {{{account, "breakglass1@larkspur.example"}}, {{role, "Global Administrator", "critical"}}, {}};
}

TEST(Names, ComeFromTheDirectoryAndTheRecordAndMicrosoft) {
    Event event;
    event.targets = {{"group", "0c0c0c0c-0000-4000-8000-00000000000c", "Pilots"}};
    const Directory known = known_names();
    const Names names{event, &known};
    EXPECT_EQ(names.with_names(account), "breakglass1@larkspur.example (" + account + ")");
    EXPECT_EQ(names.with_names(role), "Global Administrator (" + role + ")");
    EXPECT_EQ(names.with_names("0C0C0C0C-0000-4000-8000-00000000000C"),
              "Pilots (0C0C0C0C-0000-4000-8000-00000000000C)");
    EXPECT_EQ(names.with_names("00000003-0000-0000-c000-000000000000"),
              "Microsoft Graph (00000003-0000-0000-c000-000000000000)");
}

TEST(Names, LeaveAnIdAsItIsWhereNobodyKnowsIt) {
    const Event event;
    const Names names{event, nullptr};
    EXPECT_EQ(names.with_names(account), account);
    EXPECT_EQ(names.with_names("no id"), "no id");
    EXPECT_EQ(names.with_names(""), "");
}

TEST(Names, AreFoundInsideATextAndNotInsideALongerWord) {
    const Event event;
    const Directory known = known_names();
    const Names names{event, &known};
    EXPECT_EQ(names.with_names("a " + role + " b"), "a Global Administrator (" + role + ") b");
    EXPECT_EQ(names.with_names("x" + role), "x" + role);
}

TEST(Names, LetTheDirectoryDecideAgainstANameThatSomebodyChose) {
    Event event;
    event.targets = {{"user", account, "Nobody of interest"}};
    const Directory known = known_names();
    EXPECT_EQ((Names{event, &known}).with_names(account), "breakglass1@larkspur.example (" + account + ")");
}

}  // namespace
}  // namespace entrawatch
