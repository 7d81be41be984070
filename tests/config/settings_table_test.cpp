#include "config/settings_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "alerts/receiver.hpp"
#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

std::string limits_in_words(const Setting& setting) {
    if (setting.type == SettingType::duration || setting.type == SettingType::number ||
        setting.type == SettingType::size) {
        const auto dots = setting.limits.find("..");
        return std::string{setting.limits.substr(0, dots)} + " to " +
               std::string{setting.limits.substr(dots + 2)};
    }
    std::string out;
    for (const std::string_view choice : split_choices(setting.limits))
        out.append(out.empty() ? "" : ", ").append("`").append(choice).append("`");
    return out;
}

std::string types_in_words(const Setting& setting) {
    std::string out;
    for (const std::string_view type : split_choices(setting.only_for))
        out.append(out.empty() ? "Type `" : ", `").append(type).append("`");
    return out.empty() ? out : out + ": ";
}

// The rows of the manual's table: settings that this version has, with their words.
std::string manual_table() {
    std::string out = "| setting | value | default | what it says |\n| --- | --- | --- | --- |\n";
    for (const Setting& setting : all_settings()) {
        if (setting.later == "*") continue;
        const std::string limits = limits_in_words(setting);
        const std::string fallback =
            setting.fallback.empty() ? "" : "`" + std::string{setting.fallback} + "`";
        out += "| `" + std::string{setting.path} + "` | " +
               (limits.empty() ? std::string{words_for(setting.type)} : limits) + " | " +
               (setting.required ? "required" : fallback) + " | " + types_in_words(setting) +
               std::string{setting.sentence} + " |\n";
    }
    return out;
}

TEST(SettingsTable, IsWhatTheManualPrints) {
    const std::string manual =
        text_of_file(std::filesystem::path{ENTRAWATCH_SOURCE_DIR} / "config/README.md");
    EXPECT_THAT(manual, testing::HasSubstr(manual_table())) << "put this table into config/README.md";
}

TEST(SettingsTable, HasEveryPathOnceAndEverySectionItself) {
    std::set<std::string_view> paths;
    for (const Setting& setting : all_settings()) {
        EXPECT_TRUE(paths.insert(setting.path).second) << setting.path;
        EXPECT_FALSE(setting.sentence.empty()) << setting.path;
        const auto dot = setting.path.rfind('.');
        if (dot == std::string_view::npos) continue;
        std::string_view section = setting.path.substr(0, dot);
        if (section.substr(section.size() - 2) == "[]") section.remove_suffix(2);
        EXPECT_TRUE(paths.contains(section)) << setting.path << " stands below nothing";
    }
}

TEST(SettingsTable, HasDefaultsThatItsOwnLimitsAllow) {
    for (const Setting& setting : all_settings()) {
        if (setting.type == SettingType::duration) {
            const auto dots = setting.limits.find("..");
            ASSERT_NE(dots, std::string_view::npos) << setting.path;
            if (setting.fallback.empty()) continue;
            const auto fallback = parse_duration(setting.fallback);
            EXPECT_GE(fallback, parse_duration(setting.limits.substr(0, dots))) << setting.path;
            EXPECT_LE(fallback, parse_duration(setting.limits.substr(dots + 2))) << setting.path;
        }
        if (setting.type == SettingType::choice && !setting.fallback.empty()) {
            EXPECT_THAT(split_choices(setting.limits), testing::Contains(setting.fallback)) << setting.path;
        }
    }
}

TEST(SettingsTable, KnowsEveryTypeOfDestinationOfTheProgram) {
    const auto types = split_choices(find_setting("destinations[].type")->limits);
    for (const std::string_view type : types) {
        const auto known = destination_type_of(type);
        ASSERT_TRUE(known) << type;
        EXPECT_EQ(name_of(*known), type);
    }
    for (const Setting& setting : all_settings()) {
        if (setting.later == "*") continue;
        for (const std::string_view type : split_choices(setting.only_for))
            EXPECT_THAT(types, testing::Contains(type)) << setting.path;
    }
    for (const std::string_view format : split_choices(find_setting("destinations[].format")->limits))
        EXPECT_TRUE(body_format_of(format)) << format;
    EXPECT_FALSE(destination_type_of("email"));
    EXPECT_FALSE(body_format_of("xml"));
}

TEST(SettingsTable, KnowsEveryFeedOfTheProgram) {
    for (const Feed& feed : all_feeds()) {
        const Setting* setting = find_setting("tenants[].feeds", feed.name);
        ASSERT_NE(setting, nullptr) << feed.name;
        EXPECT_NE(setting->later, "*") << feed.name;
        EXPECT_NE(find_setting(setting->path, "enabled"), nullptr) << feed.name;
    }
}

TEST(SettingsTable, ListsTheKeysOfOneSectionOnly) {
    EXPECT_THAT(keys_of("tenants[].emergency_accounts[]"), testing::ElementsAre("object_id", "name"));
    EXPECT_THAT(keys_of(""), testing::ElementsAre("state_directory", "listen", "api_tokens_file", "tenants",
                                                  "destinations", "escalations", "reminders", "canary",
                                                  "proxy", "evidence", "heartbeat", "rules"));
    EXPECT_TRUE(keys_of("tenant").empty()) << "the beginning of a name is no section";
    EXPECT_EQ(find_setting("", "rules.disable"), nullptr) << "a key with a dot must not reach into a section";
}

}  // namespace
}  // namespace entrawatch
