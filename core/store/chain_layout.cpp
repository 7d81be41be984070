#include "core/store/chain_layout.hpp"

#include <array>

namespace entrawatch {

namespace {

using Q = sql::Query;

// clang-format off
constexpr std::array layouts{
    // table, rows, key columns, changes, octets
    ChainLayout{"property", Q::chained_property, 1, false, false},
    ChainLayout{"migration", Q::chained_migration, 1, false, false},
    ChainLayout{"feed", Q::chained_feed, 1, false, false},
    ChainLayout{"string", Q::chained_string, 1, false, false},
    ChainLayout{"dictionary", Q::chained_dictionary, 1, false, false},
    ChainLayout{"event", Q::chained_event, 1, false, true},
    ChainLayout{"event_revision", Q::chained_event_revision, 2, false, true},
    ChainLayout{"rejection", Q::chained_rejection, 1, false, true},
    ChainLayout{"feed_window", Q::chained_feed_window, 1, false, false},
    ChainLayout{"directory_reading", Q::chained_directory_reading, 1, true, false},
    ChainLayout{"alert", Q::chained_alert, 1, true, false},
    ChainLayout{"alert_event", Q::chained_alert_event, 2, false, false},
    ChainLayout{"notification", Q::chained_notification, 1, false, false},
    ChainLayout{"delivery", Q::chained_delivery, 1, true, false},
    ChainLayout{"attempt", Q::chained_attempt, 2, false, false},
    ChainLayout{"mute", Q::chained_mute, 1, true, false},
    ChainLayout{"drill", Q::chained_drill, 1, true, false},
    ChainLayout{"hold", Q::chained_hold, 1, true, false},
    ChainLayout{"follow_up", Q::chained_follow_up, 1, false, false},
    ChainLayout{"audit", Q::chained_audit, 1, false, false},
    ChainLayout{"configuration_text", Q::chained_configuration_text, 1, false, false},
    ChainLayout{"configuration", Q::chained_configuration, 1, false, false},
    ChainLayout{"prune_receipt", Q::chained_prune_receipt, 1, false, false},
    ChainLayout{"chain_checkpoint", Q::chained_chain_checkpoint, 1, false, false},
};

constexpr std::array unchained{
    UnchainedTable{"chain", "it is the chain; each entry is hashed with the one before it, and signed"},
    UnchainedTable{"event_raw", "its octets have the digest that `event` holds"},
    UnchainedTable{"event_change", "hashed as part of the row of `event` that it belongs to"},
    UnchainedTable{"event_entity", "an index, made from the records: it finds rows, and shows nothing that they do not hold"},
    UnchainedTable{"dictionary_sample", "working memory: which records a dictionary will be trained on"},
    UnchainedTable{"counter", "counted again by `verify`"},
    UnchainedTable{"feed_pass", "worked out again by `verify` from the windows"},
    UnchainedTable{"coverage_span", "worked out again by `verify` from the windows"},
    UnchainedTable{"lateness", "a measure, by which the reach of windows is planned; what was read is in `feed_window`"},
    UnchainedTable{"feed_state", "how the feeds fare at this moment; holds nothing of the past"},
    UnchainedTable{"imported_file", "working memory: how far files were read; what stood in them is in `event`"},
    UnchainedTable{"correlation_hit", "working memory of correlation rules; what they concluded is in `alert` and `alert_event`"},
    UnchainedTable{"waiting_finding", "working memory of rules that wait; the events are in `event`, what was told of them in `alert`"},
};
// clang-format on

}  // namespace

std::span<const ChainLayout> chain_layouts() {
    return layouts;
}

const ChainLayout& layout_of(Chained table) {
    return layouts[static_cast<std::size_t>(table)];
}

std::span<const UnchainedTable> unchained_tables() {
    return unchained;
}

}  // namespace entrawatch
