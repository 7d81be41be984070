// verify: reads a database and its evidence chain from the first entry to the last row.
#include <ostream>

#include "config/files.hpp"
#include "core/base/text.hpp"
#include "core/store/chain_verify.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/evidence_key.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_public_keys = 64UL * 1024;
constexpr std::size_t largest_heads = 64UL * 1024 * 1024;
constexpr double bytes_per_mb = 1e6;

struct Question {
    std::string name;  // for people: the tenant, or the file
    std::filesystem::path database;
};

std::string megabytes(std::int64_t bytes) {
    return std::to_string(static_cast<std::int64_t>(static_cast<double>(bytes) / bytes_per_mb)) + " MB";
}

class Progress {
  public:
    explicit Progress(const Invocation& invocation) : invocation_(invocation) {}
    void tell(const std::string& name, const VerifyProgress& progress) const {
        if (!invocation_.err_is_terminal) return;
        invocation_.err << "\r\x1b[K";
        if (!progress.stage.empty()) {
            invocation_.err << for_terminal(name) << ": " << progress.stage << "; entry " << progress.entries
                            << " of " << progress.of_entries << ", " << progress.events << " events, "
                            << megabytes(progress.bytes);
        }
        invocation_.err << std::flush;
    }

  private:
    const Invocation& invocation_;
};

OrderedJson json_of(const PruneReceipt& receipt) {
    return {{"receipt", receipt.number},
            {"at", to_iso(receipt.at)},
            {"reason", receipt.reason},
            {"because", receipt.because},
            {"events", receipt.events},
            {"rejections", receipt.rejections},
            {"first_at", to_iso(receipt.first_at)},
            {"last_at", to_iso(receipt.last_at)}};
}

OrderedJson json_of(const PrunedFigures& pruned) {
    OrderedJson out{{"receipts", pruned.receipts},
                    {"events", pruned.events},
                    {"rejections", pruned.rejections},
                    {"newest", OrderedJson::array()}};
    for (const PruneReceipt& receipt : pruned.newest)
        out["newest"].push_back(json_of(receipt));
    return out;
}

OrderedJson json_of(const Question& question, const VerifyReport& report) {
    OrderedJson out{{"database", question.database.string()},
                    {"tenant", report.tenant},
                    {"intact", !report.broken.has_value()}};
    if (report.broken) out["broken"] = *report.broken;
    out["head"] = to_text(report.head);
    if (report.signed_to) {
        out["signed_entry"] = report.signed_to->entry;
        out["signed_at"] = to_iso(report.signed_to->at);
        out["key"] = report.signed_to->key;
    }
    out["checkpoints"] = report.checkpoints;
    out["unsigned_entries"] = report.head.entry - (report.signed_to ? report.signed_to->entry : 0);
    out["rows"] = report.rows;
    out["events"] = report.done.events;
    out["bytes"] = report.done.bytes;
    if (report.pruned.receipts > 0) out["pruned"] = json_of(report.pruned);
    return out;
}

void print(std::ostream& out, const PrunedFigures& pruned) {
    if (pruned.receipts == 0) return;
    out << "  pruned by " << counted(pruned.receipts, "signed receipt", "signed receipts") << ": "
        << counted(pruned.events, "event", "events") << " and "
        << counted(pruned.rejections, "rejection", "rejections")
        << "; the newest (all: view prune_receipts):\n";
    for (const PruneReceipt& receipt : pruned.newest) {
        out << "    " << receipt.number << " at " << to_iso(receipt.at) << ": "
            << counted(receipt.events, "event", "events") << " and "
            << counted(receipt.rejections, "rejection", "rejections") << " of " << to_iso(receipt.first_at)
            << " to " << to_iso(receipt.last_at) << ", for " << for_terminal(receipt.reason) << ": "
            << for_terminal(receipt.because) << "\n";
    }
}

void print(std::ostream& out, const Question& question, const VerifyReport& report) {
    const std::string name = for_terminal(question.name);
    if (report.broken) {
        out << name << ": BROKEN\n  " << for_terminal(*report.broken) << "\n";
        if (report.head.entry > 0)
            out << "  the chain is good up to entry " << report.head.entry << ": " << to_text(report.head)
                << "\n";
    } else {
        out << name << ": intact\n  " << report.rows << " rows in " << report.head.entry
            << " entries, among them " << report.done.events << " events of " << megabytes(report.done.bytes)
            << " as received\n  head " << to_text(report.head) << "\n";
    }
    print(out, report.pruned);
    if (!report.signed_to) return;
    out << "  signed up to entry " << report.signed_to->entry << " at " << to_iso(report.signed_to->at)
        << " with key " << for_terminal(report.signed_to->key) << "; " << report.checkpoints
        << " checkpoints\n";
    const std::int64_t after =
        report.head.entry - report.signed_to->entry - 1;  // the next one tells of the signature
    if (!report.broken && after > 0) {
        out << "  the last " << after
            << " entries are not signed yet: who can write the file could have made them\n";
    }
}

class Verify {
  public:
    Verify(const VerifyOptions& options, const Invocation& invocation)
        : options_(options), invocation_(invocation) {}

    int run() {
        if (auto read = read_question(); !read)
            return complain(invocation_, read.error(), exit_configuration);
        if (stopped_) return exit_configuration;
        OrderedJson rows = OrderedJson::array();
        for (const Question& question : questions_) {
            const Progress progress{invocation_};
            const auto report =
                verify_chain({question.database, keys_, known_},
                             [&](const VerifyProgress& done) { progress.tell(question.name, done); });
            if (!report) {
                code_ = complain(invocation_, report.error(), exit_problems);
                continue;
            }
            if (report->broken) code_ = exit_problems;
            if (options_.format == Format::json)
                rows.push_back(json_of(question, *report));
            else
                print(invocation_.out, question, *report);
        }
        if (options_.format == Format::json)
            invocation_.out << rows.dump(2, ' ', false, OrderedJson::error_handler_t::replace) << "\n";
        return code_;
    }

  private:
    Result<> read_question() {
        for (const std::string& head : options_.heads) {
            if (auto read = read_head(head); !read) return read;
        }
        return options_.config.empty() ? ask_of_file() : ask_of_settings();
    }

    // As it is printed, or a file that holds some: of a destination, a journal, or a list.
    Result<> read_head(const std::string& head) {
        std::vector<KnownHead> heads = find_heads(head);
        std::error_code ignored;
        if (heads.empty() && std::filesystem::is_regular_file(head, ignored)) {
            const auto text = read_small_file(head, largest_heads);
            if (!text) return fail(text.error());
            heads = find_heads(*text);
        }
        if (heads.empty()) {
            return fail(
                ErrorCode::invalid,
                "--head: '" + for_terminal(head) +
                    "' is neither an entry with its hash, such as 120:<64 hex digits>, nor a file that "
                    "holds one");
        }
        known_.insert(known_.end(), heads.begin(), heads.end());
        return {};
    }

    Result<> ask_of_file() {
        const auto text = read_small_file(options_.public_key, largest_public_keys);
        if (!text) return fail(text.error());
        auto keys = read_public_keys(*text);
        if (!keys) return fail(keys.error().code, keys.error().what, options_.public_key.string());
        keys_ = std::move(*keys);
        questions_.push_back({options_.database.string(), options_.database});
        return {};
    }

    Result<> ask_of_settings() {
        const auto settings = open_settings(options_.config, invocation_);
        stopped_ = !settings;
        if (!settings) return {};
        const auto tenants = chosen_tenants(*settings, options_.tenant);
        if (!tenants) return fail(tenants.error());
        auto keys = evidence_public_keys(*settings);
        if (!keys) return fail(keys.error());
        keys_ = std::move(*keys);
        for (const TenantSettings* tenant : *tenants)
            questions_.push_back({tenant->name, tenant->database});
        return {};
    }

    const VerifyOptions& options_;
    const Invocation& invocation_;
    std::vector<Ed25519PublicKey> keys_;
    std::vector<KnownHead> known_;
    std::vector<Question> questions_;
    bool stopped_ = false;  // the settings cannot be used, and it was said why
    int code_ = exit_ok;
};

}  // namespace

int run_verify(const VerifyOptions& options, const Invocation& invocation) {
    return Verify{options, invocation}.run();
}

}  // namespace entrawatch
