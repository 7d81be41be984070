#include "core/store/questions.hpp"

#include <algorithm>

#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

constexpr std::string_view comment_mark = "-- ";

const sql::Question* question_called(std::string_view name) {
    const auto all = sql::questions();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const sql::Question& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const sql::Question& known_question(std::string_view name) {
    const sql::Question* question = question_called(name);
    if (question == nullptr)
        throw Failure{{ErrorCode::not_found, "there is no question '" + std::string{name} + "'", {}}};
    return *question;
}

// A statement that reads, whatever its file says.
Statement prepare_question(const Database& db, const sql::Question& question) {
    Statement statement = db.prepare(question);
    if (!statement.reads_only())
        throw Failure{{ErrorCode::refused, "the question " + std::string{question.name} + " writes", {}}};
    return statement;
}

std::vector<std::optional<std::string>> bound_values(const Statement& statement,
                                                     const QuestionValues& values) {
    std::vector<std::optional<std::string>> bound;
    for (const std::string& name : statement.parameters()) {
        const auto found = values.find(name);
        bound.emplace_back(found == values.end() ? std::nullopt : std::optional{found->second});
    }
    return bound;
}

AnswerValue answer_value(const Cursor& row, int column) {
    if (row.is_null(column)) return std::monostate{};
    if (row.is_real(column)) return row.real(column);
    const AnyValue value = row.value(column);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* octets = std::get_if<Blob>(&value)) return octets->octets;
    return row.text(column);
}

}  // namespace

std::vector<std::string> question_names() {
    std::vector<std::string> names;
    for (const sql::Question& question : sql::questions())
        names.emplace_back(question.name);
    return names;
}

std::string_view question_text(std::string_view name) {
    const sql::Question* question = question_called(name);
    return question == nullptr ? std::string_view{} : question->text;
}

std::string question_purpose(std::string_view name) {
    std::string_view line = question_text(name);
    line = line.substr(0, line.find('\n'));
    if (line.starts_with(comment_mark)) line.remove_prefix(comment_mark.size());
    return std::string{line};
}

Result<QuestionShape> question_shape(Store& store, std::string_view name) {
    return store.impl().read([&] {
        const Statement statement = prepare_question(store.impl().db, known_question(name));
        return QuestionShape{statement.columns(), statement.parameters()};
    });
}

Result<std::int64_t> ask_question(Store& store, std::string_view name, const QuestionValues& values,
                                  const std::function<bool(const AnswerRow&)>& row) {
    return store.impl().read([&] {
        // A statement of its own: `row` may ask questions itself.
        const Statement statement = prepare_question(store.impl().db, known_question(name));
        const auto bound = bound_values(statement, values);
        Cursor cursor{statement.get()};
        cursor.bind_texts(bound);
        std::int64_t count = 0;
        AnswerRow answer;
        while (cursor.step()) {
            answer.clear();
            for (int column = 0; column < cursor.columns(); ++column)
                answer.push_back(answer_value(cursor, column));
            ++count;
            if (!row(answer)) break;
        }
        return count;
    });
}

Result<std::vector<std::string>> question_plan(Store& store, std::string_view name) {
    return store.impl().read([&] {
        const Statement statement = store.impl().db.prepare_plan(known_question(name));
        Cursor step{statement.get()};
        std::map<std::int64_t, std::size_t> depth;
        std::vector<std::string> lines;
        while (step.step()) {
            const auto parent = depth.find(step.integer(1));
            const std::size_t here = parent == depth.end() ? 0 : parent->second + 1;
            depth[step.integer(0)] = here;
            lines.push_back(std::string(2 * here, ' ') + step.string(3));
        }
        return lines;
    });
}

}  // namespace entrawatch
