// questions: saved questions about the store, as readable SQL on the stable views: sql/questions/*.sql.
//
// Each file runs in plain `sqlite3` too; its first line says in words what it answers. Parameters are named:
// `:from` and `:to` (ISO 8601, half-open) may always be left out, others are needed. Those that begin with
// `pack-` make the tables of the evidence pack. Used by `query --question` and `evidence export`. Read next:
// query.hpp, the fast way to events.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

// Names in order.
[[nodiscard]] std::vector<std::string> question_names();
// What it answers, in words; empty when there is no such question.
[[nodiscard]] std::string question_purpose(std::string_view name);
// The SQL as it ships.
[[nodiscard]] std::string_view question_text(std::string_view name);
[[nodiscard]] inline bool is_pack_question(std::string_view name) {
    return name.starts_with("pack-");
}

struct QuestionShape {
    std::vector<std::string> columns;
    std::vector<std::string> parameters;  // with their colon
};
// Error not_found when no question has the name.
[[nodiscard]] Result<QuestionShape> question_shape(Store& store, std::string_view name);

// A text until the next row; octets are handed out as a text.
using AnswerValue = std::variant<std::monostate, std::int64_t, double, std::string_view>;
using AnswerRow = std::vector<AnswerValue>;  // in the order of QuestionShape::columns
// By name, with the colon. What is missing is NULL.
using QuestionValues = std::map<std::string, std::string, std::less<>>;

// `row` returns false to stop. The number of rows handed out.
[[nodiscard]] Result<std::int64_t> ask_question(Store& store, std::string_view name,
                                                const QuestionValues& values,
                                                const std::function<bool(const AnswerRow&)>& row);
// SQLite's plan, a step a line, indented by depth.
[[nodiscard]] Result<std::vector<std::string>> question_plan(Store& store, std::string_view name);

}  // namespace entrawatch
