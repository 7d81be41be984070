// Finding: a rule's conclusion about one event. A value; the store decides whether it becomes an alert.
#pragma once

#include <string>
#include <vector>

#include "core/rules/rule.hpp"

namespace entrawatch {

struct Finding {
    const Rule* rule = nullptr;  // lives as long as the RuleSet that found it
    Severity severity = Severity::medium;
    std::string
        subject;  // the values of Rule::subject, folded, joined by '|'; ids never contain '|' unescaped
    std::string summary;  // one sentence a person understands
    std::vector<std::string> severity_reasons;
    // Of a correlation: what the event adds to it. Whether it holds is for correlated() to say.
    int step = -1;        // which of its steps the event matched; -1 = no correlation
    std::string value{};  // what is counted
};

}  // namespace entrawatch
