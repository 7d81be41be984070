// answer_json: a row that a saved question brought, as values to print. Used by `query --question` and
// `evidence export`.
#pragma once

#include <string>
#include <vector>

#include "core/store/questions.hpp"
#include "daemon/output/json_text.hpp"

namespace entrawatch {

[[nodiscard]] inline OrderedJson answer_json(const AnswerValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* text = std::get_if<std::string_view>(&value)) return std::string{*text};
    return nullptr;
}

[[nodiscard]] inline std::vector<OrderedJson> answer_json(const AnswerRow& row) {
    std::vector<OrderedJson> values;
    values.reserve(row.size());
    for (const AnswerValue& value : row)
        values.push_back(answer_json(value));
    return values;
}

}  // namespace entrawatch
