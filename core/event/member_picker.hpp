// MemberPicker: the members of an object that a normaliser wants, found in one pass over the object.
//
// A sign-in has some 75 members of which 25 are read; looking each up by itself would walk the object 25
// times. Names are grouped by length at compile time, so that a member is compared with one or two names.
// Private to the normalisers.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/feed/json.hpp"

namespace entrawatch {

template <std::size_t N>
class MemberPicker {
  public:
    using Picked = std::array<std::optional<Json>, N>;

    consteval explicit MemberPicker(std::array<std::string_view, N> names) : names_(names) {
        for (std::size_t length = 0; length < by_length_.size(); ++length) {
            by_length_[length].first = order_at_;
            for (std::size_t i = 0; i < N; ++i) {
                if (names[i].size() == length) order_[order_at_++] = i;
            }
            by_length_[length].last = order_at_;
        }
    }

    // By the position of the name; absent where the member is absent or null. The last of several with one
    // name counts.
    [[nodiscard]] Picked pick(JsonObject object) const {
        Picked picked;
        for (const auto field : object) {
            if (field.key.size() >= by_length_.size()) continue;
            const Range& range = by_length_[field.key.size()];
            for (std::size_t i = range.first; i < range.last; ++i) {
                if (names_[order_[i]] != field.key) continue;
                picked[order_[i]] = field.value.is_null() ? std::nullopt : std::optional{Json{field.value}};
                break;
            }
        }
        return picked;
    }
    // Nothing is picked from what is no object.
    [[nodiscard]] Picked pick(const std::optional<Json>& json) const {
        JsonObject object;
        if (!json || json->get(object) != simdjson::SUCCESS) return {};
        return pick(object);
    }

  private:
    struct Range {
        std::size_t first = 0, last = 0;
    };
    std::array<std::string_view, N> names_;
    std::array<std::size_t, N> order_{};
    std::array<Range, 48> by_length_{};
    std::size_t order_at_ = 0;
};

// The text of a string; scalars of other types as JSON prints them, because some sources write numbers for
// texts.
[[nodiscard]] inline std::string text_or_empty(const std::optional<Json>& json) {
    return json ? scalar_text(*json) : std::string{};
}
// A string's octets in place; empty for anything else.
[[nodiscard]] inline std::string_view view_or_empty(const std::optional<Json>& json) {
    return json ? text_in(*json) : std::string_view{};
}

}  // namespace entrawatch
