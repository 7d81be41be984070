// `proxy:`, and what a destination says of a proxy of its own.
#include "config/files.hpp"
#include "config/load_parts.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// Also told: the password itself in place of its file.
Secret read_credentials(const Section& section, const char* key, LoadContext& context) {
    const std::string name = "`" + std::string{key} + "`";
    const std::string written = section.text(key);
    if (written.find(':') != std::string::npos && written.find('/') == std::string::npos) {
        context.error(section.line_of(key),
                      name + " holds a secret itself: put the secret into a file and name the file here");
        return {};
    }
    auto secret = secret_at(section, key, context);
    if (!secret) return {};
    if (const auto good = check_proxy_credentials(secret->reveal()); !good) {
        context.error(section.line_of(key),
                      name + ": " + file_at(section, key, context)->string() + ": " + good.error().what);
    }
    return std::move(*secret);
}

// Basic and SOCKS 5 say the password as it is.
void warn_of_a_readable_password(const Section& section, const char* key, const Proxy& proxy,
                                 LoadContext& context) {
    if (proxy.credentials.empty() || proxy.url.is_secure() || proxy.url.is_loopback()) return;
    context.warning(section.line_of(key),
                    "`" + std::string{key} +
                        "`: the password goes to the proxy in the clear: use an https:// "
                        "proxy where there is one");
}

void read_no_proxy(const Section& section, Proxy& proxy, LoadContext& context) {
    for (const std::string& entry : section.texts("no_proxy")) {
        const auto added = proxy.no_proxy.add(entry);
        if (added) continue;
        const bool may_hold_a_password = entry.find('@') != std::string::npos;
        const std::string quoted = "`" + for_terminal(cut_utf8(entry, 40)) + "`";
        context.error(
            section.line_of("no_proxy"),
            "`no_proxy`: " + (may_hold_a_password ? "an entry" : quoted) + " " + added.error().what);
    }
}

}  // namespace

SharedProxy read_proxy(const Section& section, LoadContext& context) {
    auto url = Url::parse_proxy(section.text("url"));
    if (!url) return nullptr;  // told already
    Proxy proxy;
    proxy.url = std::move(*url);
    proxy.credentials = read_credentials(section, "credentials_file", context);
    warn_of_a_readable_password(section, "credentials_file", proxy, context);
    read_no_proxy(section, proxy, context);
    proxy.ca_file = ca_file_at(section, context);
    return std::make_shared<const Proxy>(std::move(proxy));
}

SharedProxy read_proxy_of(const Section& destination, const SharedProxy& general, LoadContext& context) {
    const std::string text = destination.text("proxy");
    if (destination.has("proxy_credentials_file") && (text.empty() || text == "off")) {
        context.error(destination.line_of("proxy_credentials_file"),
                      "`proxy_credentials_file` needs a `proxy` beside it");
        return nullptr;
    }
    if (text.empty()) return general;
    auto url = Url::parse_proxy(text);
    if (!url) return nullptr;  // off, or told already
    Proxy proxy;
    proxy.url = std::move(*url);
    if (general) proxy.ca_file = general->ca_file;
    proxy.credentials = read_credentials(destination, "proxy_credentials_file", context);
    warn_of_a_readable_password(destination, "proxy_credentials_file", proxy, context);
    return std::make_shared<const Proxy>(std::move(proxy));
}

}  // namespace entrawatch
