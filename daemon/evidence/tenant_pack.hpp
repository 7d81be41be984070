// TenantPack: what the parts of an evidence pack are written from, and each part of it.
//
// The parts write files through the PackWriter and leave figures for the report. One snapshot of the store
// lies under all of them. Used by evidence_export. Read next: pack_folder.hpp, pack_figures.hpp, report.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "core/store/questions.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/evidence/pack_figures.hpp"
#include "daemon/evidence/pack_folder.hpp"

namespace entrawatch {

struct PackSource {
    const Settings& settings;
    const TenantSettings& tenant;
    Store& store;
    Span span;  // of event time, half-open
    Instant now;
    std::string user;
    std::filesystem::path shipped;                 // folder of the data that comes with the program
    const std::vector<Rule>& rules;                // as they are now
    std::vector<Ed25519PublicKey> keys;            // of all who signed here
    std::function<void(const std::string&)> tell;  // how far it is, for people

    // :from and :to.
    [[nodiscard]] QuestionValues values() const;
};

// events.jsonl, events.csv
[[nodiscard]] Result<> pack_events(const PackSource& source, PackWriter& pack, PackFigures& figures);
// alerts.jsonl
[[nodiscard]] Result<> pack_alerts(const PackSource& source, PackWriter& pack, PackFigures& figures);
// deliveries.csv, attempts.csv, mutes.csv, audit_trail.csv, windows.csv, rejections.csv,
// prune_receipts.csv, holds.csv
[[nodiscard]] Result<> pack_tables(const PackSource& source, PackWriter& pack, PackFigures& figures);
// coverage.csv
[[nodiscard]] Result<> pack_coverage(const PackSource& source, PackWriter& pack, PackFigures& figures);
// settings/, rules/
[[nodiscard]] Result<> pack_settings(const PackSource& source, PackWriter& pack, PackFigures& figures);
// integrity/; after the events, which say how late they came
[[nodiscard]] Result<> pack_integrity(const PackSource& source, PackWriter& pack, PackFigures& figures);

inline constexpr ListStyle pack_csv{Format::csv, false, 0, true};
inline constexpr ListStyle pack_jsonl{Format::jsonl, false, 0, false};

// A file that one question makes.
struct PackList {
    std::string path;
    std::string_view question;
    QuestionValues values;
    ListStyle style;
};
// `look` sees every row. The number of rows.
[[nodiscard]] Result<std::int64_t> pack_list(const PackSource& source, PackWriter& pack, const PackList& what,
                                             const std::function<void(const AnswerRow&)>& look = {});
// As CSV, of the span, and counted in the figures.
[[nodiscard]] Result<> pack_table(const PackSource& source, PackWriter& pack, PackFigures& figures,
                                  const std::string& path, std::string_view question);

}  // namespace entrawatch
