#include "core/feed/json.hpp"

#include <gtest/gtest.h>

#include "core/feed/json_repair.hpp"

namespace entrawatch {
namespace {

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonReader, ReadsATextThatIsGoneAfterwards) {
    JsonReader reader;
    const Result<Json> json = reader.parse(std::string{R"({"a":{"b":"c"}})"});
    ASSERT_TRUE(json);
    EXPECT_EQ(text_of(*member(*json, "a"), "b"), "c");
}

TEST(JsonReader, ReplacesBrokenUtf8InTheCopyOnly) {
    const std::string text = "{\"name\":\"caf\xE9 \xF0\x9F\",\"id\":\"1\"}";
    const std::string before = text;
    JsonReader reader;
    const Result<Json> json = reader.parse(text);
    ASSERT_TRUE(json) << json.error().text();
    EXPECT_TRUE(text_of(*json, "name").starts_with("caf\xEF\xBF\xBD "));
    EXPECT_EQ(text_of(*json, "id"), "1");
    EXPECT_EQ(text, before);
}

TEST(JsonReader, ReplacesLoneSurrogatesAndKeepsPairs) {
    JsonReader reader;
    const Result<Json> json = reader.parse(
        R"({"a":"\ud83d\ude00","b":"x\ud83dy","c":"\ude00","d":"\ud83d\ud83d\ude00","e":"\\ud83d"})");
    ASSERT_TRUE(json) << json.error().text();
    EXPECT_EQ(text_of(*json, "a"), "\xF0\x9F\x98\x80");
    EXPECT_EQ(text_of(*json, "b"), "x\xEF\xBF\xBDy");
    EXPECT_EQ(text_of(*json, "c"), "\xEF\xBF\xBD");
    EXPECT_EQ(text_of(*json, "d"), "\xEF\xBF\xBD\xF0\x9F\x98\x80");
    EXPECT_EQ(text_of(*json, "e"), "\\ud83d");
}

TEST(JsonReader, ReadsNumbersOfMoreThan64BitsAsDoubles) {
    JsonReader reader;
    const Result<Json> json = reader.parse(
        R"({"a":123456789012345678901234567890,"b":-99999999999999999999,"c":1.5,"d":18446744073709551615,"e":"12345678901234567890123"})");
    ASSERT_TRUE(json) << json.error().text();
    EXPECT_TRUE(member(*json, "a")->is_double());
    EXPECT_TRUE(member(*json, "b")->is_double());
    EXPECT_EQ(scalar_text(*member(*json, "c")), "1.5");
    EXPECT_EQ(text_of(*json, "e"), "12345678901234567890123");
}

TEST(JsonReader, RefusesWhatIsNoJson) {
    JsonReader reader;
    for (const char* text :
         {"", " ", "{", "{\"a\":}", "<html>", "{\"a\":1} x", "nul", "{\"a\":\"\\x\"}", "{'a':1}", "[1,]"}) {
        const Result<Json> json = reader.parse(text);
        ASSERT_FALSE(json) << text;
        EXPECT_EQ(json.error().code, ErrorCode::invalid);
    }
    EXPECT_TRUE(reader.parse("{}")) << "a refusal must not spoil the reader";
}

TEST(JsonReader, RefusesDepthBeyondTheLimitByName) {
    JsonReader reader;
    EXPECT_TRUE(reader.parse(nested(max_json_depth - 1)));
    const Result<Json> json = reader.parse(nested(max_json_depth + 1));
    ASSERT_FALSE(json);
    EXPECT_NE(json.error().what.find("deeper than 128"), std::string::npos);
    EXPECT_FALSE(reader.parse(nested(1'000'000)));
}

TEST(JsonReader, RefusesARecordBeyondTheLimitByName) {
    JsonReader reader;
    const Result<Json> json = reader.parse("\"" + std::string(max_record_bytes, 'x') + "\"");
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().code, ErrorCode::too_large);
}

TEST(JsonReader, ReadsSmallTextsAfterAGiant) {
    JsonReader reader;
    ASSERT_TRUE(reader.parse("\"" + std::string(4U << 20U, 'x') + "\""));
    const Result<Json> json = reader.parse(R"({"a":1})");
    ASSERT_TRUE(json);
    EXPECT_EQ(integer_of(*json, "a"), 1);
    EXPECT_FALSE(reader.parse(nested(max_json_depth + 1))) << "the limit on depth survives the giant";
}

TEST(JsonReader, ReadsAPartWhereItStandsAndNearTheEndACopy) {
    for (const std::size_t room : {std::size_t{0}, std::size_t{31}, std::size_t{64}, std::size_t{4096}}) {
        const std::string first = R"({"id":"1","name":"a quote \" and \u00e9"})";
        const std::string second = R"({"id":"2","more":[1,2,{"x":"y"}]})";
        std::string whole;
        whole.reserve(first.size() + 1 + second.size() + room);
        whole = first + "," + second;
        const std::string_view view{whole};
        JsonReader reader;
        EXPECT_EQ(text_of(*reader.parse_part(whole, view.substr(0, first.size())), "name"),
                  "a quote \" and \u00e9");
        EXPECT_EQ(text_of(*reader.parse_part(whole, view.substr(first.size() + 1)), "id"), "2");
        EXPECT_FALSE(reader.parse_part(whole, view.substr(0, first.size() - 1)))
            << "what follows is no part of it";
    }
}

TEST(Member, IsTheLastOneOfThatName) {
    JsonReader reader;
    const Json json = *reader.parse(R"({"a":"first","b":1,"a":"last"})");
    EXPECT_EQ(text_of(json, "a"), "last");
    EXPECT_FALSE(member(json, "A"));
    EXPECT_FALSE(member(*member(json, "b"), "a"));
}

TEST(AtPath, StopsAtNullAndAtWhatIsNoObject) {
    JsonReader reader;
    const Json json = *reader.parse(R"({"a":{"b":{"c":7}},"n":null,"s":"x"})");
    EXPECT_EQ(scalar_text(*at_path(json, {"a", "b", "c"})), "7");
    EXPECT_FALSE(at_path(json, {"a", "x", "c"}));
    EXPECT_FALSE(at_path(json, {"n"}));
    EXPECT_FALSE(at_path(json, {"n", "b"}));
    EXPECT_FALSE(at_path(json, {"s", "b"}));
}

TEST(ScalarText, PrintsAsJsonDoes) {
    JsonReader reader;
    const Json json =
        *reader.parse(R"(["a b",-5,18446744073709551615,51.5074,0.1,true,false,null,[1],{"x":1}])");
    std::vector<std::string> texts;
    for (const Json value : JsonArray{json})
        texts.push_back(scalar_text(value));
    EXPECT_EQ(texts, (std::vector<std::string>{"a b", "-5", "18446744073709551615", "51.5074", "0.1", "true",
                                               "false", "", "", ""}));
}

TEST(IntegerOf, AcceptsNumbersAsTextAndRefusesTheRest) {
    JsonReader reader;
    const Json json = *reader.parse(
        R"({"n":50126,"t":"50126","d":50126.0,"f":1.5,"x":"50126a","e":"","b":true,"z":null,"u":18446744073709551615,"h":1e300})");
    for (const char* name : {"n", "t", "d"})
        EXPECT_EQ(integer_of(json, name), 50126) << name;
    for (const char* name : {"f", "x", "e", "b", "z", "u", "h", "absent"})
        EXPECT_FALSE(integer_of(json, name)) << name;
}

TEST(RepairJson, LeavesSoundJsonAsItIs) {
    const std::string text =
        R"({"a":[1,2.5,-3e-7,123456789012345678],"b":"\u00e9\ud83d\ude00 12345678901234567890","c":1.1234567890123456789012})";
    EXPECT_EQ(repair_json(text), text);
    EXPECT_EQ(repair_json("\"\\"), "\"\\");
    EXPECT_EQ(repair_json(R"("\ud83d)"), R"("\ufffd)");
}

}  // namespace
}  // namespace entrawatch
