// `rules:`.
#include "config/files.hpp"
#include "config/load_parts.hpp"

namespace entrawatch {

RuleSettings read_rule_settings(const Section& rules, LoadContext& context) {
    RuleSettings out;
    for (const std::string& written : rules.texts("directories")) {
        std::filesystem::path folder = resolve(written, context.file, {});
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored)) {
            context.error(rules.line_of("directories"),
                          "`directories`: " + folder.string() + " is no folder");
        }
        out.directories.push_back(std::move(folder));
    }
    out.disable = rules.texts("disable");
    const Section lists = rules.section("lists");
    for (const YamlNode& key : lists.node().keys)
        out.lists.emplace(key.text, lists.texts(key.text));
    return out;
}

}  // namespace entrawatch
