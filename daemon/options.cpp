#include "daemon/options.hpp"

#include <CLI/CLI.hpp>

#include "core/base/text.hpp"
#include "daemon/option_parts.hpp"
#include "daemon/usage.hpp"
#include "daemon/version.hpp"

namespace entrawatch {
namespace {

void add_run(CLI::App& app, Command& chosen) {
    const auto [command, options] = declare<RunOptions>(app, "run", "the daemon, in the foreground", chosen);
    config_option(command, options->config)->required();
    command->footer(
        "Logs to stderr. SIGTERM and SIGINT stop it, SIGHUP reads settings, rules and secrets again.\n"
        "Exit: 0 clean stop, 1 failure, 78 unusable configuration.");
}

void add_check(CLI::App& app, Command& chosen) {
    const auto [command, options] =
        declare<CheckOptions>(app, "check", "check settings and rules, and what Graph grants us", chosen);
    config_option(command, options->config)->required();
    command->add_flag("--offline", options->offline, "read files only, start no connection");
    command->footer("Exit: 0 fine, 1 problems found, 78 unusable configuration.");
}

void add_import(CLI::App& app, Command& chosen) {
    const auto [command, options] =
        declare<ImportOptions>(app, "import", "take exported records through the same pipeline", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant,
                "whose records they are; may be left out when there is one", "NAME");
    feed_option(command, options->feed, "the feed of every record; without it each record says itself");
    command->add_flag("--deliver", options->deliver,
                      "send the alerts; without it they are stored and printed only");
    command->add_flag("--again", options->again,
                      "folders: read each file from its beginning, also what was read before");
    command
        ->add_option(
            "PATH", options->paths,
            "Graph pages, JSON arrays or JSON lines; a folder of logs that diagnostic settings stored; "
            "- is standard input")
        ->type_name("")
        ->required();
    command->footer("Exit: 0, 1 some records were rejected (named, kept), 78 unusable configuration.");
}

void add_query_filters(CLI::App* command, const std::shared_ptr<QueryOptions>& options) {
    EventFilter& filter = options->filter;
    text_option(command, "--tenant", options->tenant,
                "one tenant; all of them, one after the other, without it", "NAME");
    text_option(command, "--from", options->from, "events at or after: ISO 8601, a date, or -2h, -30d",
                "TIME");
    text_option(command, "--to", options->to, "events before", "TIME");
    command
        ->add_option_function<std::vector<std::string>>(
            "--feed",
            [&filter](const std::vector<std::string>& names) {
                for (const std::string& name : names)
                    filter.feeds.push_back(named_feed(name));
            },
            "only these feeds; may be repeated")
        ->type_name("FEED");
    text_option(command, "--actor", filter.actor, "who did it: id or name, * for any run", "WHO");
    text_option(command, "--target", filter.target, "what it was done to: id or name", "WHAT");
    text_option(command, "--entity", filter.entity, "any id or name the event touches", "WHAT");
    text_option(command, "--activity", filter.activity, "the activity, * for any run", "NAME");
    text_option(command, "--ip", filter.ip, "address or CIDR", "ADDRESS");
    text_option(command, "--correlation-id", filter.correlation_id, "the correlation id", "ID");
    command->add_option("--outcome", filter.outcome, "the outcome")
        ->check(CLI::IsMember(
            std::vector<std::string>{"success", "failure", "timeout", "interrupted", "unknown"}));
    text_option(command, "--text", filter.text, "text anywhere in the record as received");
    text_option(command, "--id", filter.id, "the record's own id", "ID");
    command->add_option("--limit", filter.limit, "at most this many events of each tenant; 0 = all")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}))
        ->type_name("N");
    command->add_flag("--oldest-first", filter.oldest_first, "the order of time; newest first without it");
    command->add_flag("--raw", filter.with_raw, "the record as received, too");
}

void query_format_option(CLI::App* command, const std::shared_ptr<QueryOptions>& options) {
    std::vector<std::string> names = listing_formats();
    names.insert(names.end(), event_schema_names.begin(), event_schema_names.end());
    command
        ->add_option_function<std::string>(
            "--format",
            [into = options.get()](const std::string& name) {
                into->schema = event_schema_of(name);
                into->format = format_of(name).value_or(Format::table);
            },
            "how to print; ecs, ocsf and asim are JSON lines in that schema")
        ->check(CLI::IsMember(names))
        ->default_str("table");
}

void add_query(CLI::App& app, Command& chosen) {
    const auto [command, options] =
        declare<QueryOptions>(app, "query", "events, by any question an auditor has", chosen);
    CLI::Option* config = config_option(command, options->config);
    add_query_filters(command, options);
    CLI::Option* question =
        command
            ->add_option("--question", options->question,
                         "a saved question instead of filters; without a name they are listed")
            ->type_name("[NAME]")
            ->expected(0, 1);
    command->add_flag("--explain", options->explain, "with --question: how SQLite would answer")
        ->needs(question);
    query_format_option(command, options);
    command->parse_complete_callback([options = options, config, question] {
        options->asks_question = question->count() > 0;
        if (options->asks_question && options->schema)
            throw CLI::ValidationError(
                "--format",
                "ecs, ocsf and asim are schemas of events; the answer to a question is "
                "a table, json, jsonl or csv");
        if (config->count() == 0 && (!options->asks_question || !options->question.empty()))
            throw CLI::RequiredError("--config");
    });
    command->footer(
        "Questions are SQL files on the stable views; they take --from, --to, and by name --actor, --target, "
        "--ip or\n--correlation-id. Names are compared without case, dash style and blanks. csv holds exact "
        "values: a cell may begin "
        "with = + - @,\n"
        "so import it into a spreadsheet as text. Exit: 0, 1 failure.");
}

void add_scenarios(CLI::App& app, Command& chosen) {
    const auto [command, options] = declare<ScenariosOptions>(
        app, "scenarios", "what is watched, what is not seen and why, with the rules", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant", "NAME");
    format_option(command, options->format, listing_formats());
    command->footer(
        "States: covered; late, when its feeds were not read lately; blind, or blind in part, when a feed is "
        "refused;\nnot watched, when no rule tells of it. What they see now is read in the store: the daemon "
        "must have run.\nExit: 0 nothing is blind or late, 1 otherwise.");
}

void add_coverage(CLI::App& app, Command& chosen) {
    const auto [command, options] = declare<CoverageOptions>(
        app, "coverage", "what was collected, what is missing, and until when it can be got", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant", "NAME");
    text_option(command, "--from", options->from,
                "event time from: ISO 8601, a date, or -30d; as far as the backfill goes without it", "TIME");
    text_option(command, "--to", options->to, "event time to; the end of the hot windows without it", "TIME");
    format_option(command, options->format, listing_formats());
    command->footer("Exit: 0 complete, 1 holes.");
}

void add_verify(CLI::App& app, Command& chosen) {
    const auto [command, options] = declare<VerifyOptions>(
        app, "verify", "check the evidence chain: was a record, an alert or a delivery touched", chosen);
    CLI::Option* config = config_option(command, options->config);
    const auto file = [command = command](const char* flag, std::filesystem::path& into,
                                          const char* sentence) {
        return command
            ->add_option_function<std::string>(
                flag, [&into](const std::string& value) { into = value; }, sentence)
            ->type_name("FILE");
    };
    CLI::Option* database = file("--database", options->database, "a database, such as a copy of one");
    CLI::Option* key =
        file("--public-key", options->public_key, "public half of the key that signed it (evidence.pub)");
    text_option(command, "--tenant", options->tenant, "with --config: only this tenant", "NAME");
    command
        ->add_option(
            "--head", options->heads,
            "an entry and its hash that were kept elsewhere, or a file that holds some; the chain must hold "
            "them; may be repeated")
        ->type_name("ENTRY:HASH|FILE");

    format_option(command, options->format, story_formats());
    database->needs(key)->excludes(config);
    key->needs(database);
    command->parse_complete_callback([config, database] {
        if (config->count() == 0 && database->count() == 0)
            throw CLI::RequiredError("--config, or --database with --public-key");
    });
    command->footer(
        "The file is opened read only, beside a running daemon or on another machine.\n"
        "Exit: 0 intact, 1 broken (and where), 78 unusable configuration or key.");
}

void add_status(CLI::App& app, Command& chosen) {
    const auto [command, options] = declare<StatusOptions>(app, "status", "ask the running daemon", chosen);
    config_option(command, options->config)->required();
    format_option(command, options->format, story_formats());
    command->footer("Exit: 0 ready, 1 not.");
}

// `help [COMMAND…]`: the page of the command named, or the overview.
void add_help(CLI::App& app, Command& chosen) {
    CLI::App* help = app.add_subcommand("help", "this page, or the page of a command");
    auto words = std::make_shared<std::vector<std::string>>();
    help->add_option("COMMAND", *words, "the command")->type_name("");
    help->callback([&app, &chosen, words] {
        CLI::App* page = &app;
        std::string path = "entrawatch";
        for (const std::string& word : *words) {
            std::vector<std::string> names;
            CLI::App* next = nullptr;
            for (CLI::App* sub : page->get_subcommands({})) {
                names.push_back(sub->get_name());
                if (sub->get_name() == word) next = sub;
            }
            if (next == nullptr) {
                const std::string near = suggestion(word, names);
                throw CLI::ValidationError(
                    "there is no command '" + for_terminal(word) + "'" +
                        (near.empty() ? std::string{} : "; did you mean " + near + "?"),
                    CLI::ExitCodes::ValidationError);
            }
            page = next;
            path += " " + word;
        }
        // Not page->help(): that would show the page of `help`, the command that was chosen.
        chosen = TextOptions{page->get_formatter()->make_help(page, path, CLI::AppFormatMode::Normal)};
    });
}

void declare_all(CLI::App& app, Command& chosen) {
    app.require_subcommand(1);
    app.set_version_flag("--version", "entrawatch " + std::string{program_version});
    app.footer("Times are ISO 8601 in UTC, or relative: -2h, -30d.");
    add_run(app, chosen);
    add_check(app, chosen);
    add_import(app, chosen);
    add_query(app, chosen);
    add_alerts(app, chosen);
    add_mute(app, chosen);
    add_drill(app, chosen);
    add_hold(app, chosen);
    add_rules(app, chosen);
    add_scenarios(app, chosen);
    add_coverage(app, chosen);
    add_verify(app, chosen);
    add_evidence(app, chosen);
    add_status(app, chosen);
    add_help(app, chosen);
}

}  // namespace

FeedId named_feed(const std::string& name) {
    if (const Feed* feed = find_feed(name)) return feed->id;
    std::vector<std::string> names;
    for (const Feed& feed : all_feeds())
        names.emplace_back(feed.name);
    const std::string near = suggestion(name, names);
    std::string sentence = "--feed: no feed is called '" + for_terminal(name) + "'";
    if (!near.empty()) {
        sentence += "; did you mean " + near + "?";
    } else {
        sentence += "; the feeds are";
        for (const std::string& known : names)
            sentence += " " + known;
    }
    throw CLI::ValidationError(sentence, CLI::ExitCodes::ValidationError);
}

Result<Command> parse_options(const std::vector<std::string>& arguments) {
    Command chosen;
    CLI::App app{"Watches Microsoft Entra ID through Microsoft Graph, and tells who must know.",
                 "entrawatch"};
    declare_all(app, chosen);
    try {
        app.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
    } catch (const CLI::CallForHelp&) {
        return TextOptions{app.help()};
    } catch (const CLI::CallForVersion& version) {
        return TextOptions{std::string{version.what()} + "\n"};
    } catch (const CLI::ParseError& error) {
        return fail(ErrorCode::invalid, usage_sentence(app, error));
    }
    return chosen;
}

}  // namespace entrawatch
