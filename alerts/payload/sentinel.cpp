// Microsoft Sentinel and Log Analytics: Azure Monitor's Logs Ingestion API, one row of a table of one's own.
// Budget 60 KiB of row: the API takes 1 MB a call, but cuts a column at 64 KB and says nothing of it.
//
// Nothing drops repeats there: WebhookId is a column, so that a query can (`summarize arg_max(TimeGenerated,
// *) by WebhookId`). TenantId and Type are names of Azure Monitor's own. The worker adds the token. Names
// stay as Entra sent them: this is for machines.
#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace sentinel_row {

constexpr std::size_t most_octets = 60UL * 1024;

void put(OrderedJson& row, const char* column, const std::string& value) {
    if (!value.empty()) row[column] = safe_text(value);
}

void put_time(OrderedJson& row, const char* column, const std::string& value) {
    if (parse_iso(value)) row[column] = value;
}

void put_party(OrderedJson& row, const OrderedJson& data, const char* which, const std::string& prefix) {
    put(row, (prefix + "Kind").c_str(), text_at(data, {which, "kind"}));
    put(row, (prefix + "Id").c_str(), text_at(data, {which, "id"}));
    put(row, (prefix + "Name").c_str(), text_at(data, {which, "name"}));
}

OrderedJson row_of(const Notification& notification, const OrderedJson& stored, const OrderedJson& data) {
    OrderedJson row;
    put_time(row, "TimeGenerated", text_at(stored, {"timestamp"}));
    put(row, "NotificationType", std::string{notification.type});
    put(row, "AlertId", std::string{notification.alert_id});
    put(row, "WebhookId", std::string{notification.webhook_id});
    put(row, "TenantName", text_at(data, {"tenant"}));
    put(row, "EntraTenantId", text_at(data, {"tenant_id"}));
    put(row, "RuleId", text_at(data, {"rule", "id"}));
    put(row, "RuleName", text_at(data, {"rule", "name"}));
    put(row, "Title", text_at(data, {"rule", "title"}));
    put(row, "Scenario", text_at(data, {"rule", "scenario"}));
    row["Severity"] = name_of(severity_of(text_at(data, {"severity"})).value_or(notification.severity));
    put(row, "Summary", text_at(data, {"summary"}));
    put_party(row, data, "actor", "Actor");
    put(row, "ActorIp", text_at(data, {"actor", "ip"}));
    put_party(row, data, "target", "Target");
    if (const OrderedJson count = member(data, "count"); count.is_number_integer()) row["EventCount"] = count;
    put_time(row, "FirstEventAt", text_at(data, {"first_event_at"}));
    put_time(row, "LastEventAt", text_at(data, {"last_event_at"}));
    put_time(row, "DetectedAt", text_at(data, {"detected_at"}));
    put(row, "DedupKey", text_at(data, {"dedup_key"}));
    row["IsTest"] = member(data, "test") == true;
    row["IsDrill"] = member(data, "drill") == true;
    row["Data"] = data;
    return row;
}

}  // namespace sentinel_row
}  // namespace

RenderedRequest sentinel_request(const Receiver& receiver, const Notification& notification) {
    using namespace sentinel_row;
    RenderedRequest request = fitted_document(
        notification.body,
        [&](const OrderedJson& stored, const OrderedJson& data) {
            return OrderedJson::array({row_of(notification, stored, data)});
        },
        most_octets);
    request.path = "/dataCollectionRules/" + std::string{receiver.collection_rule} + "/streams/" +
                   std::string{receiver.stream};
    request.query = "api-version=2023-01-01";
    return request;
}

}  // namespace entrawatch
