// ocsf_class: which class of OCSF 1.4 an event is, and the numbers of the schema's lists with their captions:
// activity, severity, status.
//
// Private to alerts/export. Read next: event_ocsf.cpp.
#pragma once

#include <string_view>

#include "alerts/export/event_facts.hpp"

namespace entrawatch {

struct OcsfClass {
    int uid;
    std::string_view name;
    int category;
    std::string_view category_name;
};
[[nodiscard]] OcsfClass ocsf_class(ActKind kind);

inline constexpr int ocsf_other = 99;  // of every list: what it does not have; its name is the source's

// A number of one of the schema's lists, and what it is called there; the name lives as long as the facts.
struct OcsfChoice {
    int id;
    std::string_view name;
};
[[nodiscard]] OcsfChoice ocsf_activity(const EventFacts& facts);
// Events say what happened, not how bad it is; findings say that.
[[nodiscard]] OcsfChoice ocsf_severity(const EventFacts& facts);
[[nodiscard]] OcsfChoice ocsf_status(const EventFacts& facts);

}  // namespace entrawatch
