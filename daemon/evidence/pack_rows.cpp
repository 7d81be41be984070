// Events, alerts and the tables of an evidence pack.
#include <utility>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/store/query.hpp"
#include "daemon/commands/alert_story.hpp"
#include "daemon/commands/answer_json.hpp"
#include "daemon/commands/event_columns.hpp"
#include "daemon/evidence/tenant_pack.hpp"

namespace entrawatch {
namespace {

constexpr std::int64_t tell_pack_every = 1000;  // events
constexpr int most_pack_events = 100'000;       // of one alert

std::string hex_digest(std::string_view octets) {
    return to_hex(as_bytes(sha256(octets)));
}

// The octets without loss: JSON holds Unicode only, so what is none goes in base64.
void add_octets(OrderedJson& object, const std::string& octets) {
    object["sha256"] = hex_digest(octets);
    if (is_valid_utf8(octets))
        object["raw"] = octets;
    else
        object["raw_base64"] = to_base64(octets);
}

OrderedJson revisions_json(const std::vector<PastRevision>& revisions) {
    OrderedJson list = OrderedJson::array();
    for (const PastRevision& past : revisions) {
        OrderedJson object{{"revision", past.revision},
                           {"updated", past.updated ? OrderedJson(to_iso(*past.updated)) : OrderedJson{}},
                           {"received_at", to_iso(past.received_at)}};
        add_octets(object, past.raw);
        list.push_back(std::move(object));
    }
    return list;
}

class EventFiles {
  public:
    EventFiles(const PackSource& source, PackFigures& figures, std::ostream& lines, std::ostream& table)
        : source_(source), figures_(figures), lines_(lines), table_(table, csv_columns(), pack_csv) {}

    Result<> run() {
        EventFilter filter;
        filter.from = source_.span.from;
        filter.to = source_.span.to;
        filter.oldest_first = true;
        filter.with_raw = true;
        std::optional<Error> failure;
        const auto rows = query_events(source_.store, filter, [&](const EventRow& row) {
            if (auto done = take(row); !done) failure = done.error();
            return !failure;
        });
        table_.finish();
        if (!rows) return fail(rows.error());
        return failure ? Result<>{fail(*failure)} : Result<>{};
    }

  private:
    static std::vector<Column> csv_columns() {
        std::vector<Column> columns = event_view_columns();
        columns.insert(columns.begin(), {"tenant", ""});
        columns.push_back({"sha256", ""});
        return columns;
    }

    Result<> take(const EventRow& row) {
        std::vector<OrderedJson> values = event_view_row(row);
        OrderedJson object{{"tenant", source_.tenant.name}, {"event", row.event}};
        const std::vector<Column> columns = event_view_columns();
        for (std::size_t i = 0; i < columns.size(); ++i)
            object[columns[i].name] = values[i];
        add_octets(object, row.raw);
        values.insert(values.begin(), source_.tenant.name);
        values.push_back(object["sha256"]);
        const auto revisions = source_.store.past_revisions(row.event);
        if (!revisions) return fail(revisions.error());
        if (!revisions->empty()) object["other_revisions"] = revisions_json(*revisions);
        lines_ << json_text(object, false) << '\n';
        table_.row(std::move(values));
        count(row, std::ssize(*revisions));
        return {};
    }

    void count(const EventRow& row, std::int64_t revisions) {
        figures_.earlier_revisions += revisions;
        figures_.raw_bytes += std::ssize(row.raw);
        ++figures_.events_by_day[day_of(row.occurred_at)][row.feed];
        figures_.lateness[row.feed].add(row.received_at - row.occurred_at);
        if (!figures_.newest_received || *figures_.newest_received < row.received_at)
            figures_.newest_received = row.received_at;
        if (figures_.events++ % tell_pack_every == 0)
            source_.tell(counted(figures_.events, "event", "events") + ", " + to_iso_millis(row.occurred_at));
    }

    const PackSource& source_;
    PackFigures& figures_;
    std::ostream& lines_;
    ListWriter table_;
};

// A row of pack-alerts.sql.
struct AlertBrief {
    std::string id, opened_at, severity, scenario, rule, summary, state, first_event_at, first_told_at;
    bool test = false;
};

std::string text_of_answer(const AnswerValue& value) {
    const auto* text = std::get_if<std::string_view>(&value);
    return text == nullptr ? std::string{} : std::string{*text};
}

AlertBrief brief_of(const AnswerRow& row) {
    const auto text = [&](std::size_t i) { return text_of_answer(row.at(i)); };
    const auto* test = std::get_if<std::int64_t>(&row.at(10));
    return {text(0), text(1), text(2), text(3),  text(4),
            text(5), text(6), text(8), text(11), test != nullptr && *test != 0};
}

std::optional<Ticks> between(const std::string& from, const std::string& to) {
    const auto begin = parse_iso(from);
    const auto end = parse_iso(to);
    if (!begin || !end) return std::nullopt;
    return *end - *begin;
}

class AlertFile {
  public:
    AlertFile(const PackSource& source, PackFigures& figures, std::ostream& out)
        : source_(source), figures_(figures), out_(out) {}

    Result<> run() {
        std::optional<Error> failure;
        const auto rows =
            ask_question(source_.store, "pack-alerts", source_.values(), [&](const AnswerRow& row) {
                if (auto done = take(brief_of(row)); !done) failure = done.error();
                return !failure;
            });
        if (!rows) return fail(rows.error());
        return failure ? Result<>{fail(*failure)} : Result<>{};
    }

  private:
    Result<> take(const AlertBrief& brief) {
        auto alert = source_.store.alert(brief.id);
        if (!alert) return fail(alert.error());
        if (!*alert) return fail(ErrorCode::corrupt, "the alert " + brief.id + " cannot be found");
        const auto dossier =
            read_dossier(source_.tenant.name, source_.store, std::move(**alert), most_pack_events);
        if (!dossier) return fail(dossier.error());
        OrderedJson object = to_json(*dossier);
        if (std::ssize(dossier->events) == most_pack_events) object["events_cut_at"] = most_pack_events;
        object["mutes"] = mutes_of(*dossier);
        auto decisions = decisions_about(brief.id);
        if (!decisions) return fail(decisions.error());
        object["decisions"] = std::move(*decisions);
        object["story"] = story_of(*dossier);
        out_ << json_text(object, false) << '\n';
        count(brief, *dossier);
        return {};
    }

    static OrderedJson mutes_of(const AlertDossier& dossier) {
        std::map<std::string, const MuteRow*> mutes;
        for (const DeliveryHistory& history : dossier.deliveries) {
            if (history.mute) mutes.emplace(history.mute->id, &*history.mute);
        }
        OrderedJson list = OrderedJson::array();
        for (const auto& [id, mute] : mutes) {
            list.push_back({{"id", id},
                            {"author", mute->author},
                            {"reason", mute->reason},
                            {"starts_at", to_iso(mute->starts_at)},
                            {"ends_at", to_iso(mute->removed_at.value_or(mute->ends_at))}});
        }
        return list;
    }

    Result<OrderedJson> decisions_about(const std::string& id) {
        OrderedJson list = OrderedJson::array();
        const auto shape = question_shape(source_.store, "pack-decisions");
        if (!shape) return fail(shape.error());
        const auto rows =
            ask_question(source_.store, "pack-decisions", {{":alert_id", id}}, [&](const AnswerRow& row) {
                OrderedJson object = OrderedJson::object();
                for (std::size_t i = 0; i < row.size(); ++i)
                    object[shape->columns[i]] = answer_json(row[i]);
                list.push_back(std::move(object));
                return true;
            });
        if (!rows) return fail(rows.error());
        return list;
    }

    void count(const AlertBrief& brief, const AlertDossier& dossier) {
        ++figures_.alerts;
        if (brief.test) {
            ++figures_.test_alerts;
            return;
        }
        const Severity severity = severity_of(brief.severity).value_or(Severity::informational);
        ++figures_.alerts_by_severity[static_cast<std::size_t>(severity)];
        ++figures_.alerts_by_rule[brief.rule];
        ++figures_.alerts_by_scenario[brief.scenario];
        if (const auto opened = between(brief.first_event_at, brief.opened_at))
            figures_.until_opened.add(*opened);
        if (const auto told = between(brief.opened_at, brief.first_told_at)) {
            figures_.until_told.add(*told);
            ++figures_.told_by_scenario[brief.scenario];
        } else {
            ++figures_.never_told;
        }
        const auto said = dossier.data.is_object() ? dossier.data.find("acknowledged") : dossier.data.end();
        if (said != dossier.data.end() && said->is_object()) {
            if (const auto taken = between(brief.opened_at, said->value("at", "")))
                figures_.until_taken_up.add(*taken);
        }
        if (figures_.listed.size() < PackFigures::most_listed_alerts)
            figures_.listed.push_back({brief.id, brief.opened_at, brief.scenario, brief.rule, brief.summary,
                                       brief.state, severity});
        source_.tell(counted(figures_.alerts, "alert", "alerts"));
    }

    const PackSource& source_;
    PackFigures& figures_;
    std::ostream& out_;
};

}  // namespace

QuestionValues PackSource::values() const {
    return {{":from", to_iso(span.from)}, {":to", to_iso(span.to)}};
}

Result<> pack_events(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    auto lines = pack.open("events.jsonl");
    if (!lines) return fail(lines.error());
    auto table = pack.open("events.csv");
    if (!table) return fail(table.error());
    if (auto done = EventFiles{source, figures, lines->out(), table->out()}.run(); !done) return done;
    if (auto closed = pack.close(std::move(*lines)); !closed) return closed;
    figures.rows["events.jsonl"] = figures.rows["events.csv"] = figures.events;
    return pack.close(std::move(*table));
}

Result<> pack_alerts(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    auto done = pack.write("alerts.jsonl", [&](std::ostream& out) {
        return AlertFile{source, figures, out}.run();
    });
    figures.rows["alerts.jsonl"] = figures.alerts;
    return done;
}

Result<std::int64_t> pack_list(const PackSource& source, PackWriter& pack, const PackList& what,
                               const std::function<void(const AnswerRow&)>& look) {
    const auto shape = question_shape(source.store, what.question);
    if (!shape) return fail(shape.error());
    source.tell(what.path);
    std::int64_t count = 0;
    const auto done = pack.write(what.path, [&](std::ostream& out) -> Result<> {
        std::vector<Column> columns;
        for (const std::string& name : shape->columns)
            columns.push_back({name, ""});
        ListWriter list{out, std::move(columns), what.style};
        const auto rows = ask_question(source.store, what.question, what.values, [&](const AnswerRow& row) {
            if (look) look(row);
            list.row(answer_json(row));
            return out.good();
        });
        list.finish();
        if (!rows) return fail(rows.error());
        count = *rows;
        return {};
    });
    if (!done) return fail(done.error());
    return count;
}

Result<> pack_table(const PackSource& source, PackWriter& pack, PackFigures& figures, const std::string& path,
                    std::string_view question) {
    const auto rows = pack_list(source, pack, {path, question, source.values(), pack_csv});
    if (!rows) return fail(rows.error());
    figures.rows[path] = *rows;
    return {};
}

Result<> pack_tables(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    constexpr std::array<std::pair<const char*, const char*>, 8> tables{
        {{"deliveries.csv", "pack-deliveries"},
         {"attempts.csv", "pack-attempts"},
         {"mutes.csv", "pack-mutes"},
         {"audit_trail.csv", "pack-audit-trail"},
         {"windows.csv", "pack-windows"},
         {"rejections.csv", "pack-rejections"},
         {"prune_receipts.csv", "pack-prune-receipts"},
         {"holds.csv", "pack-holds"}}};
    for (const auto& [path, question] : tables) {
        if (auto done = pack_table(source, pack, figures, path, question); !done) return done;
    }
    return {};
}

}  // namespace entrawatch
