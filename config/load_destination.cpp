// One entry of `destinations:`.
#include "config/files.hpp"
#include "config/load_parts.hpp"
#include "config/url.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

void read_url(const Section& section, DestinationSettings& destination, LoadContext& context) {
    if (section.has("url") == section.has("url_file")) {
        context.error(section.line(), "a webhook needs exactly one of `url_file` and `url`");
    }
    if (section.has("url")) {
        destination.url = Secret{section.text("url")};
        if (const auto exposed = exposure_of(context.file)) {
            context.warning(section.line_of("url"), "`url` stands in a file that is not private: " +
                                                        *exposed + ", or use `url_file`");
        }
        return;
    }
    const auto secret = secret_at(section, "url_file", context);
    if (!secret) return;
    destination.url_file = *file_at(section, "url_file", context);
    const std::string_view url = trim(secret->reveal());
    if (const auto good = check_url(url); !good) {
        context.error(section.line_of("url_file"),
                      "`url_file`: " + destination.url_file.string() + ": " + good.error().what);
    }
    destination.url = Secret{std::string{url}};
}

void read_signing_keys(const Section& section, DestinationSettings& destination, LoadContext& context) {
    const auto secret = secret_at(section, "signing_secret_file", context);
    if (!secret) return;
    destination.signing_secret_file = *file_at(section, "signing_secret_file", context);
    auto keys = parse_signing_keys(secret->reveal());
    if (keys) {
        destination.signing_keys = std::move(*keys);
    } else {
        context.error(section.line_of("signing_secret_file"),
                      "`signing_secret_file`: " + destination.signing_secret_file.string() + ": " +
                          keys.error().text());
    }
}

void read_path(const Section& section, DestinationSettings& destination, LoadContext& context) {
    auto path = file_at(section, "path", context);
    if (!path) {
        context.error(section.line(), "a destination of type file needs `path`");
        return;
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(*path, ignored)) {
        context.error(section.line_of("path"), "`path`: " + path->string() + " is a folder: name a file");
    } else if (!std::filesystem::is_directory(path->parent_path(), ignored)) {
        context.error(section.line_of("path"),
                      "`path`: the folder " + path->parent_path().string() + " does not exist");
    }
    destination.path = std::move(*path);
}

void read_routing(const Section& section, DestinationSettings& destination, LoadContext& context) {
    if (const auto severity = severity_of(section.text("minimum_severity")))
        destination.minimum_severity = *severity;
    destination.tenants = section.texts("tenants");
    if (section.has("tenants") && section.node().find("tenants")->is_list() && destination.tenants.empty()) {
        context.error(section.line_of("tenants"), "`tenants` is empty: leave it out for all tenants");
    }
}

}  // namespace

DestinationSettings read_destination(const Section& section, LoadContext& context) {
    DestinationSettings destination;
    destination.name = section.text("name");
    read_routing(section, destination, context);
    // Of a type that is unknown or comes later nothing more can be asked.
    const std::string type = section.text("type");
    if (type == "webhook") {
        destination.type = DestinationType::webhook;
        read_url(section, destination, context);
        read_signing_keys(section, destination, context);
        destination.ca_file = ca_file_at(section, context);
    } else if (type == "file") {
        destination.type = DestinationType::file;
        read_path(section, destination, context);
    }
    return destination;
}

}  // namespace entrawatch
