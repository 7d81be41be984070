#include "core/store/questions.hpp"

#include <gmock/gmock.h>

#include "tests/support/evidence_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

// Something for every parameter that a question may need.
const QuestionValues everything{{":actor", uuid_number(1)},
                                {":target", uuid_number(2)},
                                {":ip", "192.0.2.10"},
                                {":correlation_id", uuid_number(900)},
                                {":alert_id", "alrt_1"}};

std::vector<std::vector<std::string>> answers(Store& store, std::string_view name,
                                              QuestionValues values = everything) {
    std::vector<std::vector<std::string>> rows;
    const auto text = [](const AnswerValue& value) -> std::string {
        if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
        if (const auto* real = std::get_if<double>(&value)) return std::to_string(*real);
        if (const auto* words = std::get_if<std::string_view>(&value)) return std::string{*words};
        return "NULL";
    };
    must(ask_question(store, name, values, [&](const AnswerRow& row) {
        rows.emplace_back();
        for (const AnswerValue& value : row)
            rows.back().push_back(text(value));
        return true;
    }));
    return rows;
}

std::vector<std::string> column(Store& store, std::string_view question, const std::string& name,
                                QuestionValues values = everything) {
    const auto shape = must(question_shape(store, question));
    const auto place = std::find(shape.columns.begin(), shape.columns.end(), name) - shape.columns.begin();
    std::vector<std::string> cells;
    for (const auto& row : answers(store, question, std::move(values)))
        cells.push_back(row.at(static_cast<std::size_t>(place)));
    return cells;
}

TEST(Questions, SayInTheirFirstLineWhatTheyAnswer) {
    ASSERT_FALSE(question_names().empty());
    for (const std::string& name : question_names()) {
        EXPECT_TRUE(question_text(name).starts_with("-- ")) << name;
        EXPECT_TRUE(question_purpose(name).ends_with(".") ||
                    question_purpose(name).find(": ") != std::string::npos)
            << name;
        EXPECT_TRUE(question_text(name).ends_with(";\n")) << name;
    }
}

TEST(Questions, AllRunOnAFilledStore) {
    const EvidenceStore filled;
    Store store = filled.open();
    // Nothing here is about these two: their own tests fill a store for them.
    const std::set<std::string> silent{"emergency-account-use", "conditional-access-changes",
                                       "consent-grants", "credential-changes"};
    for (const std::string& name : question_names()) {
        const auto rows = answers(store, name);
        EXPECT_TRUE(!rows.empty() || silent.contains(name) || name == "pack-decisions") << name;
        EXPECT_FALSE(must(question_plan(store, name)).empty()) << name;
    }
    EXPECT_EQ(answers(store, "pack-decisions", {{":alert_id", "alrt_1"}}).size(), 1U);
}

TEST(Questions, ReadStableViewsOnly) {
    const EvidenceStore filled;
    std::string views;
    for (const std::string& row :
         plain_sql(filled.file(), "SELECT name FROM sqlite_schema WHERE type = 'view'"))
        views += " " + row + " ";
    for (const std::string& table :
         plain_sql(filled.file(), "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
        for (const std::string& name : question_names()) {
            for (const char* before : {"FROM ", "JOIN "})
                EXPECT_EQ(question_text(name).find(before + table + " "), std::string_view::npos)
                    << name << " reads the table " << table << " and not a view:" << views;
        }
    }
}

TEST(Questions, RunInThePlainProgram) {
    const EvidenceStore filled;
    for (const std::string& name : question_names()) {
        const auto output =
            sqlite3_shell(filled.file(), ".parameter init\n.parameter set :from \"'2026-01-01'\"\n" +
                                             std::string{question_text(name)} + "SELECT 'fine';");
        if (!output) GTEST_SKIP() << "sqlite3 is not installed";
        EXPECT_THAT(*output, HasSubstr("fine")) << name;
        EXPECT_THAT(*output, ::testing::Not(HasSubstr("rror"))) << name;
    }
}

TEST(Questions, ASpanIsHalfOpenWhateverTheFractionOfTheSecond) {
    TempStore store;
    int number = 0;
    for (const char* time :
         {"2026-11-20T07:59:59.9999999Z", "2026-11-20T08:00:00Z", "2026-11-20T08:00:00.05Z",
          "2026-11-20T08:00:00.5Z", "2026-11-20T08:00:01Z", "2026-11-20T08:00:01.5Z"}) {
        const std::string id = uuid_number(++number);
        must(store->put_event(role_assignment(id, time), "{\"id\":\"" + id + "\"}", five_past_ten));
    }
    const auto times = [&](const char* from, const char* to) {
        return column(*store, "role-changes", "occurred_at", {{":from", from}, {":to", to}});
    };
    using Times = std::vector<std::string>;
    EXPECT_EQ(times("2026-11-20T08:00:00Z", "2026-11-20T08:00:01Z"),
              (Times{"2026-11-20T08:00:00Z", "2026-11-20T08:00:00.05Z", "2026-11-20T08:00:00.5Z"}));
    EXPECT_EQ(times("2026-11-20T08:00:00.5Z", "2026-11-20T08:00:01.5Z"),
              (Times{"2026-11-20T08:00:00.5Z", "2026-11-20T08:00:01Z"}));
    EXPECT_EQ(times("2026-11-20", "2026-11-21").size(), 6U);
    EXPECT_EQ(times("2026-11-21", "2026-11-22").size(), 0U);
    EXPECT_EQ(answers(*store, "role-changes", {}).size(), 6U) << "without bound";
}

TEST(Questions, RoleChangesNameTheRole) {
    TempStore store;
    must(store->put_event(role_assignment(uuid_number(1), "2026-11-20T08:00:00Z"), "{}", five_past_ten));
    must(store->put_event(sign_in("s", "2026-11-20T08:00:00Z"), "{\"s\":1}", five_past_ten));
    EXPECT_EQ(column(*store, "role-changes", "role"), std::vector<std::string>{"Global Administrator"});
}

Event audit_of(int number, const std::string& activity, const std::string& property = "") {
    Event event = role_assignment(uuid_number(number), "2026-11-20T08:00:00Z");
    event.activity = activity;
    event.category = "Policy";
    event.changes.clear();
    if (!property.empty()) event.changes.push_back({property, "old", "new", true, true, {}, {}});
    return event;
}

TEST(Questions, TellCredentialsPoliciesAndConsentApart) {
    TempStore store;
    const std::vector<Event> events{
        audit_of(11, "Reset user password"),
        audit_of(12, "Update application \u2013 Certificates and secrets management "),
        audit_of(13, "Update application", "FederatedIdentityCredentials"),
        audit_of(14, "Update Conditional Access policy", "ConditionalAccessPolicy"),
        audit_of(15, "Add named location"),
        audit_of(16, "Consent to application", "ConsentContext.IsAdminConsent"),
        audit_of(17, "Add delegated permission grant"),
        audit_of(18, "Add app role assignment to service principal"),
        audit_of(19, "Update user")};
    for (const Event& event : events)
        must(store->put_event(event, "{\"id\":\"" + event.id + "\"}", five_past_ten));
    using Ids = std::vector<std::string>;
    EXPECT_EQ(column(*store, "credential-changes", "id"),
              (Ids{uuid_number(11), uuid_number(12), uuid_number(13)}));
    EXPECT_EQ(column(*store, "conditional-access-changes", "id"), (Ids{uuid_number(14), uuid_number(15)}));
    EXPECT_EQ(column(*store, "conditional-access-changes", "before").at(0), "old");
    EXPECT_EQ(column(*store, "consent-grants", "id"),
              (Ids{uuid_number(16), uuid_number(17), uuid_number(18)}));
    EXPECT_EQ(column(*store, "consent-grants", "granted").at(0), "ConsentContext.IsAdminConsent=new");
    EXPECT_EQ(answers(*store, "role-changes").size(), 0U);
}

TEST(Questions, EmergencyAccountsAreThoseOfTheSettings) {
    TempStore store;
    must(store->put_event(sign_in("by", "2026-11-20T08:00:00Z"), "{\"s\":1}", five_past_ten));
    must(store->put_event(role_assignment("on", "2026-11-20T09:00:00Z"), "{}", five_past_ten));
    EXPECT_EQ(answers(*store, "emergency-account-use").size(), 0U) << "nobody named one yet";
    const auto name = [&](const std::string& tenant, const std::string& id) {
        must(store->add_configuration({five_past_ten, "start", "0.1.0",
                                       R"({"tenants":[{"name":")" + tenant +
                                           R"(","emergency_accounts":[{"object_id":")" + id + R"("}]}]})",
                                       "[]"}));
    };
    name("fabrikam", uuid_number(2));
    EXPECT_EQ(answers(*store, "emergency-account-use").size(), 0U) << "those of another tenant";
    name("contoso", uuid_number(2));
    EXPECT_EQ(column(*store, "emergency-account-use", "how"), (std::vector<std::string>{"by it", "on it"}));
}

TEST(Questions, FindWhoDidWhatToWhomFromWhere) {
    TempStore store;
    must(store->put_event(role_assignment("role", "2026-11-20T08:00:00Z"), "{}", five_past_ten));
    must(store->put_event(sign_in("sign-in", "2026-11-20T09:00:00Z"), "{\"s\":1}", five_past_ten));
    using Ids = std::vector<std::string>;
    EXPECT_EQ(column(*store, "what-did", "id", {{":actor", "ADMIN@contoso.example"}}), Ids{"role"});
    EXPECT_EQ(column(*store, "what-did", "id", {{":actor", uuid_number(2)}}), Ids{"sign-in"});
    EXPECT_EQ(column(*store, "who-touched", "id", {{":target", uuid_number(2)}}), Ids{"role"});
    EXPECT_EQ(column(*store, "who-touched", "id", {{":target", "global administrator"}}), Ids{"role"});
    EXPECT_EQ(column(*store, "from-address", "id", {{":ip", "2001:DB8::7"}}), Ids{"sign-in"});
    EXPECT_EQ(column(*store, "correlation-story", "id", {{":correlation_id", uuid_number(900)}}),
              Ids{"role"});
    EXPECT_EQ(answers(*store, "what-did", {}).size(), 0U)
        << "a needed parameter that is missing finds nothing";
}

TEST(Questions, TopActorsCountsWhoActedWithinTheSpanMostFirst) {
    TempStore store;
    Event failed = sign_in("third", "2026-11-20T11:00:00Z");
    failed.outcome = Outcome::failure;
    must(store->put_event(role_assignment("role", "2026-11-20T08:00:00Z"), "{}", five_past_ten));
    must(store->put_event(sign_in("first", "2026-11-20T09:00:00Z"), "{\"s\":1}", five_past_ten));
    must(store->put_event(failed, "{\"s\":3}", five_past_ten));
    must(store->put_event(sign_in("late", "2026-11-21T09:00:00Z"), "{\"s\":4}", five_past_ten));
    const QuestionValues day{{":from", "2026-11-20"}, {":to", "2026-11-21"}};
    EXPECT_EQ(
        answers(*store, "top-actors", day),
        (std::vector<std::vector<std::string>>{
            {"eve@contoso.example", "user", "2", "1", "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z"},
            {"Admin@contoso.example", "user", "1", "0", "2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"}}));
}

TEST(Questions, MissedOrLateTellsOfHolesAndDeadLetters) {
    const EvidenceStore filled;
    Store store = filled.open();
    const auto read = [&](Span span) {
        const auto window = must(
            store.open_window(FeedId::risk_detections,
                              {Pass::warm, span, feed_of(FeedId::risk_detections).window_time}, filled.now));
        must(store.add_progress(window, {1, 1, 1, 0, 0, std::chrono::minutes{40}}));
        must(store.complete_window(window, filled.now));
    };
    read({at("2026-11-20T00:00:00Z"), at("2026-11-20T01:00:00Z")});
    read({at("2026-11-20T02:00:00Z"), at("2026-11-20T03:00:00Z")});
    const auto kinds = column(store, "missed-or-late", "kind");
    for (const char* kind : {"hole", "late rows", "window given up", "rejected record"})
        EXPECT_THAT(kinds, ::testing::Contains(kind));
    const auto holes =
        answers(store, "missed-or-late", {{":from", "2026-11-20"}, {":to", "2026-11-20T01:30:00Z"}});
    ASSERT_EQ(holes.size(), 2U);
    EXPECT_EQ(holes[1], (std::vector<std::string>{"hole", "2026-11-20T01:00:00Z", "2026-11-20T02:00:00Z",
                                                  "risk_detections", "never read completely"}));
}

TEST(Questions, WriteNothingAndKnowNoOtherNames) {
    TempStore store;
    EXPECT_EQ(must(question_shape(*store, "what-did")).parameters,
              (std::vector<std::string>{":from", ":to", ":actor"}));
    const auto unknown = ask_question(*store, "what-did-not", {}, [](const AnswerRow&) { return true; });
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
    EXPECT_EQ(question_purpose("what-did-not"), "");
}

TEST(Snapshot, SeesNothingOfWhatComesAfterIt) {
    TempStore store;
    Store reader = store.another(true);
    {
        const auto snapshot = must(reader.snapshot());
        must(store->put_event(sign_in("s", "2026-11-20T08:00:00Z"), "{\"s\":1}", five_past_ten));
        EXPECT_EQ(must(reader.counts()).events, 0);
    }
    EXPECT_EQ(must(reader.counts()).events, 1);
}

}  // namespace
}  // namespace entrawatch::test
