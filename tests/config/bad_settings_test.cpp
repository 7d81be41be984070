// One file per mistake in tests/config/bad, named after it. Its first lines say what must be told: "#
// expected LINE: sentence", and nothing else may be. "{dir}" stands for the folder of the settings file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "config/load.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> bad_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{fs::path{ENTRAWATCH_SOURCE_DIR} / "tests/config/bad"})
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::vector<std::string> expected_in(const std::string& yaml, const std::string& folder) {
    constexpr std::string_view mark = "# expected ";
    std::vector<std::string> out;
    std::istringstream lines{yaml};
    for (std::string line; std::getline(lines, line) && line.substr(0, mark.size()) == mark;)
        out.push_back(replaced(line.substr(mark.size()), "{dir}", folder));
    return out;
}

std::vector<std::string> told_by(const Problems& problems) {
    std::vector<std::string> out;
    for (const Problem& problem : problems)
        out.push_back(std::to_string(problem.line) + ": " + (problem.warning ? "warning: " : "") +
                      problem.message);
    return out;
}

class BadSettings : public testing::TestWithParam<fs::path> {};

TEST_P(BadSettings, TellTheMistakeWithItsPlaceAndNothingElse) {
    const SettingsFolder folder;
    const std::string yaml = text_of_file(GetParam());
    const std::vector<std::string> expected = expected_in(yaml, folder.path().string());
    ASSERT_FALSE(expected.empty()) << "the file must say what is expected";
    const LoadedSettings loaded = parse_settings(yaml, folder.settings_file(), {});
    EXPECT_EQ(told_by(loaded.problems), expected);
    EXPECT_EQ(loaded.settings.has_value(), !has_errors(loaded.problems));
}

TEST_P(BadSettings, NeverTellASecret) {
    const SettingsFolder folder;
    for (const Problem& problem :
         parse_settings(text_of_file(GetParam()), folder.settings_file(), {}).problems)
        EXPECT_THAT(problem.text(), testing::Not(testing::HasSubstr("CANARY")));
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
    return replaced(info.param.stem().string(), "-", "_");
}

INSTANTIATE_TEST_SUITE_P(Settings, BadSettings, testing::ValuesIn(bad_files()), test_name);

}  // namespace
}  // namespace entrawatch
