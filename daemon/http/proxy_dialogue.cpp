#include "daemon/http/proxy_dialogue.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "daemon/version.hpp"

namespace entrawatch::http {

namespace {

constexpr std::size_t longest_answer = std::size_t{16} * 1024;
constexpr std::size_t longest_quote = 120;

// SOCKS 5.
constexpr char version_5 = 5;
constexpr char password_version = 1;
constexpr char method_none = 0;
constexpr char method_password = 2;
constexpr unsigned char method_refused = 0xFF;
constexpr char command_connect = 1;
constexpr char type_ipv4 = 1;
constexpr char type_name = 3;
constexpr char type_ipv6 = 4;

struct SocksRefusal {
    unsigned char code;
    ErrorCode kind;
    std::string_view words;
};
constexpr std::array socks_refusals{
    SocksRefusal{1, ErrorCode::unavailable, "the proxy failed"},
    SocksRefusal{2, ErrorCode::refused, "the proxy's rules do not allow it; have them changed"},
    SocksRefusal{3, ErrorCode::unavailable, "the proxy has no way to its network"},
    SocksRefusal{4, ErrorCode::unavailable, "the proxy cannot reach the host, or does not find its name"},
    SocksRefusal{5, ErrorCode::unavailable, "the host refused the proxy's connection"},
    SocksRefusal{6, ErrorCode::unavailable, "the way from the proxy to the host was too long"},
    SocksRefusal{7, ErrorCode::refused, "the proxy does not connect for others"},
    SocksRefusal{8, ErrorCode::refused, "the proxy does not take this kind of address"},
};

constexpr std::string_view name_the_file =
    "; put USER:PASSWORD into a file and name it as its credentials file";

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// As RFC 1928 and 1929 write texts.
std::string counted_text(std::string_view text) {
    return static_cast<char>(text.size()) + std::string{text};
}

tl::unexpected<Error> no_such_proxy(std::string_view expected) {
    return fail(ErrorCode::invalid,
                "what answers is no " + std::string{expected} + " proxy; check scheme and port of its URL");
}

// "HTTP/1.1 200 Connection established" as 200; -1 when it is no status line.
int status_in(std::string_view line) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool grammar = (line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ")) &&
                         line.size() >= 12 && std::all_of(line.begin() + 9, line.begin() + 12, is_digit) &&
                         (line.size() == 12 || line[12] == ' ');
    return grammar ? (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0') : -1;
}

// The schemes of every Proxy-Authenticate, their first words.
std::vector<std::string> offered_in(std::string_view head) {
    constexpr std::string_view name = "proxy-authenticate:";
    std::vector<std::string> offered;
    while (!head.empty() && offered.size() < 5) {
        const std::size_t end = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        if (!starts_with_ignoring_ascii_case(line, name)) continue;
        const std::string_view value = trim(line.substr(name.size()));
        const std::string_view scheme = value.substr(0, value.find_first_of(" \t,"));
        offered.push_back(for_terminal(cut_utf8(scheme, 20)));
    }
    return offered;
}

// Of 407, and of 401, which tinyproxy says to a wrong password.
std::string words_for_password(int status, bool had_credentials, std::string_view head) {
    const std::string number = " (" + std::to_string(status) + ")";
    const std::vector<std::string> offered = offered_in(head);
    const bool basic = std::ranges::any_of(
        offered, [](const std::string& scheme) { return equal_ignoring_ascii_case(scheme, "basic"); });
    if (!offered.empty() && !basic) {
        return "the proxy asks for " + joined(offered) + number +
               ", and only Basic is spoken here; have it let this machine through by its address, or "
               "offer Basic";
    }
    if (had_credentials) {
        return "the proxy does not take the user name and password of its credentials file" + number +
               "; put the right ones there and reload";
    }
    return "the proxy wants a user name and a password" + number + std::string{name_the_file};
}

}  // namespace

ProxyDialogue::ProxyDialogue(SharedProxy proxy, Url target)
    : proxy_(std::move(proxy)),
      target_(std::move(target)),
      step_(proxy_->url.scheme == "socks5h" ? Step::method : Step::connect) {}

std::string ProxyDialogue::opening() const {
    const std::string_view credentials = proxy_->credentials.reveal();
    if (step_ == Step::method) {
        if (credentials.empty()) return {version_5, 1, method_none};
        return {version_5, 2, method_none, method_password};
    }
    const std::string to = target_.host_and_port();
    std::string request = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\nUser-Agent: entrawatch/" +
                          std::string{program_version} + "\r\n";
    if (!credentials.empty()) request += "Proxy-Authorization: Basic " + to_base64(credentials) + "\r\n";
    return request + "\r\n";
}

Result<std::string> ProxyDialogue::hear(std::string_view piece) {
    total_ += piece.size();
    if (total_ > longest_answer)
        return fail(ErrorCode::too_large, to_target() + ": the proxy's answer is over 16 KiB");
    heard_ += piece;
    const Heard heard = hear_answer();
    if (heard && !*heard) return fail((*heard).error().code, to_target() + ": " + (*heard).error().what);
    if ((heard || stands()) && !heard_.empty())
        return fail(ErrorCode::invalid, to_target() + ": the proxy said more than its answer");
    return heard ? **heard : std::string{};
}

ProxyDialogue::Heard ProxyDialogue::hear_answer() {
    switch (step_) {
        case Step::connect:
            return hear_connect();
        case Step::method:
            return hear_method();
        case Step::password:
            return hear_password();
        case Step::request:
            return hear_request();
        case Step::stands:
            break;
    }
    return std::nullopt;
}

ProxyDialogue::Heard ProxyDialogue::hear_connect() {
    constexpr std::string_view beginning = "HTTP/1.";
    if (!beginning.starts_with(heard_.substr(0, beginning.size()))) return no_such_proxy("HTTP");
    const std::size_t end = heard_.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const std::string head = heard_.substr(0, end);
    const int status = status_in(head.substr(0, head.find("\r\n")));
    if (status < 200 || status > 599) return no_such_proxy("HTTP");
    if (status > 299) return tl::make_unexpected(refusal(status, head));
    heard_.erase(0, end + 4);
    step_ = Step::stands;
    return std::string{};
}

Error ProxyDialogue::refusal(int status, std::string_view head) const {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const std::string said = for_terminal(cut_utf8(trim(line.substr(9)), longest_quote));
    if (status == 407 || status == 401)
        return {ErrorCode::refused, words_for_password(status, !proxy_->credentials.empty(), head), {}};
    if (status == 502 || status == 503 || status == 504)
        return {ErrorCode::unavailable, "the proxy cannot reach it (" + said + ")", {}};
    if (status == 403) {
        return {ErrorCode::refused,
                "the proxy does not allow it (" + said +
                    "); have its rules changed, or name the host in `no_proxy`",
                {}};
    }
    if (status == 400 || status == 404 || status == 405 || status == 501) {
        return {ErrorCode::refused,
                "what answers opens no tunnel by CONNECT (" + said + "); is it the proxy, or a web server?",
                {}};
    }
    return {ErrorCode::unavailable, "the proxy answers " + said, {}};
}

ProxyDialogue::Heard ProxyDialogue::hear_method() {
    if (!heard_.empty() && heard_[0] != version_5) return no_such_proxy("SOCKS 5");
    if (heard_.size() < 2) return std::nullopt;
    const std::string_view credentials = proxy_->credentials.reveal();
    const unsigned char method = byte_at(heard_, 1);
    heard_.erase(0, 2);
    if (method == method_none) {
        step_ = Step::request;
        return socks_request();
    }
    if (method == method_password && !credentials.empty()) {
        step_ = Step::password;
        const std::string_view user = credentials.substr(0, credentials.find(':'));
        const std::string_view password = credentials.substr(user.size() + 1);
        return password_version + counted_text(user) + counted_text(password);
    }
    if (method != method_refused) return no_such_proxy("SOCKS 5");
    return fail(ErrorCode::refused,
                credentials.empty()
                    ? "the proxy wants a user name and a password" + std::string{name_the_file}
                    : "the proxy takes neither a user name with password nor somebody without; have it let "
                      "this machine through by its address");
}

ProxyDialogue::Heard ProxyDialogue::hear_password() {
    if (!heard_.empty() && heard_[0] != password_version) return no_such_proxy("SOCKS 5");
    if (heard_.size() < 2) return std::nullopt;
    const bool taken = heard_[1] == 0;
    heard_.erase(0, 2);
    if (!taken) {
        return fail(ErrorCode::refused,
                    "the proxy does not take the user name and password of its credentials file; put the "
                    "right ones there and reload");
    }
    step_ = Step::request;
    return socks_request();
}

// The name goes to the proxy as it stands, to be resolved there.
std::string ProxyDialogue::socks_request() const {
    std::string request{version_5, command_connect, 0};
    if (const auto address = parse_address(target_.host)) {
        const bool v6 = target_.host.find(':') != std::string::npos;
        request += v6 ? type_ipv6 : type_ipv4;
        request.append(v6 ? address->begin() : address->begin() + 12, address->end());
    } else {
        request += type_name + counted_text(target_.host);
    }
    const auto port = static_cast<unsigned>(std::stoul(target_.port));
    request += static_cast<char>(port >> 8U);
    request += static_cast<char>(port & 0xFFU);
    return request;
}

ProxyDialogue::Heard ProxyDialogue::hear_request() {
    if (!heard_.empty() && heard_[0] != version_5) return no_such_proxy("SOCKS 5");
    if (heard_.size() < 2) return std::nullopt;
    // Some close right after the code of a refusal.
    if (const unsigned char code = byte_at(heard_, 1); code != 0) {
        const auto* known = std::ranges::find(socks_refusals, code, &SocksRefusal::code);
        if (known != socks_refusals.end()) return fail(known->kind, std::string{known->words});
        return fail(ErrorCode::unavailable, "the proxy answers with code " + std::to_string(code));
    }
    if (heard_.size() < 5) return std::nullopt;
    const char type = heard_[3];
    if (heard_[2] != 0 || (type != type_ipv4 && type != type_ipv6 && type != type_name))
        return no_such_proxy("SOCKS 5");
    // Where the proxy says it is bound, which nobody here needs to know, and a port.
    const std::size_t place = type == type_ipv4 ? 4U : type == type_ipv6 ? 16U : byte_at(heard_, 4) + 1U;
    if (heard_.size() < 4 + place + 2) return std::nullopt;
    heard_.erase(0, 4 + place + 2);
    step_ = Step::stands;
    return std::string{};
}

}  // namespace entrawatch::http
