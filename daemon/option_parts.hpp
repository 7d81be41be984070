// option_parts: what the declarations of commands share, and the groups of commands that have a file of their
// own.
//
// Slow to compile (CLI11): included by options*.cpp alone. Read next: options.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/options.hpp"

namespace entrawatch {

// Declares a command whose options struct becomes `chosen` when it is the one typed.
template <class Options>
std::pair<CLI::App*, std::shared_ptr<Options>> declare(CLI::App& parent, const std::string& name,
                                                       const std::string& sentence, Command& chosen) {
    CLI::App* app = parent.add_subcommand(name, sentence);
    auto options = std::make_shared<Options>();
    app->callback([options, &chosen] { chosen = *options; });
    return {app, options};
}

inline void text_option(CLI::App* app, const std::string& flag, std::string& into,
                        const std::string& sentence, const std::string& what = "TEXT") {
    app->add_option(flag, into, sentence)->type_name(what);
}

inline CLI::Option* config_option(CLI::App* app, std::filesystem::path& into) {
    return app
        ->add_option_function<std::string>(
            "--config", [&into](const std::string& value) { into = value; }, "the settings file")
        ->type_name("FILE");
}

inline void format_option(CLI::App* app, Format& into, const std::vector<std::string>& names) {
    app->add_option_function<std::string>(
           "--format", [&into](const std::string& value) { into = format_of(value).value_or(Format::table); },
           "how to print")
        ->check(CLI::IsMember(names))
        ->default_str("table");
}

inline CLI::Option* severity_option(CLI::App* app, const std::string& flag, std::optional<Severity>& into,
                                    const std::string& sentence) {
    return app
        ->add_option_function<std::string>(
            flag, [&into](const std::string& name) { into = severity_of(name); }, sentence)
        ->check(
            CLI::IsMember(std::vector<std::string>{"informational", "low", "medium", "high", "critical"}));
}

inline const std::vector<std::string>& listing_formats() {
    static const std::vector<std::string> names{format_names.begin(), format_names.end()};
    return names;
}
inline const std::vector<std::string>& story_formats() {
    static const std::vector<std::string> names{"table", "json"};
    return names;
}

// The feed of that name, typed for --feed; throws CLI::ValidationError with the nearest.
[[nodiscard]] FeedId named_feed(const std::string& name);
inline CLI::Option* feed_option(CLI::App* app, std::optional<FeedId>& into, const std::string& sentence) {
    return app
        ->add_option_function<std::string>(
            "--feed", [&into](const std::string& name) { into = named_feed(name); }, sentence)
        ->type_name("FEED");
}

// `alerts …`, `mute …`, `rules …` and `evidence …`.
void add_alerts(CLI::App& app, Command& chosen);
void add_dead(CLI::App& alerts, Command& chosen);  // below `alerts`
void add_mute(CLI::App& app, Command& chosen);
void add_drill(CLI::App& app, Command& chosen);
void add_hold(CLI::App& app, Command& chosen);
void add_rules(CLI::App& app, Command& chosen);
void add_evidence(CLI::App& app, Command& chosen);

}  // namespace entrawatch
