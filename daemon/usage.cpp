#include "daemon/usage.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string path_of(const CLI::App* app) {
    std::string path;
    for (; app != nullptr && app->get_parent() != nullptr; app = app->get_parent()) {
        path.insert(0, app->get_name() + (path.empty() ? "" : " "));
    }
    return path;
}

std::string unknown_option(const CLI::App& command, const std::string& typed) {
    const std::string flag = typed.substr(0, typed.find('='));
    std::vector<std::string> flags;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames())
            flags.push_back("--" + name);
    }
    const std::string near = suggestion(flag, flags);
    const std::string path = path_of(&command);
    return "unknown option " + for_terminal(flag) + (path.empty() ? "" : " of " + path) +
           (near.empty() ? "; `entrawatch help" + (path.empty() ? "" : " " + path) + "` lists them"
                         : "; did you mean " + near + "?");
}

std::string unknown_word(const CLI::App& command, const std::string& typed) {
    std::vector<std::string> names;
    for (const CLI::App* sub : command.get_subcommands({}))
        names.push_back(sub->get_name());
    const std::string path = path_of(&command);
    if (names.empty()) return path + " takes no further argument '" + for_terminal(typed) + "'";
    const std::string near = suggestion(typed, names);
    return "unknown command '" + for_terminal((path.empty() ? "" : path + " ") + typed) + "'" +
           (near.empty() ? "; `entrawatch help` lists the commands"
                         : "; did you mean " + (path.empty() ? near : path + " " + near) + "?");
}

}  // namespace

std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty())
        command = command->get_subcommands().back();
    const std::vector<std::string> rest = command->remaining();
    if (!rest.empty()) {
        const std::string& typed = rest.front();
        return typed.size() > 1 && typed.front() == '-' ? unknown_option(*command, typed)
                                                        : unknown_word(*command, typed);
    }
    const std::string path = path_of(command);
    if (error.get_name() == "RequiredError" && !command->get_subcommands({}).empty()) {
        return (path.empty() ? "a command is missing" : path + ": a command is missing") +
               "; `entrawatch help" + (path.empty() ? "" : " " + path) + "` lists them";
    }
    const std::string what = error.what();
    if (what == "--config is required")
        return path + ": --config FILE is missing; it names the settings file";
    std::string sentence = (path.empty() ? "" : path + ": ") + for_terminal(what);
    // Our own checks name a remedy after a semicolon; CLI11's do not.
    if (what.find("; ") != std::string::npos) return sentence;
    return sentence + "; see `entrawatch help" + (path.empty() ? "" : " " + path) + "`";
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
    const auto begins = std::find_if(names.begin(), names.end(), [typed](const std::string& name) {
        return typed.size() >= 2 && name.starts_with(typed);
    });
    return begins != names.end() ? *begins : nearest(typed, names);
}

}  // namespace entrawatch
