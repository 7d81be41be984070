#include <ostream>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/daemon_client.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// "a.b: value" lines of a JSON value, for people.
void print_leaves(const OrderedJson& value, const std::string& path, std::ostream& out) {
    if (value.is_structured() && !value.empty()) {
        for (const auto& [name, item] : value.items()) {
            std::string below = path;
            below.append(path.empty() ? "" : ".").append(name);
            print_leaves(item, below, out);
        }
        return;
    }
    const std::string text = value.is_string() ? value.get<std::string>() : json_text(value, true);
    out << "  " << for_terminal(path) << (path.empty() ? "" : ": ") << for_terminal(text) << "\n";
}

}  // namespace

int run_status(const StatusOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto answer = ask_daemon(*settings, "/readyz");
    if (!answer) return complain(invocation, answer.error(), exit_problems);
    const bool ready = answer->status == 200;
    const auto body = OrderedJson::parse(answer->body, nullptr, false);
    if (options.format == Format::json) {
        const OrderedJson detail = body.is_discarded() ? OrderedJson(answer->body) : body;
        invocation.out << json_text({{"ready", ready}, {"http_status", answer->status}, {"detail", detail}},
                                    invocation.out_is_terminal, 2)
                       << "\n";
    } else {
        invocation.out << (ready ? "ready" : "not ready") << "\n";
        if (body.is_discarded()) {
            invocation.out << "  " << for_terminal(answer->body) << "\n";
        } else {
            print_leaves(body, "", invocation.out);
        }
    }
    return ready ? exit_ok : exit_problems;
}

}  // namespace entrawatch
