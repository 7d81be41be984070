// ProxyDialogue: what is said to a proxy until it has opened a tunnel, and what its answers mean. Pure: bytes
// in, bytes out.
//
// CONNECT (RFC 9110, 9.3.6) to http and https proxies, SOCKS 5 (RFC 1928, 1929) to the others; either way the
// proxy resolves the target's name. Whatever it says is hostile: at most 16 KiB, and not a byte beyond its
// last answer, because in a tunnel we speak first. Used by tunnel.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/proxy.hpp"

namespace entrawatch::http {

class ProxyDialogue {
  public:
    ProxyDialogue(SharedProxy proxy, Url target);

    // What is said first.
    [[nodiscard]] std::string opening() const;
    // What the proxy said next, in pieces of any size. The value is what is to be answered; empty while its
    // answer is not complete, and once the tunnel stands. Error: there will be no tunnel; `refused` when
    // somebody must mend it, at the proxy or in the settings.
    [[nodiscard]] Result<std::string> hear(std::string_view piece);
    [[nodiscard]] bool stands() const { return step_ == Step::stands; }

  private:
    enum class Step { connect, method, password, request, stands };
    // What one complete answer comes to; nullopt while it is not complete.
    using Heard = std::optional<Result<std::string>>;

    [[nodiscard]] Heard hear_answer();
    [[nodiscard]] Heard hear_connect();
    [[nodiscard]] Error refusal(int status, std::string_view head) const;
    [[nodiscard]] Heard hear_method();
    [[nodiscard]] Heard hear_password();
    [[nodiscard]] Heard hear_request();
    [[nodiscard]] std::string socks_request() const;
    [[nodiscard]] std::string to_target() const { return "no tunnel to " + target_.host_and_port(); }

    SharedProxy proxy_;
    Url target_;
    Step step_;
    std::string heard_;      // not judged yet
    std::size_t total_ = 0;  // ever heard
};

}  // namespace entrawatch::http
