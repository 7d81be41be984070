// extract: the fields that the columns of the event store need, taken out of a page of Graph in one forward
// pass of simdjson. The cheapest honest way there is; the product is measured against it.
//
// No checks, no folding, no decoding, no rules. Views live until the extractor's next page. Used by floor.
#pragma once

#include <simdjson.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/feed/feed.hpp"

namespace entrawatch::bench {

struct ExtractedChange {
    std::string_view property, old_value, new_value;
    bool has_old = false, has_new = false;
};

struct Extracted {
    std::string_view raw;
    std::string_view id, time, updated, correlation;
    std::string_view activity, category, service, outcome;
    std::string_view actor_kind, actor_id, actor_name, actor_ip;
    std::string_view target_kind, target_id, target_name;
    std::vector<std::pair<std::string_view, std::string_view>> entities;  // role, value
    std::vector<ExtractedChange> changes;

    void clear();
    void touch(std::string_view role, std::string_view value) {
        if (!value.empty()) entities.emplace_back(role, value);
    }
};

class Extractor {
  public:
    // Calls `take` with each record of the page; what it is given is overwritten by the next one. Throws
    // simdjson_error when the page is no page.
    template <class Take>
    void each(RecordKind kind, const simdjson::padded_string& page, Take&& take) {
        simdjson::ondemand::document document = parser_.iterate(page);
        for (auto element : document["value"].get_array()) {
            simdjson::ondemand::object record = element.get_object();
            read(kind, record);
            take(record_);
        }
    }

  private:
    void read(RecordKind kind, simdjson::ondemand::object record);
    simdjson::ondemand::parser parser_;
    Extracted record_;
};

}  // namespace entrawatch::bench
