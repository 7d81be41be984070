// query --question: a saved question, put to the stores read only.
#include <algorithm>
#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/answer_json.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// The options whose words become parameters of the same name.
QuestionValues typed_values(const QueryOptions& options) {
    const EventFilter& filter = options.filter;
    QuestionValues values;
    for (const auto& [name, text] : {std::pair{":actor", &filter.actor},
                                     {":target", &filter.target},
                                     {":ip", &filter.ip},
                                     {":correlation_id", &filter.correlation_id},
                                     {":alert_id", &filter.id}}) {
        if (!text->empty()) values[name] = *text;
    }
    return values;
}

std::string option_of(std::string_view parameter) {
    if (parameter == ":alert_id") return "--id";
    std::string option = "--" + std::string{parameter.substr(1)};
    std::replace(option.begin(), option.end(), '_', '-');
    return option;
}

// Filters that a question cannot take are refused, not passed over: the answer would be to another question.
Result<> check_fit(const QueryOptions& options, const QuestionShape& shape, const QuestionValues& values) {
    const auto takes = [&](std::string_view name) {
        return std::find(shape.parameters.begin(), shape.parameters.end(), name) != shape.parameters.end();
    };
    for (const auto& [name, text] : values) {
        if (!takes(name))
            return fail(ErrorCode::invalid,
                        "the question " + options.question + " takes no " + option_of(name));
    }
    const EventFilter& filter = options.filter;
    if (!filter.feeds.empty() || !filter.entity.empty() || !filter.activity.empty() ||
        !filter.outcome.empty() || !filter.text.empty() || filter.with_raw || filter.oldest_first)
        return fail(ErrorCode::invalid,
                    "a question takes --from, --to, --limit and what it names; --feed, --entity, --activity, "
                    "--outcome, --text, --raw and --oldest-first belong to a query without --question");
    for (const std::string& name : shape.parameters) {
        if (name != ":from" && name != ":to" && !values.contains(name))
            return fail(ErrorCode::invalid, "the question " + options.question + " needs " + option_of(name));
    }
    return {};
}

void list_questions(const QueryOptions& options, const Invocation& invocation) {
    ListWriter list{invocation.out,
                    {{"question", "QUESTION", true}, {"answers", "ANSWERS"}, {"sql", ""}},
                    invocation.style(options.format)};
    for (const bool of_pack : {false, true}) {
        for (const std::string& name : question_names()) {
            if (is_pack_question(name) == of_pack)
                list.row({name, question_purpose(name), std::string{question_text(name)}});
        }
    }
    list.finish();
}

std::string title_of(std::string name) {
    for (char& c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '_') c = ' ';
    }
    return name;
}

class QuestionList {
  public:
    QuestionList(const QueryOptions& options, QuestionValues values, std::size_t tenants,
                 const Invocation& invocation)
        : options_(options), values_(std::move(values)), tenants_(tenants), invocation_(invocation) {}

    Result<> ask(const TenantSettings& tenant) {
        auto store = open_existing_store(tenant, true, invocation_.now());
        if (!store) return fail(store.error());
        const auto shape = question_shape(*store, options_.question);
        if (!shape) return fail(shape.error());
        if (auto fits = check_fit(options_, *shape, values_); !fits) return fits;
        if (options_.explain) return explain(tenant, *store);
        if (!list_) list_.emplace(invocation_.out, columns_of(*shape), invocation_.style(options_.format));
        const auto rows = ask_question(*store, options_.question, values_, [&](const AnswerRow& row) {
            std::vector<OrderedJson> values = answer_json(row);
            values.insert(values.begin(), tenant.name);
            list_->row(std::move(values));
            return invocation_.out.good() && --left_ != 0;
        });
        left_ = limit();
        return rows ? Result<>{} : fail(rows.error());
    }

    void finish() {
        if (!list_) return;
        list_->finish();
        if (list_->rows() == 0 && options_.format == Format::table)
            invocation_.err << "the question has no answer here\n";
    }

  private:
    [[nodiscard]] std::int64_t limit() const {
        return options_.filter.limit > 0 ? options_.filter.limit : -1;
    }

    [[nodiscard]] std::vector<Column> columns_of(const QuestionShape& shape) const {
        std::vector<Column> columns{{"tenant", tenants_ > 1 ? "TENANT" : ""}};
        for (const std::string& name : shape.columns)
            columns.push_back({name, title_of(name), name.ends_with("_at") || name == "id"});
        return columns;
    }

    Result<> explain(const TenantSettings& tenant, Store& store) {
        const auto plan = question_plan(store, options_.question);
        if (!plan) return fail(plan.error());
        if (tenants_ > 1) invocation_.out << tenant.name << "\n";
        for (const std::string& line : *plan)
            invocation_.out << line << "\n";
        return {};
    }

    const QueryOptions& options_;
    QuestionValues values_;
    std::size_t tenants_;
    const Invocation& invocation_;
    std::optional<ListWriter> list_;
    std::int64_t left_ = limit();
};

Error no_such_question(const std::string& name) {
    const std::string near = nearest(name, question_names());
    return {
        ErrorCode::not_found,
        "--question: there is none called '" + name + "'" +
            (near.empty() ? "; `entrawatch query --question` lists them" : "; did you mean " + near + "?"),
        {}};
}

}  // namespace

int run_question(const QueryOptions& options, const Invocation& invocation) {
    if (options.question.empty()) {
        list_questions(options, invocation);
        return exit_ok;
    }
    if (question_text(options.question).empty())
        return complain(invocation, no_such_question(options.question), exit_usage);
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto span = typed_span(options.from, options.to, invocation.now());
    if (!span) return complain(invocation, span.error(), exit_usage);
    QuestionValues values = typed_values(options);
    if (span->from) values[":from"] = to_iso(*span->from);
    if (span->to) values[":to"] = to_iso(*span->to);

    QuestionList list{options, std::move(values), tenants->size(), invocation};
    int code = exit_ok;
    for (const TenantSettings* tenant : *tenants) {
        if (const auto asked = list.ask(*tenant); !asked)
            code = complain(invocation, asked.error(), exit_problems);
    }
    list.finish();
    return code;
}

}  // namespace entrawatch
