#include "config/no_proxy.hpp"

#include <algorithm>

#include "config/url.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string_view without_last_dot(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    return name;
}

std::string_view without_brackets(std::string_view text) {
    const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
    return bracketed ? text.substr(1, text.size() - 2) : text;
}

// As the host of a URL must be, so that an entry can match one.
bool can_be_a_host(const std::string& name) {
    return name.find_first_of("/?:@#") == std::string::npos && Url::parse("https://" + name).has_value();
}

}  // namespace

Result<> NoProxy::add(std::string_view entry) {
    if (const auto network = AddressRange::parse(without_brackets(entry))) {
        networks_.push_back(*network);
        return {};
    }
    if (entry == "*") return fail(ErrorCode::invalid, "covers everything: leave `proxy` out instead");
    if (entry.find("://") != std::string_view::npos)
        return fail(ErrorCode::invalid, "is a URL: write the host name only");
    if (entry.find('/') != std::string_view::npos)
        return fail(ErrorCode::invalid, "is no network: write it as 10.0.0.0/8 or 2001:db8::/32");
    if (entry.find(':') != std::string_view::npos)
        return fail(ErrorCode::invalid, "is no IPv6 address, and takes no port: write the host only");
    std::string name = to_lower_ascii(without_last_dot(entry));
    if (name.starts_with("*.")) name.erase(0, 1);
    const bool below_only = name.starts_with('.');
    if (!can_be_a_host(below_only ? name.substr(1) : name)) {
        return fail(ErrorCode::invalid,
                    "is no host name, suffix (.contoso.example), address or network (10.0.0.0/8)");
    }
    (below_only ? suffixes_ : names_).push_back(std::move(name));
    return {};
}

bool NoProxy::covers(std::string_view host) const {
    if (const auto address = parse_address(host)) {
        return std::ranges::any_of(networks_,
                                   [&](const AddressRange& network) { return network.contains(*address); });
    }
    const std::string name = to_lower_ascii(without_last_dot(host));
    return std::ranges::any_of(
               names_, [&](const std::string& one) { return name == one || name.ends_with("." + one); }) ||
           std::ranges::any_of(suffixes_, [&](const std::string& one) {
               return name.size() > one.size() && name.ends_with(one);
           });
}

}  // namespace entrawatch
