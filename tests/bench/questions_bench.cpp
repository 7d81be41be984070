// What an auditor waits for: the time to the first row and to the last, and the memory it takes, of the
// questions that `entrawatch query` answers, on a store of many events.
#include <fstream>
#include <functional>
#include <optional>

#include "core/store/query.hpp"
#include "core/store/questions.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/large_store.hpp"
#include "tests/bench/product.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

using test::must;

constexpr double goal_first_row_ms = 100;

double peak_mb() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

void forget_peak() {
    std::ofstream{"/proc/self/clear_refs"} << "5";
}

using Row = std::function<bool()>;
// Calls `row` for each row, and hands back how many there were.
using Ask = std::function<std::int64_t(Store& store, const Row& row)>;

struct Question {
    std::string name;
    Ask ask;
    std::optional<std::int64_t> rows;  // how many there must be; at least one without it
};

Ask events(EventFilter filter) {
    return [filter = std::move(filter)](Store& store, const Row& row) {
        return must(query_events(store, filter, [&](const EventRow&) { return row(); }));
    };
}

Ask saved(std::string name, QuestionValues values) {
    return [name = std::move(name), values = std::move(values)](Store& store, const Row& row) {
        return must(ask_question(store, name, values, [&](const AnswerRow&) { return row(); }));
    };
}

std::vector<Question> questions_about(const LargeStore& made) {
    const Instant to = made.span.to;
    const Instant month = to - std::chrono::days{30};
    const Instant year = to - std::chrono::days{365};
    const auto touched = [&](const std::string& what) {
        return events({.from = month, .to = to, .entity = what});
    };
    const QuestionValues of_month{{":from", to_iso(month)}, {":to", to_iso(to)}};
    const QuestionValues of_year{{":from", to_iso(year)}, {":to", to_iso(to)}};
    return {{"a person in a month", touched(made.person), {}},
            {"an application in a month", touched(made.application), {}},
            {"a role in a month", touched(made.role), {}},
            {"role changes in a year", events({.from = year, .to = to, .activity = "* member to role"}), {}},
            {"role changes of all time", events({.activity = "* member to role"}), made.role_changes},
            {"who acted from an address, all time", events({.ip = made.address}), {}},
            {"who acted from a network, a month", events({.from = month, .to = to, .ip = made.network}), {}},
            {"one request's story, all time", events({.correlation_id = made.correlation_id}), 2},
            {"free text in raw, all time, 1 in 5000", events({.text = made.rare_text}), made.rare},
            {"saved: role-changes, a year", saved("role-changes", of_year), {}},
            {"saved: top-actors, a month", saved("top-actors", of_month), {}}};
}

void measure(Figures& figures, Store& store, const Question& question) {
    forget_peak();
    const double before = peak_mb();
    const Stopwatch watch;
    double first = 0;
    std::int64_t seen = 0;
    const std::int64_t rows = question.ask(store, [&] {
        if (seen++ == 0) first = watch.took().wall;
        return true;
    });
    const double whole = watch.took().wall;
    figures.at_most(question.name + ": first row", first * 1000, goal_first_row_ms, "ms");
    figures.tell("  all " + std::to_string(rows) + " rows", whole * 1000, "ms");
    figures.tell("  memory on top, at its peak", peak_mb() - before, "MB");
    if (question.rows) {
        figures.check("  rows", rows, *question.rows);
    } else {
        figures.check("  is answered", rows > 0 ? 1 : 0, 1);
    }
}

double megabytes_in(const std::filesystem::path& folder) {
    double bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        bytes += static_cast<double>(entry.file_size());
    return bytes / 1e6;
}

}  // namespace

void measure_questions(Figures& figures, std::int64_t count) {
    figures.section("Questions on a store of " + std::to_string(count) + " events over 400 days");
    const test::TempFolder folder;
    const auto file = folder.path() / "large.db";
    const Stopwatch filling;
    const LargeStore made = make_large_store(file, count);
    figures.tell("to make it, an event", filling.took().wall * 1e6 / static_cast<double>(count), "us");
    figures.tell("on disk, an event", megabytes_in(folder.path()) * 1e6 / static_cast<double>(count), "B");
    // As a command opens it: the page cache of the system is warm, that of the connection is empty.
    for (const Question& question : questions_about(made)) {
        Store store = must(Store::open({.file = file, .tenant = "contoso", .read_only = true}, made.span.to));
        measure(figures, store, question);
    }
}

}  // namespace entrawatch::bench
