#include "daemon/test_record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace entrawatch {

Result<std::string> make_test_record(const RuleExample& example, std::string_view nonce, Instant now) {
    auto record = nlohmann::ordered_json::parse(example.record, nullptr, false);
    if (!record.is_object())
        return fail(ErrorCode::invalid, "the example '" + example.name + "' is no JSON object");
    record["id"] = std::string{test_record_prefix} + std::string{nonce};
    for (auto& [name, value] : record.items()) {
        if (name.ends_with("DateTime") && value.is_string()) value = to_iso(now);
    }
    return record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

const RuleExample* firing_example(const Rule& rule) {
    const auto found = std::find_if(rule.examples.begin(), rule.examples.end(),
                                    [](const RuleExample& e) { return e.fires && e.earlier.empty(); });
    return found == rule.examples.end() ? nullptr : &*found;
}

const Rule* default_test_rule(std::span<const Rule> rules) {
    for (const std::string_view scenario : {"EA-1", "EA-", ""}) {
        const Rule* severest = nullptr;
        for (const Rule& rule : rules) {
            const bool fits =
                scenario == "EA-1" ? rule.scenario == scenario : rule.scenario.starts_with(scenario);
            if (!fits || firing_example(rule) == nullptr) continue;
            if (severest == nullptr || rule.level > severest->level) severest = &rule;
        }
        if (severest != nullptr) return severest;
    }
    return nullptr;
}

}  // namespace entrawatch
