// The settings and rules that were in force: which the store keeps of settings whole, of rules the digest of
// each file. A rule's text is taken along when a file of today has that digest.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "config/files.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "daemon/evidence/tenant_pack.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_rule_text = 1024UL * 1024;

struct NamedRule {
    std::string id, name, sha256;
    friend bool operator<(const NamedRule& a, const NamedRule& b) {
        return std::tie(a.name, a.id, a.sha256) < std::tie(b.name, b.id, b.sha256);
    }
};

std::string member_text(const OrderedJson& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void add_named_rules(std::string_view text, std::set<NamedRule>& rules) {
    const auto list = OrderedJson::parse(text, nullptr, false);
    if (!list.is_array()) return;
    for (const OrderedJson& rule : list) {
        if (rule.is_object())
            rules.insert({member_text(rule, "id"), member_text(rule, "name"), member_text(rule, "sha256")});
    }
}

bool names_tenant(const OrderedJson& names, const std::string& tenant) {
    return !names.is_array() || names.empty() || std::find(names.begin(), names.end(), tenant) != names.end();
}

// What the settings say of other tenants is none of this one's auditors' business. False: nothing was cut.
bool cut_others(OrderedJson& settings, const std::string& tenant) {
    bool cut = false;
    const auto keep = [&](const char* key, const std::function<bool(const OrderedJson&)>& wanted) {
        const auto list = settings.find(key);
        if (list == settings.end() || !list->is_array()) return;
        OrderedJson kept = OrderedJson::array();
        for (OrderedJson& item : *list) {
            if (wanted(item)) kept.push_back(std::move(item));
        }
        cut = cut || kept.size() != list->size();
        *list = std::move(kept);
    };
    keep("tenants", [&](const OrderedJson& item) { return member_text(item, "name") == tenant; });
    keep("destinations", [&](const OrderedJson& item) {
        return !item.is_object() || !item.contains("tenants") || names_tenant(item["tenants"], tenant);
    });
    if (!cut || !settings.contains("destinations")) return cut;
    for (OrderedJson& destination : settings["destinations"]) {
        if (destination.is_object() && destination.contains("tenants"))
            destination["tenants"] = OrderedJson::array({tenant});
    }
    return cut;
}

// Under the name that is the digest of the whole text; `.cut` where other tenants were left out.
Result<> pack_text(const PackSource& source, PackWriter& pack, const std::string& file,
                   std::string_view text) {
    auto settings = OrderedJson::parse(text, nullptr, false);
    if (settings.is_object() && cut_others(settings, source.tenant.name))
        return pack.write(file + ".cut.json", json_text(settings, false, 2) + "\n");
    return pack.write(file + ".json", text);
}

// The texts of the configurations, each once.
Result<> pack_texts(const PackSource& source, PackWriter& pack, std::set<NamedRule>& rules) {
    std::optional<Error> failure;
    const auto rows =
        ask_question(source.store, "pack-settings-texts", source.values(), [&](const AnswerRow& row) {
            const auto text = [&](std::size_t i) { return std::get<std::string_view>(row.at(i)); };
            const std::string file = std::string{text(0)} + "/" + std::string{text(1)};
            if (auto done = pack_text(source, pack, file, text(2)); !done) failure = done.error();
            if (text(0) == "rules") add_named_rules(text(2), rules);
            return !failure;
        });
    if (!rows) return fail(rows.error());
    return failure ? Result<>{fail(*failure)} : Result<>{};
}

// The digests of the texts that were found among the rules of today and taken along.
Result<std::set<std::string>> pack_rule_texts(const PackSource& source, PackWriter& pack,
                                              const std::set<NamedRule>& rules) {
    std::map<std::string, std::filesystem::path> files;
    for (const Rule& rule : source.rules)
        files.emplace(rule.sha256, rule.file);
    std::set<std::string> packed;
    for (const NamedRule& rule : rules) {
        const auto file = files.find(rule.sha256);
        if (file == files.end() || packed.contains(rule.sha256)) continue;
        const auto text = read_small_file(file->second, largest_rule_text);
        if (!text || to_hex(as_bytes(sha256(*text))) != rule.sha256) continue;
        if (auto done = pack.write("rules/" + rule.sha256 + ".yml", *text); !done) return fail(done.error());
        packed.insert(rule.sha256);
    }
    return packed;
}

Result<> pack_rule_list(PackWriter& pack, PackFigures& figures, const std::set<NamedRule>& rules,
                        const std::set<std::string>& packed) {
    return pack.write("rules/in_force.csv", [&](std::ostream& out) -> Result<> {
        ListWriter list{out, {{"name", ""}, {"id", ""}, {"sha256", ""}, {"text", ""}}, pack_csv};
        for (const NamedRule& rule : rules) {
            const bool here = packed.contains(rule.sha256);
            list.row({rule.name, rule.id, rule.sha256,
                      here ? "rules/" + rule.sha256 + ".yml" : "no file of today has this digest"});
            ++(here ? figures.rule_texts : figures.rule_texts_missing);
        }
        list.finish();
        figures.rows["rules/in_force.csv"] = static_cast<std::int64_t>(list.rows());
        return {};
    });
}

}  // namespace

Result<> pack_settings(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    if (auto done = pack_table(source, pack, figures, "settings/in_force.csv", "pack-settings"); !done)
        return done;
    std::set<NamedRule> rules;
    if (auto done = pack_texts(source, pack, rules); !done) return done;
    const auto packed = pack_rule_texts(source, pack, rules);
    if (!packed) return fail(packed.error());
    return pack_rule_list(pack, figures, rules, *packed);
}

}  // namespace entrawatch
