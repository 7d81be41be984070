#include "config/load.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "config/configuration_texts.hpp"
#include "config/files.hpp"
#include "config/load_parts.hpp"
#include "config/value_forms.hpp"
#include "core/base/text.hpp"

namespace entrawatch {

// The one place that can make Settings.
class SettingsBuilder {
  public:
    SettingsBuilder(const YamlNode& root, LoadContext& context) : root_(root, ""), context_(context) {}

    Settings build() {
        settings_.file = context_.file;
        settings_.text = settings_text(root_.node());
        settings_.state_directory = *file_at(root_, "state_directory", context_);
        check_state_directory();
        read_listen();
        settings_.api_tokens = read_api_tokens(root_, context_);
        if (root_.has("proxy")) settings_.proxy = read_proxy(root_.section("proxy"), context_);
        read_tenants();
        read_destinations();
        settings_.escalations = read_escalations(root_, settings_.destinations, context_);
        for (const Section& section : root_.sections("escalations"))
            tell_unknown_tenants(section);
        if (root_.has("reminders")) settings_.reminders = read_reminders(root_.section("reminders"));
        if (root_.has("canary")) settings_.canary = read_canary(root_.section("canary"), context_);
        settings_.evidence = read_evidence(root_.section("evidence"), context_);
        tell_unknown_destinations();
        if (root_.has("heartbeat"))
            settings_.heartbeat = read_heartbeat(root_.section("heartbeat"), context_);
        if (settings_.heartbeat) settings_.heartbeat->proxy = settings_.proxy;
        settings_.rules = read_rule_settings(root_.section("rules"), context_);
        return std::move(settings_);
    }

  private:
    void check_state_directory() {
        std::error_code ignored;
        const auto status = std::filesystem::status(settings_.state_directory, ignored);
        if (std::filesystem::exists(status) && !std::filesystem::is_directory(status)) {
            context_.error(root_.line_of("state_directory"),
                           "`state_directory`: " + settings_.state_directory.string() + " is no folder");
        }
    }

    void read_listen() {
        const std::string text = root_.text("listen");
        if (text == "off") {
            settings_.listen_port = -1;
            return;
        }
        const auto address = parse_listen(text);
        if (!address) return;
        settings_.listen_host = address->host;
        settings_.listen_port = address->port;
        if (!address->loopback) {
            context_.warning(
                root_.line_of("listen"),
                "`listen` is reachable from other machines, without encryption or a password: use a loopback "
                "address and a proxy in front of it");
        }
    }

    void read_tenants() {
        std::map<std::string, int> names;
        std::map<std::string, int> ids;
        for (const Section& section : root_.sections("tenants")) {
            settings_.tenants.push_back(read_tenant(section, settings_.state_directory, context_));
            settings_.tenants.back().proxy = settings_.proxy;
            tell_second(names, section, "name");
            tell_second(ids, section, "tenant_id");
        }
        if (root_.has("tenants") && root_.node().find("tenants")->is_list() &&
            root_.node().find("tenants")->items.empty()) {
            context_.error(root_.line_of("tenants"), "`tenants` is empty: nothing would be watched");
        }
    }

    void read_destinations() {
        std::map<std::string, int> names;
        for (const Section& section : root_.sections("destinations")) {
            settings_.destinations.push_back(read_destination(section, settings_.tenants, context_));
            settings_.destinations.back().proxy = read_proxy_of(section, settings_.proxy, context_);
            warn_of_unheard_syslog(section, settings_.destinations.back());
            tell_second(names, section, "name");
            tell_unknown_tenants(section);
        }
        if (settings_.destinations.empty()) {
            context_.warning(root_.line(), "no `destinations`: alerts are stored, but nobody is told");
        }
    }

    // Nobody answers to syslog: what the proxy's TCP has acknowledged is all there is to know.
    void warn_of_unheard_syslog(const Section& section, const DestinationSettings& destination) {
        if (destination.type != DestinationType::syslog || !destination.proxy) return;
        const auto peer = Url::parse_peer(destination.url.reveal());
        if (!peer || !destination.proxy->serves(*peer)) return;
        context_.warning(
            section.line_of("address"),
            "`address`: through a proxy a message counts as delivered once the proxy has it: use "
            "`proxy: off` where syslog can be reached directly");
    }

    // Of two entries the later one is told, with the place of the first.
    void tell_second(std::map<std::string, int>& seen, const Section& section, std::string_view key) {
        const std::string value = to_lower_ascii(section.text(key));
        if (value.empty()) return;
        const auto [first, fresh] = seen.emplace(value, section.line_of(key));
        if (fresh) return;
        context_.error(section.line_of(key),
                       "`" + std::string{key} + "` is the same as in line " + std::to_string(first->second));
    }

    void tell_unknown_destinations() {
        std::vector<std::string> known;
        for (const DestinationSettings& one : settings_.destinations)
            known.push_back(one.name);
        for (const std::string& name : settings_.evidence.head_destinations) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            const std::string near = nearest(name, known);
            context_.error(root_.section("evidence").line_of("head_destinations"),
                           "`head_destinations` names `" + for_terminal(cut_utf8(name, 40)) +
                               "`, which is no destination" +
                               (near.empty() ? "" : "; did you mean `" + near + "`?"));
        }
    }

    void tell_unknown_tenants(const Section& section) {
        std::vector<std::string> known;
        for (const TenantSettings& tenant : settings_.tenants)
            known.push_back(tenant.name);
        for (const std::string& name : section.texts("tenants")) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            const std::string near = nearest(name, known);
            context_.error(section.line_of("tenants"),
                           "`tenants` names `" + for_terminal(cut_utf8(name, 40)) +
                               "`, which is no tenant above" +
                               (near.empty() ? "" : "; did you mean `" + near + "`?"));
        }
    }

    Section root_;
    LoadContext& context_;
    Settings settings_;
};

namespace {

// By line, so that a person mends the file from top to bottom.
Problems in_file_order(Problems problems) {
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    return problems;
}

}  // namespace

LoadedSettings load_settings(const std::filesystem::path& file) {
    const auto text = read_small_file(file, max_yaml_bytes);
    if (!text) return {std::nullopt, {{file.string(), 0, text.error().what, false}}};
    const char* credentials =
        std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): read-only
    return parse_settings(*text, std::filesystem::absolute(file), credentials == nullptr ? "" : credentials);
}

LoadedSettings parse_settings(std::string_view yaml, const std::filesystem::path& file,
                              const std::filesystem::path& credentials_directory) {
    YamlText tree = read_yaml_tree(yaml, file.string());
    if (!tree.problems.empty()) return {std::nullopt, std::move(tree.problems)};
    LoadContext context{file, credentials_directory, {}};
    check_settings(tree.root, context);
    LoadedSettings loaded;
    if (tree.root.is_map()) loaded.settings = SettingsBuilder{tree.root, context}.build();
    loaded.problems = in_file_order(std::move(context.problems));
    if (has_errors(loaded.problems)) loaded.settings.reset();
    return loaded;
}

}  // namespace entrawatch
