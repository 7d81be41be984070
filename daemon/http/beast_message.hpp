// beast_message: our requests and answers as Boost.Beast has them, and its errors in our words. Inside of
// connection.cpp; nobody else uses it.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <string>

#include "daemon/http/client.hpp"

namespace entrawatch::http {

using ResponseParser = boost::beast::http::response_parser<boost::beast::http::string_body>;

// `where`: an origin, or Way::place().
[[nodiscard]] ExchangeError failed(ErrorCode code, std::string what, std::string where);
// `step`: what was tried, "cannot connect".
[[nodiscard]] ExchangeError failed(const std::string& step, const boost::system::error_code& error,
                                   const std::string& where);

[[nodiscard]] boost::beast::http::request<boost::beast::http::string_body> to_beast(const Request& request);

// The answer as a value, decoded (`max_body` octets at most); what was encoded leaves no header behind.
[[nodiscard]] tl::expected<Response, ExchangeError> to_response(ResponseParser& parser, std::size_t max_body,
                                                                const std::string& where);

}  // namespace entrawatch::http
