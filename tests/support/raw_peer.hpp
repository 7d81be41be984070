// RawPeer: a scripted peer on loopback, for what no honest server does: bytes cut, dripped, withheld or
// without end.
//
// Each connection plays its script step by step; connections beyond the scripts play the last one. Plain, or
// TLS when a certificate is given. Used by HTTP, syslog and Graph tests. Everything runs on the io_context of
// the test.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/test_certificates.hpp"

namespace entrawatch::test {

struct ReadHead {};  // until the blank line; the text is kept for requests()
struct ReadBytes {   // so many; they are kept for requests()
    std::size_t size;
};
struct ReadFrame {};  // "LENGTH MESSAGE", as syslog is framed; the message is kept for requests()
struct Send {
    std::string bytes;
};
struct Drip {  // one byte after each pause
    std::string bytes;
    std::chrono::milliseconds pause;
};
struct SendForEver {  // until the client hangs up
    std::string bytes;
};
struct CloseCleanly {};       // over TLS with the closing notice
struct Cut {};                // without it; plain: a reset
struct ReadClosingNotice {};  // over TLS; noted among requests() when it comes, and no mere end of the stream
struct Silence {};            // until the client hangs up
struct NoHandshake {};        // first step of a TLS peer: talk plain bytes instead

using Step = std::variant<ReadHead, ReadBytes, ReadFrame, Send, Drip, SendForEver, CloseCleanly, Cut,
                          ReadClosingNotice, Silence, NoHandshake>;
using Script = std::vector<Step>;

class RawPeer {
  public:
    RawPeer(boost::asio::io_context& io, std::optional<PemPair> certificate, std::vector<Script> scripts);
    ~RawPeer();
    // Over TLS: who comes without a certificate of that CA is turned away.
    void ask_for_certificate_of(const std::string& ca_pem);
    [[nodiscard]] int port() const;
    [[nodiscard]] const std::vector<std::string>& requests() const;
    [[nodiscard]] int connections() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::test
