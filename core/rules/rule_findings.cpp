#include "core/rules/rule_findings.hpp"

#include <algorithm>

#include "core/rules/condition.hpp"
#include "core/rules/summary.hpp"

namespace entrawatch {
namespace {

// A subject field and its distinct values, in the order of the record.
struct SubjectField {
    std::uint32_t id = 0;
    std::vector<std::size_t> values;  // indices into the cache's values; empty: the field is missing
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

class Conclusion {
  public:
    Conclusion(const Rule& rule, const RuleFieldIds& ids, FieldCache& cache)
        : rule_(rule), ids_(ids), cache_(cache) {
        for (std::size_t i = 0; i < rule.subject.size(); ++i)
            fields_.push_back(distinct_values(i));
        chosen_.resize(fields_.size());
    }

    void run(std::vector<Finding>& findings) {
        Finding common;
        common.rule = &rule_;
        common.step = rule_.step;
        if (rule_.step >= 0 && lacks_a_field()) return;  // belongs to no group
        if (rule_.counted) {
            const auto values = cache_.folded(*ids_.counted, *rule_.counted);
            if (values.empty() || values.front().empty()) return;  // nothing to count
            common.value = values.front();
        }
        judge(common);
        do {
            Finding finding = common;
            finding.subject = subject();
            finding.summary = fill_summary(rule_.summary, [&](std::size_t place) { return words(place); });
            findings.push_back(std::move(finding));
        } while (++made_ < max_findings_per_event && next());
    }

  private:
    SubjectField distinct_values(std::size_t i) {
        SubjectField field{ids_.subject[i], {}};
        const auto texts = cache_.folded(field.id, rule_.subject[i]);
        for (std::size_t v = 0; v < texts.size() && field.values.size() < max_findings_per_event; ++v) {
            const bool seen = std::any_of(field.values.begin(), field.values.end(),
                                          [&](std::size_t earlier) { return texts[earlier] == texts[v]; });
            if (!seen && !texts[v].empty()) field.values.push_back(v);
        }
        return field;
    }

    [[nodiscard]] bool lacks_a_field() const {
        return std::any_of(fields_.begin(), fields_.end(),
                           [](const SubjectField& field) { return field.values.empty(); });
    }

    void judge(Finding& finding) {
        finding.severity = rule_.level;
        for (std::size_t i = 0; i < rule_.severity.size(); ++i) {
            const SeverityAdjustment& adjustment = rule_.severity[i];
            if (!adjustment.when || !adjustment.when->matches(cache_, ids_.severity[i])) continue;
            finding.severity =
                adjustment.level ? *adjustment.level : shifted(finding.severity, adjustment.raise);
            finding.severity_reasons.push_back(adjustment.reason);
        }
    }

    std::string subject() {
        std::string joined;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (i > 0) joined += '|';
            if (fields_[i].values.empty()) continue;
            joined += escaped(cache_.folded(fields_[i].id, rule_.subject[i])[fields_[i].values[chosen_[i]]]);
        }
        return joined;
    }

    // A place that names a subject field shows this finding's value, any other place all values.
    std::string words(std::size_t place) {
        if (place >= ids_.summary.size()) return {};
        const std::uint32_t id = ids_.summary[place];
        const auto values = cache_.values(id, rule_.summary_fields[place]);
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (fields_[i].id != id || fields_[i].values.empty()) continue;
            return values_in_words(values.subspan(fields_[i].values[chosen_[i]], 1));
        }
        return values_in_words(values);
    }

    // The next combination, the last field running fastest; false after the last one.
    bool next() {
        for (std::size_t i = fields_.size(); i-- > 0;) {
            if (++chosen_[i] < fields_[i].values.size()) return true;
            chosen_[i] = 0;
        }
        return false;
    }

    const Rule& rule_;
    const RuleFieldIds& ids_;
    FieldCache& cache_;
    std::vector<SubjectField> fields_;
    std::vector<std::size_t> chosen_;
    std::size_t made_ = 0;
};

}  // namespace

void conclude(const Rule& rule, const RuleFieldIds& ids, FieldCache& cache, std::vector<Finding>& findings) {
    Conclusion{rule, ids, cache}.run(findings);
}

}  // namespace entrawatch
