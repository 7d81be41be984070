#include "daemon/evidence/manifest.hpp"

#include "daemon/output/json_text.hpp"
#include "daemon/version.hpp"

namespace entrawatch {
namespace {

OrderedJson counts_of(const PackFigures& figures) {
    OrderedJson counts{{"events", figures.events},
                       {"other_revisions", figures.earlier_revisions},
                       {"alerts", figures.alerts},
                       {"holes", figures.holes},
                       {"bound_events", figures.bound_events}};
    for (const auto& [file, rows] : figures.rows)
        counts["rows"][file] = rows;
    return counts;
}

}  // namespace

Result<> pack_manifest(PackWriter& pack, const ManifestInput& input) {
    OrderedJson manifest{{"format", "entrawatch evidence pack 1"},
                         {"tenant", input.tenant},
                         {"tenant_id", input.tenant_id},
                         {"from", to_iso(input.span.from)},
                         {"to", to_iso(input.span.to)},
                         {"made_at", to_iso(input.made_at)},
                         {"made_by", input.made_by},
                         {"program", "entrawatch " + std::string{program_version}},
                         {"schema", input.schema},
                         {"key", input.key ? OrderedJson(input.key->public_key().id()) : OrderedJson{}},
                         {"chain",
                          {{"first", input.figures.chain_first + 1},
                           {"last", input.figures.chain_last},
                           {"checkpoints", input.figures.checkpoints}}},
                         {"counts", counts_of(input.figures)}};
    manifest["files"] = OrderedJson::array();
    for (const PackedFile& file : pack.files())
        manifest["files"].push_back({{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}});
    const std::string text = json_text(manifest, false, 1) + "\n";
    if (auto done = pack.write("manifest.json", text); !done || !input.key) return done;
    return pack.write("manifest.sig", input.key->sign(text));
}

}  // namespace entrawatch
