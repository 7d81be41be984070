// The files that settings name.
#include <algorithm>

#include "config/files.hpp"
#include "config/load.hpp"
#include "config/load_parts.hpp"
#include "core/base/guid.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// A secret written where the path of its file belongs: the usual slip, and a message that named the "path"
// would print it.
bool looks_like_a_secret(std::string_view text) {
    if (text.starts_with("whsec_") || text.find("://") != std::string_view::npos) return true;
    // A key in PEM form, or a JSON Web Token.
    if (text.starts_with("-----BEGIN") || text.starts_with("eyJ")) return true;
    // Integration keys have 32 letters and digits; API keys and collector tokens are GUIDs.
    constexpr std::size_t routing_key_length = 32;
    if (is_guid(text) ||
        (text.size() == routing_key_length && std::all_of(text.begin(), text.end(), is_ascii_alphanumeric)))
        return true;
    return text.size() >= 30 && text.find('~') != std::string_view::npos &&
           text.find('/') == std::string_view::npos;
}

}  // namespace

std::optional<std::filesystem::path> file_at(const Section& section, std::string_view key,
                                             const LoadContext& context) {
    const std::string written = section.text(key);
    if (written.empty()) return std::nullopt;
    return resolve(written, context.file, context.credentials_directory);
}

std::optional<std::filesystem::path> secret_file_at(const Section& section, std::string_view key,
                                                    LoadContext& context) {
    if (!looks_like_a_secret(section.text(key))) return file_at(section, key, context);
    context.error(section.line_of(key),
                  "`" + std::string{key} +
                      "` holds a secret itself: put the secret into a file and name the file here");
    return std::nullopt;
}

std::optional<Secret> secret_at(const Section& section, std::string_view key, LoadContext& context) {
    const auto file = secret_file_at(section, key, context);
    if (!file) return std::nullopt;
    const int line = section.line_of(key);
    const std::string name = "`" + std::string{key} + "`";
    auto secret = read_secret(*file);
    if (!secret) {
        context.error(line, name + ": " + secret.error().text());
        return std::nullopt;
    }
    if (const auto exposed = exposure_of(*file)) context.warning(line, name + ": " + *exposed);
    return std::move(*secret);
}

std::optional<std::filesystem::path> ca_file_at(const Section& section, LoadContext& context) {
    auto file = file_at(section, "ca_file", context);
    if (!file) return std::nullopt;
    if (const auto good = check_certificates(*file); !good) {
        context.error(section.line_of("ca_file"), "`ca_file`: " + good.error().text());
    }
    return file;
}

}  // namespace entrawatch
