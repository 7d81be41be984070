#include "daemon/http/beast_message.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

#include "daemon/http/gzip.hpp"

namespace entrawatch::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

ExchangeError failed(ErrorCode code, std::string what, std::string where) {
    return {{code, std::move(what), std::move(where)}};
}

ExchangeError failed(const std::string& step, const error_code& error, const std::string& where) {
    if (error == beast::error::timeout) {
        ExchangeError late = failed(ErrorCode::unavailable, step + ": no answer in time", where);
        late.timed_out = true;
        return late;
    }
    if (error == beast::http::error::body_limit)
        return failed(ErrorCode::too_large, "the answer's body is over the limit", where);
    if (error == beast::http::error::header_limit)
        return failed(ErrorCode::too_large, "the answer's head is over 64 KiB", where);
    if (error == beast::http::error::partial_message || error == asio::ssl::error::stream_truncated) {
        return failed(ErrorCode::unavailable, step + ": the connection was cut in the middle of the answer",
                      where);
    }
    if (error == beast::http::error::end_of_stream || error == asio::error::eof) {
        return failed(ErrorCode::unavailable, step + ": the server closed the connection without an answer",
                      where);
    }
    return failed(ErrorCode::unavailable, step + ": " + error.message(), where);
}

beast::http::request<beast::http::string_body> to_beast(const Request& request) {
    beast::http::request<beast::http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(request.url.target);
    message.set(beast::http::field::host, request.url.host_header());
    for (const auto& [name, value] : request.headers.all())
        message.insert(name, value);
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

tl::expected<Response, ExchangeError> to_response(ResponseParser& parser, std::size_t max_body,
                                                  const std::string& where) {
    auto message = parser.release();
    Response response;
    response.status = static_cast<int>(message.result_int());
    response.body = std::move(message.body());
    const std::string_view encoding = message[beast::http::field::content_encoding];
    const bool encoded = !encoding.empty() && encoding != "identity" && !response.body.empty();
    if (encoded) {
        if (encoding != "gzip" && encoding != "x-gzip") {
            return tl::make_unexpected(
                failed(ErrorCode::invalid, "the answer is encoded in a way that was not asked for", where));
        }
        auto plain = gunzip(response.body, max_body);
        if (!plain) return tl::make_unexpected(failed(plain.error().code, plain.error().what, where));
        response.body = std::move(*plain);
    }
    for (const auto& field : message) {
        if (encoded && (field.name() == beast::http::field::content_encoding ||
                        field.name() == beast::http::field::content_length)) {
            continue;
        }
        response.headers.add(std::string{field.name_string()}, std::string{field.value()});
    }
    return response;
}

}  // namespace entrawatch::http
