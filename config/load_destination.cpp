// One entry of `destinations:`.
#include <algorithm>
#include <array>

#include "config/credential_files.hpp"
#include "config/files.hpp"
#include "config/load_parts.hpp"
#include "config/url.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string a_destination(const Section& section) {
    return "a destination of type " + section.text("type");
}

void read_url(const Section& section, DestinationSettings& destination, LoadContext& context) {
    if (section.has("url") == section.has("url_file")) {
        const std::string what = section.text("type") == "webhook" ? "a webhook" : a_destination(section);
        context.error(section.line(), what + " needs exactly one of `url_file` and `url`");
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
    destination.escalations_only = section.flag("escalations_only");
    if (section.has("tenants") && section.node().find("tenants")->is_list() && destination.tenants.empty()) {
        context.error(section.line_of("tenants"), "`tenants` is empty: leave it out for all tenants");
    }
}

// Where a service stands when the settings do not say, and the file of the key it asks for.
struct Service {
    DestinationType type;
    const char* default_url;
    const char* key_file;
};
constexpr std::array services{
    Service{DestinationType::pagerduty, "https://events.pagerduty.com", "routing_key_file"},
    Service{DestinationType::opsgenie, "https://api.opsgenie.com", "api_key_file"},
    Service{DestinationType::servicenow, "", "password_file"},
    Service{DestinationType::alertmanager, "", ""},
    Service{DestinationType::splunk_hec, "", "token_file"},
    Service{DestinationType::sentinel, "", ""},
};

// It becomes part of a header or a JSON member: a line break in the middle is a slip of the hand.
bool is_one_word(std::string_view key) {
    return std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

void read_key(const Section& section, const char* key, DestinationSettings& destination,
              LoadContext& context) {
    const std::string name = "`" + std::string{key} + "`";
    if (!section.has(key)) {
        context.error(section.line(), a_destination(section) + " needs " + name);
        return;
    }
    auto secret = secret_at(section, key, context);
    if (!secret) return;
    destination.key_file = *file_at(section, key, context);
    // A password may hold anything: it is encoded before it is sent.
    if (destination.type != DestinationType::servicenow && !is_one_word(secret->reveal())) {
        context.error(section.line_of(key), name + ": " + destination.key_file.string() +
                                                ": holds a blank or another character that no key has");
    }
    destination.key = std::move(*secret);
}

void read_service_now(const Section& section, DestinationSettings& destination, LoadContext& context) {
    destination.username = section.text("username");
    if (destination.username.empty()) {
        context.error(section.line(), a_destination(section) + " needs `username`");
    } else if (destination.username.find(':') != std::string::npos) {
        context.error(section.line_of("username"), "`username` must not hold a colon");
    }
    if (section.text("records") == "incidents") destination.records = ServiceNowRecords::incidents;
}

void read_service(const Section& section, DestinationSettings& destination, LoadContext& context) {
    const auto* service = std::find_if(services.begin(), services.end(),
                                       [&](const Service& one) { return one.type == destination.type; });
    const std::string url = section.has("url") ? section.text("url") : service->default_url;
    if (url.empty()) {
        context.error(section.line(), a_destination(section) + " needs `url`");
    } else if (url.find('?') != std::string::npos) {
        context.error(section.line_of("url"),
                      "`url` must not hold a query: the path of the API is added to it");
    }
    destination.url = Secret{url};
    if (destination.type == DestinationType::servicenow) read_service_now(section, destination, context);
    if (*service->key_file != 0) read_key(section, service->key_file, destination, context);
}

void read_client_certificate(const Section& section, DestinationSettings& destination, LoadContext& context) {
    destination.client_certificate_file = file_at(section, "client_certificate_file", context);
    destination.client_key_file = file_at(section, "client_key_file", context);
    if (!destination.client_certificate_file && !destination.client_key_file) return;
    if (!destination.client_certificate_file || !destination.client_key_file) {
        context.error(section.line(), "`client_certificate_file` and `client_key_file` are given together");
        return;
    }
    const auto fits =
        check_client_certificate({*destination.client_certificate_file, *destination.client_key_file});
    if (!fits) context.error(section.line_of("client_key_file"), "`client_key_file`: " + fits.error().text());
    if (const auto exposed = exposure_of(*destination.client_key_file))
        context.warning(section.line_of("client_key_file"), "`client_key_file`: " + *exposed);
}

void read_syslog(const Section& section, DestinationSettings& destination, LoadContext& context) {
    if (!section.has("address"))
        context.error(section.line(), a_destination(section) + " needs `address`, such as tls://host:6514");
    destination.url = Secret{section.text("address")};
    if (const auto facility = syslog_facility_of(section.text("facility"))) destination.facility = *facility;
}

}  // namespace

DestinationSettings read_destination(const Section& section, const std::vector<TenantSettings>& tenants,
                                     LoadContext& context) {
    DestinationSettings destination;
    destination.name = section.text("name");
    read_routing(section, destination, context);
    // Of a type that is unknown nothing more can be asked.
    const auto type = destination_type_of(section.text("type"));
    if (!type) return destination;
    destination.type = *type;
    if (*type == DestinationType::file) {
        read_path(section, destination, context);
        return destination;
    }
    if (*type == DestinationType::syslog) {
        read_syslog(section, destination, context);
    } else if (has_secret_url(*type)) {
        read_url(section, destination, context);
    } else {
        read_service(section, destination, context);
    }
    if (*type == DestinationType::webhook) {
        read_signing_keys(section, destination, context);
        if (const auto format = body_format_of(section.text("format"))) destination.format = *format;
    }
    if (*type == DestinationType::sentinel) destination.ingestion = read_ingestion(section, tenants, context);
    destination.ca_file = ca_file_at(section, context);
    read_client_certificate(section, destination, context);
    return destination;
}

}  // namespace entrawatch
