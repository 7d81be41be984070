// `api_tokens_file`.
#include <algorithm>

#include "config/load_parts.hpp"
#include "config/value_forms.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_tokens = 100;
constexpr std::size_t shortest_token = 32;  // of random characters: beyond guessing

bool is_token(std::string_view text) {
    return text.size() >= shortest_token &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

class TokenLines {
  public:
    TokenLines(std::string place, int settings_line, LoadContext& context)
        : place_(std::move(place)), settings_line_(settings_line), context_(context) {}

    std::vector<ApiToken> read(std::string_view text) {
        for (int line = 1; !text.empty(); ++line) {
            const std::size_t end = text.find('\n');
            read_line(trim(text.substr(0, end)), line);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        if (tokens_.size() > most_tokens) complain(0, "has more than 100 tokens");
        return std::move(tokens_);
    }

  private:
    // Never quotes the line: what stands in it is a secret.
    void complain(int line, std::string_view what) {
        context_.error(settings_line_, "`api_tokens_file`: " + place_ +
                                           (line > 0 ? ":" + std::to_string(line) : "") + " " +
                                           std::string{what});
    }

    void read_line(std::string_view line, int number) {
        if (line.empty() || line.front() == '#') return;
        const std::size_t blank = line.find_first_of(" \t");
        const std::string_view name = line.substr(0, blank);
        const std::string_view token = blank == std::string_view::npos ? "" : trim(line.substr(blank));
        if (!is_short_name(name)) {
            return complain(number,
                            "must be a name (a-z, 0-9 and -, at most 32) and a token, with a blank between");
        }
        if (!is_token(token)) {
            return complain(
                number,
                "needs a token of at least 32 printable characters; `openssl rand -hex 32` makes one");
        }
        ApiToken made{std::string{name}, sha256(token)};
        const bool taken = std::any_of(tokens_.begin(), tokens_.end(), [&](const ApiToken& other) {
            return other.name == made.name || other.digest == made.digest;
        });
        if (taken) return complain(number, "gives a name or a token that an earlier line has");
        tokens_.push_back(std::move(made));
    }

    std::string place_;
    int settings_line_;
    LoadContext& context_;
    std::vector<ApiToken> tokens_;
};

}  // namespace

std::vector<ApiToken> read_api_tokens(const Section& root, LoadContext& context) {
    if (!root.has("api_tokens_file")) return {};
    const auto lines = secret_at(root, "api_tokens_file", context);
    if (!lines) return {};
    return TokenLines{file_at(root, "api_tokens_file", context)->string(), root.line_of("api_tokens_file"),
                      context}
        .read(lines->reveal());
}

}  // namespace entrawatch
