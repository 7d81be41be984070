#include "core/event/record_members.hpp"

#include <gtest/gtest.h>

#include <string>

namespace entrawatch {
namespace {

class RecordMembersTest : public testing::Test {
  protected:
    std::string find(std::string_view name) {
        const auto found = members.find(name);
        return found ? scalar_text(*found) : "absent";
    }
    void begin(const std::string& json) {
        const auto record = reader.parse(json);
        ASSERT_TRUE(record) << json;
        members.begin(*record);
    }
    JsonReader reader;
    RecordMembers members;
};

TEST_F(RecordMembersTest, FindsNamesWithoutCase) {
    begin(R"({"appId":"a","AppName":"b","x":1})");
    EXPECT_EQ(find("appid"), "a");
    EXPECT_EQ(find("appname"), "b");
    EXPECT_EQ(find("X"), "1");
    EXPECT_EQ(find("appi"), "absent");
    EXPECT_EQ(find(""), "absent");
}

TEST_F(RecordMembersTest, TakesTheLastOfOneName) {
    begin(R"({"id":"first","ID":"second"})");
    EXPECT_EQ(find("id"), "second");
}

TEST_F(RecordMembersTest, TellsLongNamesApart) {
    const std::string a(70, 'a');
    const std::string b(80, 'b');
    begin("{\"" + a + "\":1,\"" + b + "\":2,\"\":3}");
    EXPECT_EQ(find(a), "1");
    EXPECT_EQ(find(b), "2");
    EXPECT_EQ(find(std::string(71, 'a')), "absent");
    EXPECT_EQ(find(""), "3");
}

TEST_F(RecordMembersTest, ForgetsTheRecordBefore) {
    begin(R"({"id":"one","only":"here"})");
    EXPECT_EQ(find("only"), "here");
    begin(R"({"id":"two"})");
    EXPECT_EQ(find("id"), "two");
    EXPECT_EQ(find("only"), "absent");
}

TEST_F(RecordMembersTest, FindsNothingInWhatIsNoObject) {
    begin("[1]");
    EXPECT_EQ(find("id"), "absent");
}

}  // namespace
}  // namespace entrawatch
