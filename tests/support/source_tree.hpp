// Where the source tree, the shipped data and (where it exists) the labelled corpus are, for tests that read
// files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace entrawatch::test {

[[nodiscard]] std::filesystem::path source_dir();
// The folder of labelled real records beside the checkout; nullopt where there is none: such tests skip,
// visibly.
[[nodiscard]] std::optional<std::filesystem::path> corpus_dir();
// Fails the test (and returns an empty text) when the file cannot be read.
[[nodiscard]] std::string read_text(const std::filesystem::path& file);

}  // namespace entrawatch::test
