#include <algorithm>
#include <fstream>
#include <ostream>
#include <type_traits>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/ingest_context.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/record_source.hpp"
#include "daemon/evidence_key.hpp"
#include "daemon/waiting_watch.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t records_per_transaction = 1000;
constexpr int most_tries = 40;  // of one transaction while the daemon is writing
constexpr Ticks between_tries = std::chrono::milliseconds{250};

// The line on which a record begins, from 1; of several on one line, which of them.
std::string line_of(const SourcePage& source, std::size_t record) {
    const std::string& body = source.page.body;
    const auto begin_of = [&](std::size_t index) { return source.page.records[index].data() - body.data(); };
    const auto lines_up_to = [&](std::ptrdiff_t end) {
        return std::count(body.begin(), body.begin() + end, '\n');
    };
    std::size_t first = record;  // of the line
    while (first > 0 && std::find(body.begin() + begin_of(first - 1), body.begin() + begin_of(record),
                                  '\n') == body.begin() + begin_of(record))
        --first;
    std::string line = std::to_string(source.lines_before + lines_up_to(begin_of(record)) + 1);
    const bool shares_it = first < record;
    return shares_it ? line + " (record " + std::to_string(record - first + 1) + " there)" : line;
}

struct Totals {
    WindowProgress progress;
    std::int64_t opened = 0;
    std::int64_t suppressed = 0;  // findings that filters kept from being told
    std::int64_t raised = 0;      // alerts told again, because a later record made them severer
    std::map<std::string, int> deliveries;
    std::int64_t left_out = 0;            // not kept: sign_ins.scope
    std::int64_t unnamed_rejections = 0;  // kept, not listed
    bool unreadable = false;              // a file could not be read to its end
};

class Import {
  public:
    Import(const ImportOptions& options, const Invocation& invocation, Store store, IngestContext context)
        : options_{options},
          invocation_{invocation},
          store_{std::move(store)},
          context_{std::move(context)},
          scratch_{make_rule_scratch()} {}

    // An Error is the store's: what was committed before it stays.
    Result<> path(const std::string& path) {
        if (path == "-") {
            StreamSource source{"standard input", invocation_.in};
            return take_all(source);
        }
        std::error_code ignored;
        if (std::filesystem::is_directory(path, ignored)) return folder(path);
        std::ifstream in{path, std::ios::binary};
        if (!in) {
            unreadable({ErrorCode::not_found, "there is no such file, or it cannot be read", path});
            return {};
        }
        StreamSource source{path, in};
        return take_all(source);
    }

    // Findings that waited for the rest of what is imported. Those that are due later are the daemon's.
    Result<> decide_waiting(const TenantSettings& tenant) {
        auto report = patiently([&] {
            WaitingQuestion question = waiting_question(tenant, invocation_.now());
            question.all_came = true;
            return conclude_waiting(store_, context_, question, *scratch_);
        });
        if (!report) return fail(report.error());
        clear_progress();
        for (const Rejection& rejection : report->rejections)
            invocation_.out << "a finding that waits cannot be decided: " << for_terminal(rejection.reason)
                            << "\n";
        tell(*report);
        return {};
    }

    // What was imported is signed at once: the daemon may not run.
    int finish(const Ed25519Key& key) {
        clear_progress();
        if (const auto done = store_.sign_chain(key, invocation_.now()); !done)
            complain(invocation_, done.error(), exit_problems);
        const WindowProgress& sum = totals_.progress;
        invocation_.out << sum.rows << " records: " << sum.fresh << " fresh, "
                        << sum.rows - sum.fresh - sum.revised - sum.rejected - totals_.left_out
                        << " duplicates, " << sum.revised << " revised, " << sum.rejected << " rejected; "
                        << totals_.opened << " alerts opened, " << totals_.raised << " raised";
        if (totals_.suppressed > 0) {
            invocation_.out << ", " << counted(totals_.suppressed, "finding", "findings")
                            << " suppressed by filters (`entrawatch alerts list --suppressed`)";
        }
        invocation_.out << "\n";
        if (totals_.left_out > 0) {
            invocation_.out
                << totals_.left_out
                << " sign-ins were not kept, because no rule asks for them (sign_ins.scope: scenario)\n";
        }
        if (totals_.unnamed_rejections > 0) {
            invocation_.out << totals_.unnamed_rejections
                            << " further rejections are kept in the database, with their reasons\n";
        }
        for (const auto& [destination, rows] : totals_.deliveries) {
            invocation_.out << rows << " to deliver to " << for_terminal(destination) << "\n";
        }
        return sum.rejected > 0 || totals_.unreadable ? exit_problems : exit_ok;
    }

  private:
    Result<> folder(const std::string& path) {
        auto tree = find_log_files(path);
        if (!tree) {
            unreadable(tree.error());
            return {};
        }
        if (tree->files.empty()) {
            unreadable(
                {ErrorCode::not_found,
                 "the folder holds no insights-logs-…/y=YYYY/m=MM/d=DD/h=HH/m=00/PT1H.json; name files of "
                 "other forms one by one",
                 path});
            return {};
        }
        if (tree->others > 0) {
            invocation_.out << counted(tree->others, "file", "files")
                            << " that diagnostic settings do not write, left out: "
                            << for_terminal(tree->an_other) << (tree->others > 1 ? " and others" : "")
                            << "\n";
        }
        LogTreeSource source{std::move(*tree), {context_.tenant.tenant_id, options_.again}, store_};
        auto taken = take_all(source);
        clear_progress();
        invocation_.out << counted(source.files(), "file", "files") << " of stored logs, "
                        << source.passed_over() << " of them read to their end before\n";
        return taken;
    }

    Result<> take_all(RecordSource& source) {
        while (true) {
            auto page = source.next();
            if (!page) {
                if (page.error().code == ErrorCode::corrupt) return fail(page.error());
                unreadable(page.error());
                continue;
            }
            if (!*page) return {};
            if (auto done = take(**page); !done) return done;
            if (auto done = patiently([&] { return source.acknowledge(invocation_.now()); }); !done)
                return done;
        }
    }

    Result<> take(const SourcePage& source) {
        const std::vector<std::string_view>& records = source.page.records;
        for (std::size_t at = 0; at < records.size(); at += records_per_transaction) {
            const std::size_t end = std::min(at + records_per_transaction, records.size());
            Page batch;  // its records are views into the whole page
            batch.records.assign(records.begin() + static_cast<std::ptrdiff_t>(at),
                                 records.begin() + static_cast<std::ptrdiff_t>(end));
            auto report = commit(batch);
            if (!report) return fail(report.error());
            tell(source, at, *report);
        }
        return {};
    }

    // The daemon may be writing the same database: its turn is waited for.
    template <class Work>
    std::invoke_result_t<Work> patiently(const Work& work) {
        for (int tries = 1;; ++tries) {
            auto done = work();
            if (done || done.error().code != ErrorCode::unavailable || tries == most_tries) return done;
            invocation_.pause(between_tries);
        }
    }

    Result<IngestReport> commit(const Page& batch) {
        IngestInput input;
        input.feed = options_.feed ? &feed_of(*options_.feed) : nullptr;
        input.page = &batch;
        input.any_shape = true;
        return patiently([&] {
            input.now = invocation_.now();
            return ingest(store_, context_, input, *scratch_);
        });
    }

    void tell(const SourcePage& source, std::size_t at, const IngestReport& report) {
        clear_progress();
        for (const Rejection& rejection : report.rejections) {
            invocation_.out << for_terminal(source.name) << ":" << line_of(source, at + rejection.record)
                            << ": rejected: " << for_terminal(rejection.reason) << "\n";
        }
        tell(report);
        if (invocation_.err_is_terminal) {
            invocation_.err << "\r" << for_terminal(source.name) << ": " << totals_.progress.rows
                            << " records, " << totals_.opened << " alerts" << std::flush;
        }
    }

    void tell(const IngestReport& report) {
        for (const AlertRow& alert : report.opened)
            tell(alert, "");
        for (const AlertRow& alert : report.raised)
            tell(alert, "  (raised)");
        add(report);
    }

    void tell(const AlertRow& alert, std::string_view note) {
        invocation_.out << name_of(alert.severity) << "  " << for_terminal(alert.scenario) << "  "
                        << for_terminal(alert.summary) << "  " << for_terminal(alert.id) << note << "\n";
    }

    void add(const IngestReport& report) {
        WindowProgress& sum = totals_.progress;
        sum.rows += report.progress.rows;
        sum.fresh += report.progress.fresh;
        sum.revised += report.progress.revised;
        sum.rejected += report.progress.rejected;
        totals_.left_out += report.left_out;
        totals_.opened += static_cast<std::int64_t>(report.opened.size());
        totals_.raised += static_cast<std::int64_t>(report.raised.size());
        totals_.unnamed_rejections +=
            report.progress.rejected - static_cast<std::int64_t>(report.rejections.size());
        for (const auto& [filter, findings] : report.suppressed)
            totals_.suppressed += findings;
        for (const auto& [destination, rows] : report.deliveries)
            totals_.deliveries[destination] += rows;
    }

    void unreadable(const Error& error) {
        clear_progress();
        complain(invocation_, error, exit_problems);
        totals_.unreadable = true;
    }

    void clear_progress() const {
        if (invocation_.err_is_terminal) invocation_.err << "\r\x1b[K" << std::flush;
    }

    const ImportOptions& options_;
    const Invocation& invocation_;
    Store store_;
    IngestContext context_;
    RuleScratchPtr scratch_;
    Totals totals_;
};

}  // namespace

int run_import(const ImportOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenant = one_tenant(*settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    const auto key = open_evidence_key(*settings);
    if (!key) return complain(invocation, key.error(), exit_problems);
    auto store = open_or_create_store(*settings, **tenant, invocation.now());
    if (!store) return complain(invocation, store.error(), exit_problems);
    auto context = make_ingest_context(*settings, **tenant, *store, invocation);
    if (!context) return complain(invocation, context.error(), exit_configuration);
    if (options.deliver) context->routes = settings->routes();

    Import import{options, invocation, std::move(*store), std::move(*context)};
    for (const std::string& path : options.paths) {
        if (const auto done = import.path(path); !done) {
            import.finish(*key);
            return complain(invocation, done.error(), exit_problems);
        }
    }
    if (const auto done = import.decide_waiting(**tenant); !done)
        complain(invocation, done.error(), exit_problems);
    return import.finish(*key);
}

}  // namespace entrawatch
