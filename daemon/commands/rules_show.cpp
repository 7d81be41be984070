#include <ostream>
#include <set>
#include <span>

#include "core/base/text.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/summary.hpp"
#include "core/rules/waiting.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {
namespace {

// What the rule needs of the tenant: its feeds' permissions and its own.
std::vector<std::string> permissions_of(const Rule& rule) {
    std::set<std::string> all{rule.permissions.begin(), rule.permissions.end()};
    for (const FeedId id : rule.feeds) {
        std::string_view rest = feed_of(id).permission;
        while (!rest.empty()) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            if (blank > 0) all.emplace(rest.substr(0, blank));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
    }
    return {all.begin(), all.end()};
}

// As it stands in the file.
std::string sentence_of(const Rule& rule) {
    if (!rule.differences) return rule.summary;
    return rule.summary + "{" + std::string{differences_place} + "|" + *rule.differences + "}";
}

std::vector<std::string> absent_rules(const Correlation& correlation) {
    std::vector<std::string> rules;
    for (const CorrelationStep& step : correlation.steps) {
        if (step.absent) rules.push_back(step.rule);
    }
    return rules;
}

OrderedJson json_of(const Correlation& correlation) {
    OrderedJson rules = OrderedJson::array();
    for (const CorrelationStep& step : correlation.steps)
        rules.push_back(step.rule);
    OrderedJson out{
        {"type", name_of(correlation.type)},
        {"rules", std::move(rules)},
        {"group_by", correlation.group_by},
        {"timespan_seconds", std::chrono::duration_cast<std::chrono::seconds>(correlation.timespan).count()}};
    if (is_absence(correlation)) out["absent"] = absent_rules(correlation);
    if (!correlation.value_field.empty()) out["field"] = correlation.value_field;
    if (correlation.at_least > 1) out["at_least"] = correlation.at_least;
    return out;
}

std::string words_of(const Correlation& correlation) {
    std::string words{name_of(correlation.type)};
    const auto add = [&](std::string_view before, const std::string& text) {
        if (!text.empty()) words += std::string{before} + for_terminal(text);
    };
    add(" of ", correlation.value_field);
    if (correlation.at_least > 1) words += ", at least " + std::to_string(correlation.at_least);
    words += ", within " + to_words(correlation.timespan);
    std::vector<std::string> rules;
    for (const CorrelationStep& step : correlation.steps)
        rules.push_back(step.rule);
    add(", of the rules ", joined(rules));
    add(", for each ", joined(correlation.group_by));
    add(", where none is there of ", joined(absent_rules(correlation)));
    return words;
}

OrderedJson json_of(const Rule& rule) {
    OrderedJson feeds = OrderedJson::array();
    for (const FeedId feed : rule.feeds)
        feeds.push_back(feed_of(feed).name);
    OrderedJson subject = OrderedJson::array();
    for (const FieldPath& field : rule.subject)
        subject.push_back(field.name());
    OrderedJson severity = OrderedJson::array();
    for (const SeverityAdjustment& step : rule.severity) {
        OrderedJson entry{{"because", step.reason}};
        if (step.level) entry["level"] = name_of(*step.level);
        if (step.raise != 0) entry["raise"] = step.raise;
        severity.push_back(std::move(entry));
    }
    OrderedJson examples = OrderedJson::array();
    for (const RuleExample& example : rule.examples) {
        examples.push_back(
            {{"name", example.name}, {"fires", example.fires}, {"feed", feed_of(example.feed).name}});
    }
    return {{"correlation", rule.correlation ? json_of(*rule.correlation) : OrderedJson{}},
            {"alerts", rule.alerts},
            {"name", rule.name},
            {"id", rule.id},
            {"title", rule.title},
            {"description", rule.description},
            {"status", rule.status},
            {"scenario", rule.scenario},
            {"attack", rule.attack},
            {"level", name_of(rule.level)},
            {"severity", std::move(severity)},
            {"feeds", std::move(feeds)},
            {"permissions", permissions_of(rule)},
            {"licence", rule.licence},
            {"act", rule.act},
            {"subject", std::move(subject)},
            {"window_seconds", std::chrono::duration_cast<std::chrono::seconds>(rule.window).count()},
            {"hold_seconds", std::chrono::duration_cast<std::chrono::seconds>(rule.hold).count()},
            {"unsilenceable", rule.unsilenceable},
            {"summary", sentence_of(rule)},
            {"runbook", rule.runbook},
            {"references", rule.references},
            {"false_positives", rule.false_positives},
            {"examples", std::move(examples)},
            {"built_in", rule.built_in},
            {"file", rule.file},
            {"line", rule.line}};
}

// The filters about a rule, and what they hid of it in the stores of the settings.
struct Exceptions {
    std::span<const RuleFilter> filters;
    std::vector<SuppressedRow> hidden;
    Instant now;

    [[nodiscard]] OrderedJson of(const Rule& rule) const {
        OrderedJson all = OrderedJson::array();
        for (const RuleFilter& filter : filters) {
            if (!is_about(filter, rule)) continue;
            SuppressedRow sum;
            for (const SuppressedRow& row : hidden) {
                if (row.filter != filter.id || row.rule != rule.name) continue;
                sum.alerts += row.alerts;
                sum.events += row.events;
            }
            all.push_back({{"filter", filter.name},
                           {"id", filter.id},
                           {"owner", filter.owner},
                           {"reason", filter.reason},
                           {"last_day", filter.last_day},
                           {"in_force", in_force(filter, now)},
                           {"suppressed", sum.alerts},
                           {"events", sum.events},
                           {"file", filter.file}});
        }
        return all;
    }
};

std::string words_of_exception(const OrderedJson& exception) {
    const auto text = [&](const char* key) { return for_terminal(exception[key].get<std::string>()); };
    const auto suppressed = exception["suppressed"].get<std::int64_t>();
    return "by the filter " + text("filter") + " of " + text("owner") + ", " +
           (exception["in_force"].get<bool>() ? "until " : "ended after ") + text("last_day") + ": " +
           text("reason") + "; it hid " + counted(suppressed, "alert", "alerts") + " (" +
           counted(exception["events"].get<std::int64_t>(), "event", "events") + ")";
}

// Stores that are not there yet, or cannot be read, hid nothing that could be said.
std::vector<SuppressedRow> hidden_in(const Settings* settings, const Invocation& invocation) {
    std::vector<SuppressedRow> all;
    if (settings == nullptr) return all;
    for (const TenantSettings& tenant : settings->tenants) {
        auto store = open_existing_store(tenant, true, invocation.now());
        auto rows = store ? store->suppressed() : fail(store.error());
        if (!rows) {
            if (rows.error().code != ErrorCode::not_found) complain(invocation, rows.error(), exit_problems);
            continue;
        }
        all.insert(all.end(), rows->begin(), rows->end());
    }
    return all;
}

std::string words_of(const OrderedJson& value) {
    if (value.is_string()) return for_terminal(value.get<std::string>());
    if (!value.is_array()) return json_text(value, true);
    std::string out;
    for (const OrderedJson& item : value) {
        out += out.empty() ? "" : ", ";
        out += item.is_string() ? for_terminal(item.get<std::string>()) : json_text(item, true);
    }
    return out;
}

void print_for_people(const Rule& rule, const Exceptions& exceptions, std::ostream& out) {
    const OrderedJson all = json_of(rule);
    out << for_terminal(rule.title) << "\n" << for_terminal(rule.description) << "\n\n";
    for (const char* key :
         {"name", "id", "status", "scenario", "attack", "level", "feeds", "permissions", "licence", "act",
          "subject", "summary", "runbook", "references", "false_positives"}) {
        const std::string words = words_of(all[key]);
        if (!words.empty())
            out << "  " << key << std::string(18 - std::string_view{key}.size(), ' ') << words << "\n";
    }
    if (rule.correlation) out << "  correlation       " << words_of(*rule.correlation) << "\n";
    if (!rule.alerts) out << "  alerts            no: only a correlation looks at it\n";
    out << "  window            " << to_words(rule.window) << "\n";
    if (rule.hold > Ticks{0})
        out << "  hold              " << to_words(rule.hold) << ": told when its record still says so then\n";
    if (rule.unsilenceable) out << "  unsilenceable     yes: no mute hides its alerts\n";
    for (const SeverityAdjustment& step : rule.severity) {
        out << "  severity          ";
        if (step.level) out << name_of(*step.level);
        if (step.raise != 0) out << (step.raise > 0 ? "+" : "") << step.raise;
        out << " because " << for_terminal(step.reason) << "\n";
    }
    for (const OrderedJson& exception : exceptions.of(rule))
        out << "  excepted          " << words_of_exception(exception) << "\n";
    for (const RuleExample& example : rule.examples) {
        out << "  " << (example.fires ? "fires             " : "stays silent      ")
            << for_terminal(example.name) << "\n";
    }
    out << "  file              " << for_terminal(rule.file) << ":" << rule.line << "\n";
}

}  // namespace

int run_rules_show(const RulesShowOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    const auto loaded = open_rules(opened.get(), invocation);
    if (!loaded) return complain(invocation, loaded.error(), exit_configuration);
    const auto found = rules_named(loaded->rules, options.rule);
    if (!found) return complain(invocation, found.error(), exit_problems);
    const Exceptions exceptions{loaded->filters, hidden_in(opened.get(), invocation), invocation.now()};
    if (options.format == Format::json) {
        OrderedJson all = OrderedJson::array();
        for (const Rule& rule : *found) {
            all.push_back(json_of(rule));
            all.back()["exceptions"] = exceptions.of(rule);
        }
        invocation.out << json_text(all, invocation.out_is_terminal, 2) << "\n";
        return exit_ok;
    }
    bool first = true;
    for (const Rule& rule : *found) {
        invocation.out << (first ? "" : "\n");
        print_for_people(rule, exceptions, invocation.out);
        first = false;
    }
    return exit_ok;
}

}  // namespace entrawatch
