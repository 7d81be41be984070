// DiagnosticRecord: a record in the making, from the columns or properties of a foreign shape to the members
// of Graph's.
//
// Private to diagnostic*.cpp. The readers of the two shapes add what the record itself says, and put what
// stands around it into the Envelope; finish() fills in from there what the record left out. Nothing is made
// up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/feed/diagnostic.hpp"

namespace entrawatch {

// What stands around a record. Empty = not there.
struct Envelope {
    std::string time;
    std::string category;
    std::string operation_name;
    std::string correlation_id;
    std::string ip;
    std::string result;
    std::string result_type;
    std::string result_description;
    std::string identity;
    std::string location;  // a country code
};

class DiagnosticRecord {
  public:
    explicit DiagnosticRecord(Envelope envelope) : envelope_(std::move(envelope)) {}

    // A member under Graph's name. Null is left out; values are brought to Graph's forms (times, results,
    // user types).
    void add(std::string_view name, Json value);
    // `json` is one JSON value.
    void add_raw(std::string_view name, std::string json);
    void add_text(std::string_view name, std::string_view text);

    // The record as JSON text. `feed` says which members may be filled in.
    [[nodiscard]] std::string finish(FeedId feed) &&;

  private:
    struct Member {
        std::string name;
        std::string json;
    };
    [[nodiscard]] bool has(std::string_view name) const;
    void fill(std::string_view name, std::string_view text);
    void fill_audit();
    void fill_sign_in(FeedId feed);
    void fill_status();

    Envelope envelope_;
    std::vector<Member> members_;
};

// The two readers. Error: a category that no feed has.
[[nodiscard]] Result<GraphShape> from_azure_monitor(JsonObject envelope);
[[nodiscard]] Result<GraphShape> from_log_analytics(JsonObject row);

// The feed of a log category ("AuditLogs") or Log Analytics table ("AADNonInteractiveUserSignInLogs"),
// without case; nullopt when it is none of ours.
[[nodiscard]] std::optional<FeedId> feed_of_category(std::string_view category);

// A time in any of the forms of the exports, as Graph writes it; as it was when it cannot be read.
[[nodiscard]] std::string graph_time(std::string_view text);

}  // namespace entrawatch
