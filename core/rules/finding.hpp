// Finding: a rule's conclusion about one event. A value; the store decides whether it becomes an alert.
#pragma once

#include <string>
#include <vector>

#include "core/rules/rule.hpp"
#include "core/rules/rule_filter.hpp"

namespace entrawatch {

struct Finding {
    const Rule* rule = nullptr;  // lives as long as the RuleSet that found it
    Severity severity = Severity::medium;
    std::string
        subject;  // the values of Rule::subject, folded, joined by '|'; ids never contain '|' unescaped
    std::string summary;  // one sentence a person understands
    std::vector<std::string> severity_reasons;
    // The event is excepted from the rule by this filter, which lasts longest of those that except it;
    // whether it is in force is for whoever has a clock. Lives as long as the RuleSet.
    const RuleFilter* filter = nullptr;
    // Of a correlation: what the event adds to it. Whether it holds is for correlated() to say.
    int step = -1;        // which of its steps the event matched; -1 = no correlation
    std::string value{};  // what is counted
};

}  // namespace entrawatch
