#include "config/yaml_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using testing::HasSubstr;

std::string refusal_of(const std::string& text) {
    const YamlText yaml = read_yaml_tree(text, "file.yaml");
    return yaml.problems.empty() ? "" : yaml.problems.front().text();
}

TEST(YamlTree, KnowsTheLineOfEveryKeyAndValue) {
    const YamlText yaml = read_yaml_tree("a: 1\nb:\n  - x\n  - { c: d }\n", "file.yaml");
    ASSERT_TRUE(yaml.problems.empty());
    EXPECT_EQ(yaml.root.find("a")->text, "1");
    const YamlNode* list = yaml.root.find("b");
    ASSERT_TRUE(list->is_list());
    EXPECT_EQ(list->items[0].line, 3);
    EXPECT_EQ(list->items[1].find("c")->text, "d");
    EXPECT_EQ(list->items[1].keys[0].line, 4);
    EXPECT_EQ(yaml.root.find("c"), nullptr);
    EXPECT_EQ(list->find("c"), nullptr);
}

TEST(YamlTree, KeepsDuplicateKeys) {
    const YamlText yaml = read_yaml_tree("a: 1\nb: 2\na: 3\n", "file.yaml");
    ASSERT_EQ(yaml.root.keys.size(), 3U);
    EXPECT_EQ(yaml.root.keys[2].line, 3);
    EXPECT_EQ(yaml.root.find("a")->text, "1");
}

TEST(YamlTree, TellsWordsFromQuotedTextAndNullFromBoth) {
    const YamlText yaml = read_yaml_tree("[off, \"off\", 'off', ~, null, \"null\", ]", "file.yaml");
    ASSERT_EQ(yaml.root.items.size(), 6U);
    EXPECT_FALSE(yaml.root.items[0].quoted);
    EXPECT_TRUE(yaml.root.items[1].quoted);
    EXPECT_TRUE(yaml.root.items[2].quoted);
    EXPECT_TRUE(yaml.root.items[3].is_null());
    EXPECT_TRUE(yaml.root.items[4].is_null());
    EXPECT_TRUE(yaml.root.items[5].is_scalar());
}

TEST(YamlTree, RefusesAnchorsSoThatASmallFileStaysSmall) {
    std::string bomb = "a: &a [x, x]\n";
    for (char c = 'b'; c < 'k'; ++c)
        bomb += std::string{c} + ": &" + c + " [*" + static_cast<char>(c - 1) + ", *" +
                static_cast<char>(c - 1) + "]\n";
    EXPECT_THAT(refusal_of(bomb), HasSubstr("file.yaml:1: anchors"));
    EXPECT_THAT(refusal_of("a: *nowhere\n"), HasSubstr("file.yaml:1: "));
}

TEST(YamlTree, RefusesWhatIsTooDeepTooManyOrTooLarge) {
    EXPECT_EQ(refusal_of(std::string(max_yaml_depth, '[') + std::string(max_yaml_depth, ']')), "");
    EXPECT_THAT(refusal_of(std::string(max_yaml_depth + 1, '[') + std::string(max_yaml_depth + 1, ']')),
                HasSubstr("32 levels"));
    EXPECT_THAT(refusal_of(std::string(100'000, '[')), HasSubstr("32 levels"));
    std::string many = "[";
    for (std::size_t i = 0; i < max_yaml_nodes; ++i)
        many += "1,";
    EXPECT_THAT(refusal_of(many + "]"), HasSubstr("100,000 values"));
    EXPECT_THAT(refusal_of(std::string(max_yaml_bytes + 1, ' ')), HasSubstr("1 MiB"));
}

TEST(YamlTree, RefusesBrokenUtf8AndKeysThatAreNoNames) {
    EXPECT_THAT(refusal_of("a: \xff\xfe"), HasSubstr("UTF-8"));
    EXPECT_THAT(refusal_of("? [a, b]\n: c\n"), HasSubstr("a key must be a plain name"));
    EXPECT_THAT(refusal_of("{a: 1}: b\n"), testing::Not(testing::IsEmpty()));
}

TEST(YamlTree, TellsTheLineOfASyntaxError) {
    EXPECT_THAT(refusal_of("a: 1\nb: [\n"), HasSubstr("this is not YAML"));
    EXPECT_THAT(refusal_of("a: 1\n\tb: 2\n"), HasSubstr("file.yaml:2: this is not YAML"));
}

TEST(YamlTree, IsNullForAnEmptyText) {
    for (const char* text : {"", "\n\n", "# only a comment\n"}) {
        EXPECT_EQ(refusal_of(text), "");
        EXPECT_TRUE(read_yaml_tree(text, "file.yaml").root.is_null());
    }
}

TEST(YamlTree, NeverThrowsWhateverTheText) {
    // Every prefix of a file that uses much of YAML, and every single broken octet in it.
    const std::string text =
        "%YAML 1.2\n---\na: !!str |\n  text\n\"b\\u00e9\": {c: [1, 'x''y', ~], ? d : e}\n- f\n...\n";
    for (std::size_t i = 0; i <= text.size(); ++i) {
        static_cast<void>(read_yaml_tree(text.substr(0, i), "f"));
        for (const char octet : {'\0', '\t', '[', '}', ':', '-', '&', '*', '"', '\\', '\x7f', '\x80'}) {
            std::string broken = text;
            if (i < broken.size()) broken[i] = octet;
            static_cast<void>(read_yaml_tree(broken, "f"));
        }
    }
}

}  // namespace
}  // namespace entrawatch
