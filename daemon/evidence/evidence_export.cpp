// evidence export: what the store holds of a span, as a folder for auditors.
#include <ostream>

#include "config/files.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/evidence/manifest.hpp"
#include "daemon/evidence/report.hpp"
#include "daemon/evidence/tenant_pack.hpp"
#include "daemon/evidence_key.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_pack_text = 256UL * 1024;

class EvidenceExport {
  public:
    EvidenceExport(const EvidenceExportOptions& options, const Settings& settings, Span span,
                   const Invocation& invocation)
        : options_(options), settings_(settings), span_(span), invocation_(invocation) {}

    Result<> run() {
        if (auto read = prepare(); !read) return read;
        const auto tenants = chosen_tenants(settings_, options_.tenant);
        if (!tenants) return fail(tenants.error());
        auto folder = PackFolder::begin(options_.output);
        if (!folder) return fail(folder.error());
        std::vector<std::string> told;
        for (const TenantSettings* tenant : *tenants) {
            PackFigures figures;
            auto done = export_tenant(*tenant, folder->draft() / tenant->name, figures);
            clear_progress();
            if (!done) return done;
            told.push_back(tenant->name + ": " + words_of(figures));
        }
        if (auto done = folder->finish(); !done) return done;
        for (const std::string& line : told)
            invocation_.out << line << "\n";
        tell_of_signature();
        return {};
    }

  private:
    Result<> prepare() {
        const auto shipped = find_shipped_data(invocation_.executable);
        if (!shipped) return fail(shipped.error());
        shipped_ = *shipped;
        auto controls = read_controls(shipped_ / "evidence/controls.yml");
        if (!controls) return fail(controls.error());
        controls_ = std::move(*controls);
        for (const auto& [file, text] : {std::pair{"README.md", &readme_}, {"report.css", &style_}}) {
            auto read = read_small_file(shipped_ / "evidence" / file, largest_pack_text);
            if (!read) return fail(read.error());
            *text = std::move(*read);
        }
        // Rules that cannot be read are missing among the texts; the pack says of which it has none.
        rules_ = load_rules(shipped_, settings_.rules).rules;
        auto key = present_evidence_key(settings_);
        if (!key) return fail(key.error());
        key_ = std::move(*key);
        auto keys = evidence_public_keys(settings_);
        if (!keys && keys.error().code != ErrorCode::not_found) return fail(keys.error());
        if (keys) keys_ = std::move(*keys);
        return {};
    }

    Result<> export_tenant(const TenantSettings& tenant, const std::filesystem::path& folder,
                           PackFigures& figures) {
        const Instant now = invocation_.now();
        auto store = open_existing_store(tenant, true, now);
        if (!store) return fail(store.error());
        const auto snapshot = store->snapshot();
        if (!snapshot) return fail(snapshot.error());
        auto pack = PackWriter::begin(folder);
        if (!pack) return fail(pack.error());
        const PackSource source{
            settings_, tenant,
            *store,    span_,
            now,       invocation_.user,
            shipped_,  rules_,
            keys_,     [&](const std::string& what) { tell_progress(tenant.name, what); }};
        for (const auto part :
             {pack_events, pack_alerts, pack_tables, pack_coverage, pack_settings, pack_integrity}) {
            if (auto done = part(source, *pack, figures); !done) return done;
        }
        if (auto done = write_words(source, *pack, figures); !done) return done;
        const auto schema = store->schema_version();
        if (!schema) return fail(schema.error());
        return pack_manifest(
            *pack, {tenant.name, tenant.tenant_id, span_, now, invocation_.user, *schema, figures, key_});
    }

    Result<> write_words(const PackSource& source, PackWriter& pack, const PackFigures& figures) {
        const ReportInput input{source.tenant.name,
                                source.tenant.tenant_id,
                                span_,
                                source.now,
                                source.user,
                                key_ ? key_->public_key().id() : std::string{},
                                style_,
                                figures,
                                controls_};
        const auto written = [&](void (*write)(std::ostream&, const ReportInput&)) {
            return [&input, write](std::ostream& out) -> Result<> {
                write(out, input);
                return {};
            };
        };
        if (auto done = pack.write("report.html", written(write_report)); !done) return done;
        if (auto done = pack.write("controls.md", written(write_controls)); !done) return done;
        return pack.write("README.md", readme_);
    }

    void tell_progress(const std::string& tenant, const std::string& what) const {
        if (!invocation_.err_is_terminal) return;
        invocation_.err << "\r\x1b[K" << for_terminal(tenant) << ": " << for_terminal(what) << std::flush;
    }
    void clear_progress() const {
        if (invocation_.err_is_terminal) invocation_.err << "\r\x1b[K" << std::flush;
    }

    static std::string words_of(const PackFigures& figures) {
        std::string words = counted(figures.events, "event", "events") + ", " +
                            counted(figures.alerts, "alert", "alerts") + ", " +
                            std::to_string(figures.bound_events) + " records bound to the signed chain";
        return words + (figures.holes == 0 ? "; no hole in coverage"
                                           : "; " + counted(figures.holes, "hole", "holes") +
                                                 " in coverage, see coverage.csv");
    }

    void tell_of_signature() const {
        invocation_.out << "written to " << for_terminal(options_.output.string()) << "; ";
        if (key_)
            invocation_.out << "each manifest is signed with the evidence key " << key_->public_key().id()
                            << "\n";
        else
            invocation_.out << "NOT signed: there is no evidence key that " << for_terminal(invocation_.user)
                            << " may read. Who may, exports a signed pack\n";
    }

    const EvidenceExportOptions& options_;
    const Settings& settings_;
    Span span_;
    const Invocation& invocation_;
    std::filesystem::path shipped_;
    std::vector<Control> controls_;
    std::vector<Rule> rules_;
    std::string readme_, style_;
    std::optional<Ed25519Key> key_;
    std::vector<Ed25519PublicKey> keys_;
};

}  // namespace

int run_evidence_export(const EvidenceExportOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto span = typed_span(options.from, options.to, invocation.now());
    if (!span) return complain(invocation, span.error(), exit_usage);
    const Span whole{*span->from, *span->to};
    if (auto done = EvidenceExport{options, *settings, whole, invocation}.run(); !done)
        return complain(invocation, done.error(), exit_problems);
    return exit_ok;
}

}  // namespace entrawatch
