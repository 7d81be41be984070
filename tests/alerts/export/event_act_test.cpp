#include "alerts/export/event_act.hpp"

#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"

namespace entrawatch {
namespace {

records::Audit audit_of_bob(std::string activity) {
    records::Audit audit;
    audit.activity = std::move(activity);
    audit.operation = "Other";
    audit.targets = {records::target("User", records::bob_id, records::bob_name)};
    return audit;
}

TEST(EventAct, ReadsTheActFromTheActivity) {
    struct Row {
        const char* activity;
        ActKind kind;
        ActVerb verb;
    };
    for (const Row& row : {Row{"Add user", ActKind::account, ActVerb::create},
                           Row{"Hard Delete user", ActKind::account, ActVerb::remove},
                           Row{"Disable account", ActKind::account, ActVerb::disable},
                           Row{"Change password (self-service)", ActKind::account, ActVerb::change_password},
                           Row{"Reset password (by admin)", ActKind::account, ActVerb::reset_password},
                           Row{"User registered security info", ActKind::account, ActVerb::add_factor},
                           Row{"Update  USER", ActKind::account, ActVerb::update},
                           Row{"Consent to application", ActKind::other, ActVerb::create},
                           Row{"Hard delete application", ActKind::other, ActVerb::remove},
                           Row{"DismissUser", ActKind::other, ActVerb::unknown}}) {
        const Event event = event_of(audit_of_bob(row.activity));
        const EventAct act = act_of(event);
        EXPECT_EQ(act.kind, row.kind) << row.activity;
        EXPECT_EQ(act.verb, row.verb) << row.activity;
        EXPECT_EQ(act.subject != nullptr, row.kind == ActKind::account) << row.activity;
    }
}

TEST(EventAct, BelievesTheOperationTypeBeforeTheName) {
    records::Audit audit = audit_of_bob("Authentication Methods Policy Update");
    audit.operation = "Update";
    const Event event = event_of(audit);
    EXPECT_EQ(act_of(event).verb, ActVerb::update);
}

TEST(EventAct, SaysWhoWasGivenWhichRole) {
    const Event given = event_of(records::role_added());
    EXPECT_EQ(act_of(given).kind, ActKind::access);
    EXPECT_EQ(act_of(given).verb, ActVerb::assign);
    EXPECT_EQ(act_of(given).subject->id, records::bob_id);
    EXPECT_EQ(act_of(given).privilege, "Global Administrator");
    const Event taken = event_of(records::role_removed());
    EXPECT_EQ(act_of(taken).verb, ActVerb::revoke);
    const Event granted = event_of(records::app_role_granted("Mail.Read"));
    EXPECT_EQ(act_of(granted).kind, ActKind::access);
    EXPECT_EQ(act_of(granted).privilege, "Mail.Read");
}

TEST(EventAct, DoesNotTakeARequestForAnAssignment) {
    records::Audit requested = records::role_added();
    requested.activity = "Add member to role requested (PIM activation)";
    const Event event = event_of(requested);
    EXPECT_EQ(act_of(event).kind, ActKind::access);
    EXPECT_EQ(act_of(event).verb, ActVerb::unknown);
}

TEST(EventAct, IsAnyOtherActWhereTheRecordDoesNotNameWhatAClassNeeds) {
    records::Audit no_user = audit_of_bob("Delete user");
    no_user.targets.clear();
    records::Audit no_role = audit_of_bob("Add member to role");
    for (const records::Audit& audit : {no_user, no_role}) {
        const Event event = event_of(audit);
        EXPECT_EQ(act_of(event).kind, ActKind::other) << audit.activity;
        EXPECT_EQ(act_of(event).subject, nullptr);
    }
}

TEST(EventAct, IsAFindingWhereMicrosoftFoundSomething) {
    const Event risk = event_of(records::Risk{});
    EXPECT_EQ(act_of(risk).kind, ActKind::finding);
    Event posture = event_of(records::role_added());
    posture.feed = FeedId::posture;
    EXPECT_EQ(act_of(posture).kind, ActKind::finding);
}

}  // namespace
}  // namespace entrawatch
