#include "config/proxy.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_part = 255;  // RFC 1929 counts it in one byte

bool is_one_part(std::string_view text) {
    return !text.empty() && text.size() <= longest_part && std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7F;
    });
}

NoProxy this_machine_and_its_link() {
    NoProxy here;
    for (const char* entry :
         {"localhost", "127.0.0.0/8", "::1", "169.254.0.0/16", "fe80::/10", "0.0.0.0", "::"})
        static_cast<void>(here.add(entry));
    return here;
}

}  // namespace

bool Proxy::serves(const Url& target) const {
    return target.is_secure() && !is_only_here(target.host) && !no_proxy.covers(target.host);
}

Result<> check_proxy_credentials(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && is_one_part(text.substr(0, colon)) &&
        is_one_part(text.substr(colon + 1)))
        return {};
    return fail(ErrorCode::invalid,
                "must hold USER:PASSWORD on one line, each of 1 to 255 bytes without control characters");
}

bool is_only_here(std::string_view host) {
    static const NoProxy here = this_machine_and_its_link();
    return here.covers(host);
}

}  // namespace entrawatch
