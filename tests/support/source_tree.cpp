#include "tests/support/source_tree.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

namespace entrawatch::test {

std::filesystem::path source_dir() {
    return ENTRAWATCH_SOURCE_DIR;
}

std::optional<std::filesystem::path> corpus_dir() {
    const auto folder = source_dir() / ".." / "shared" / "corpus";
    if (!std::filesystem::is_directory(folder)) return std::nullopt;
    return std::filesystem::canonical(folder);
}

std::string read_text(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    EXPECT_TRUE(in.is_open()) << "cannot read " << file;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace entrawatch::test
