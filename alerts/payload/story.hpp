// Story: a notification as people are told of it, whatever channel carries it: a heading, a sentence, facts
// with labels. The chat and on-call builders write it in their receiver's form.
//
// Every text is valid UTF-8 with control, bidi and zero-width characters escaped, so that a name cannot pose
// as another or break a line; markup and mentions are each builder's matter (chat_text.hpp). Lists are
// bounded. Read next: slack.cpp for how one is written down.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "alerts/payload/native.hpp"
#include "alerts/payload/render.hpp"

namespace entrawatch {

struct Fact {
    std::string label;
    std::string value;
};

struct Story {
    std::string type;
    std::string alert_id;
    std::string dedup_key;  // as stored: it is compared, not read
    std::string tenant;
    Severity severity = Severity::medium;
    std::string heading;  // "[CRITICAL] Privileged role assigned outside PIM"
    std::string summary;  // one sentence; may be empty
    std::string rule;     // "pim/role-assigned-outside-pim (PR-1)"
    std::string rule_name;
    std::string scenario;
    std::string actor;   // "deploy-bot (app, 198.51.100.7)"
    std::string target;  // empty when there is none
    std::string time;    // "2026-11-22T09:58:00Z", or from and to
    std::string told_at;
    bool test = false;
    std::vector<Fact> words;          // who acknowledged or resolved it, and why; in `more` as well
    std::vector<Fact> more;           // what the directory says, other rules
    std::vector<Fact> changes;        // "old → new"
    std::vector<std::string> events;  // a line each
    std::string entra_link;           // https, or empty
    std::string runbook_link;
    bool brief = false;             // only heading, sentence and kept_facts, shortened
    std::vector<std::string> shed;  // what is gone already
};

[[nodiscard]] Story tell(const Notification& notification);
// Actor, target, time, tenant, rule, alert id: what no shedding takes away.
[[nodiscard]] std::vector<Fact> kept_facts(const Story& story);
// "Left out: events. In full: entrawatch alerts show alrt_…"; empty when nothing is.
[[nodiscard]] std::string footnote(const Story& story);
// The heading, and what people said of the alert: one line.
[[nodiscard]] std::string heading_with_words(const Story& story);
// What the type says has become of the alert.
[[nodiscard]] bool is_over(const Story& story);  // resolved, recovered
[[nodiscard]] bool is_acknowledged(const Story& story);

// Valid, at most 1 KiB before escaping, nothing hidden.
[[nodiscard]] std::string shown(std::string_view text);
// Every text in it as shown() writes it: for details that people read.
[[nodiscard]] OrderedJson all_shown(OrderedJson value);

}  // namespace entrawatch
