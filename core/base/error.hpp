// Error and Result: how every floor reports an expected failure.
//
// An Error says what went wrong, in words for the person who must mend it, and where (a file and line, a path
// inside a record, a setting, a URL without its secrets). Bugs are not Errors: they end the process. Used
// everywhere; nothing below it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace entrawatch {

// What kind of failure it was, for code that must choose; the words are in Error::what.
enum class ErrorCode {
    invalid,      // the input is wrong and stays wrong: a setting, a rule, a record
    not_found,    // a file, row or name that is not there
    too_large,    // a limit on size, depth or count was passed
    unavailable,  // may work later: network, lock, disk full
    refused,      // the other side said no: permission, licence, a database newer than this program
    corrupt,      // what we stored ourselves cannot be read back
};

struct Error {
    ErrorCode code = ErrorCode::invalid;
    std::string what;   // a sentence without a full stop, naming the remedy where there is one
    std::string where;  // the place, or empty

    // "place: sentence", or only the sentence.
    [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }
};

template <class T = void>
using Result = tl::expected<T, Error>;

// `return fail(ErrorCode::invalid, "…", "file:3");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {}) {
    return tl::make_unexpected(Error{code, std::move(what), std::move(where)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::make_unexpected(std::move(error));
}

}  // namespace entrawatch
