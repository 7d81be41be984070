// What each receiver refuses, as its vendor documents it: the other side's rules, not our budgets. One line
// for each fault of a body; none means that it would be taken.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/payload/render.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

class ReceiverLimits {
  public:
    using Json = nlohmann::json;

    [[nodiscard]] std::vector<std::string> faults(DestinationType type, const RenderedRequest& request) {
        faults_.clear();
        if (type == DestinationType::syslog) {
            syslog(request.body);
            return faults_;
        }
        const Json body = Json::parse(request.body, nullptr, false);
        if (body.is_discarded()) return {"is no JSON"};
        if (!is_valid_utf8(request.body)) return {"is no UTF-8"};
        switch (type) {
            case DestinationType::slack:
                slack(body);
                break;
            case DestinationType::teams:
                teams(body, request.body.size());
                break;
            case DestinationType::pagerduty:
                pagerduty(body, request.body.size());
                break;
            case DestinationType::opsgenie:
                opsgenie(body);
                break;
            case DestinationType::discord:
                discord(body);
                break;
            case DestinationType::mattermost:
                expect(units(body) <= 16'383, "would be split into several posts");
                expect(!body["text"].get<std::string>().empty(), "has no text");
                break;
            case DestinationType::servicenow:
                servicenow(body);
                break;
            case DestinationType::alertmanager:
                alertmanager(body);
                break;
            case DestinationType::splunk_hec:
                expect(
                    request.body.size() <= 1'000'000 && body["time"].is_number() && body["event"].is_object(),
                    "is no event the collector takes");
                for (const Json& field : body["fields"])
                    expect(field.is_string(), "has an indexed field that is not flat");
                break;
            case DestinationType::webhook:
            case DestinationType::file:
                expect(request.body.size() <= 65'536, "is over 64 KiB");
                break;
            case DestinationType::sentinel:
                expect(request.body.size() <= 1'000'000 && body.is_array() && body.size() == 1, "is no row");
                for (const Json& column : body[0])
                    expect(column.dump().size() <= 64'000, "has a column that is cut in silence");
                break;
            case DestinationType::syslog:
                break;  // above: it is no JSON
        }
        return faults_;
    }

  private:
    void expect(bool fine, const std::string& fault) {
        if (!fine) faults_.push_back(fault);
    }

    static std::size_t units(const Json& value) {
        if (value.is_string()) {
            std::size_t count = 0;
            for (const char c : value.get_ref<const std::string&>()) {
                const auto byte = static_cast<unsigned char>(c);
                count += (byte & 0xC0U) == 0x80U ? 0U : 1U + (byte >= 0xF0 ? 1U : 0U);
            }
            return count;
        }
        std::size_t sum = 0;
        if (value.is_structured()) {
            for (const Json& inner : value)
                sum += units(inner);
        }
        return sum;
    }

    void text(const Json& object, const char* key, std::size_t least, std::size_t most) {
        if (!object.contains(key) || !object[key].is_string())
            return expect(least == 0, std::string{key} + " is missing");
        const std::size_t length = units(object[key]);
        expect(length >= least && length <= most, std::string{key} + " has " + std::to_string(length));
    }

    // Entities aside, & < > stand only in our own links.
    void slack_text(const Json& one) {
        const auto written = one["text"].get<std::string>();
        if (one["type"] == "plain_text")
            expect(written.find_first_of("<>") == std::string::npos, "has a raw < or >");
        for (auto at = written.find('&'); at != std::string::npos; at = written.find('&', at + 1)) {
            const std::string rest = written.substr(at, 5);
            expect(rest.starts_with("&amp;") || rest.starts_with("&lt;") || rest.starts_with("&gt;"),
                   "has a raw & or half an entity");
        }
    }

    void slack(const Json& body) {
        text(body, "text", 1, 40'000);
        slack_text({{"type", "plain_text"}, {"text", body["text"]}});
        const Json blocks = body.value("blocks", Json::array());
        expect(blocks.size() <= 50 && units(blocks) <= 13'000, "msg_blocks_too_long");
        for (const Json& block : blocks) {
            if (block["type"] == "header") text(block["text"], "text", 1, 150);
            if (block["type"] == "section" && block.contains("text")) text(block["text"], "text", 1, 3000);
            if (block.contains("text")) slack_text(block["text"]);
            const Json fields = block.value("fields", Json::array());
            expect(!block.contains("fields") || (!fields.empty() && fields.size() <= 10), "fields");
            for (const Json& field : fields) {
                text(field, "text", 1, 2000);
                slack_text(field);
            }
            expect(block.value("elements", Json::array()).size() <= 10, "elements");
            for (const Json& element : block.value("elements", Json::array()))
                slack_text(element);
        }
    }

    void teams(const Json& body, std::size_t size) {
        expect(size <= 28'000, "Request Entity too large");
        expect(body["type"] == "message" && body["attachments"].size() == 1, "is no message");
        const Json& card = body["attachments"][0]["content"];
        expect(card["type"] == "AdaptiveCard" && !card["msteams"].contains("entities"), "is no plain card");
        for (const Json& block : card["body"]) {
            expect(block["type"] == "RichTextBlock" && !block["inlines"].empty(), "has an unknown element");
            for (const Json& run : block["inlines"])
                expect(run["type"] == "TextRun" && run["text"].is_string(), "has an unknown run");
        }
        for (const Json& action : card.value("actions", Json::array()))
            expect(action["url"].get<std::string>().starts_with("http"), "has an action without a link");
    }

    void pagerduty(const Json& body, std::size_t size) {
        expect(size <= 512'000, "is over 512 KB");
        text(body, "routing_key", 1, 64);
        text(body, "dedup_key", 1, 255);
        expect(body["event_action"] == "trigger" || !body.contains("payload"),
               "has a payload without a trigger");
        if (body["event_action"] != "trigger") return;
        text(body["payload"], "summary", 1, 1024);
        text(body["payload"], "source", 1, 1024);
        const std::string severity = body["payload"]["severity"];
        expect(severity == "critical" || severity == "error" || severity == "warning" || severity == "info",
               "severity");
        expect(body["payload"]["custom_details"].is_object(), "custom_details");
    }

    void opsgenie(const Json& body) {
        if (!body.contains("message")) return;  // closing, acknowledging
        text(body, "message", 1, 130);
        text(body, "alias", 1, 512);
        text(body, "description", 0, 15'000);
        text(body, "entity", 0, 512);
        expect(body["tags"].size() <= 20, "has too many tags");
        for (const Json& tag : body["tags"])
            expect(units(tag) <= 50, "has a long tag");
        std::size_t details = 0;
        for (const auto& [key, value] : body["details"].items()) {
            expect(value.is_string(), "has a detail that is no text");
            details += units(value) + units(key);
        }
        expect(details <= 8000, "has long details");
        expect(body["description"].get<std::string>().find('<') == std::string::npos, "has a tag");
    }

    void discord(const Json& body) {
        expect(body.value("allowed_mentions", Json{}) == (Json{{"parse", Json::array()}}), "may mention");
        expect(body["embeds"].size() == 1 && units(body["embeds"]) <= 6000, "has long embeds");
        const Json& embed = body["embeds"][0];
        text(embed, "title", 1, 256);
        text(embed, "description", 0, 4096);
        expect(embed["fields"].size() <= 25, "has too many fields");
        for (const Json& field : embed["fields"]) {
            text(field, "name", 1, 256);
            text(field, "value", 1, 1024);
        }
        if (embed.contains("footer")) text(embed["footer"], "text", 1, 2048);
    }

    void servicenow(const Json& body) {
        if (!body.contains("records")) {
            text(body, "correlation_id", 1, 100);
            text(body, "short_description", 1, 160);
            text(body, "description", 0, 4000);
            return;
        }
        expect(body["records"].size() == 1, "is more than one record");
        const Json& record = body["records"][0];
        for (const auto& [key, value] : record.items())
            expect(value.is_string(), key + " is no text");
        text(record, "description", 0, 4000);
        text(record, "message_key", 1, 1024);
        for (const char* key : {"source", "event_class", "node", "resource", "metric_name", "type"})
            text(record, key, 0, 100);
        expect(Json::parse(record["additional_info"].get<std::string>(), nullptr, false).is_object(),
               "additional_info holds no JSON");
    }

    void alertmanager(const Json& body) {
        expect(body.is_array() && body.size() == 1, "is more than one alert");
        expect(!body[0]["labels"].empty(), "at least one label pair required");
        for (const char* map : {"labels", "annotations"}) {
            for (const Json& value : body[0][map])
                expect(value.is_string(), "has a label that is no text");
        }
        const auto starts = parse_iso(body[0].value("startsAt", ""));
        const auto ends = parse_iso(body[0].value("endsAt", ""));
        expect(starts && ends && *starts <= *ends, "start time must be before end time");
    }

    // One line of RFC 5424 with a CEF event, read as strictly as a parser could.
    void syslog(std::string_view text) {
        expect(text.size() <= 8096, "would be split by rsyslog");
        expect(is_valid_utf8(text), "is no UTF-8");
        expect(std::none_of(text.begin(), text.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
               "holds a control character");
        for (const char* field : {"priority", "time", "host", "application", "process", "id"}) {
            const auto end = text.find(' ');
            expect(end != std::string_view::npos && end > 0, std::string{field} + " is missing");
            text.remove_prefix(std::min(end, text.size() - 1) + 1);
        }
        expect(text.starts_with("[entrawatch@32473 "), "has no structured data");
        bool quoted = false;
        std::size_t i = 0;
        for (; i < text.size() && (quoted || text[i] != ']'); ++i) {
            if (quoted && text[i] == '\\')
                ++i;
            else if (text[i] == '"')
                quoted = !quoted;
        }
        text.remove_prefix(std::min(i + 2, text.size()));
        expect(text.starts_with("CEF:0|"), "is no CEF");
        for (int bar = 0; bar < 7; ++bar) {
            for (i = 0; i < text.size() && text[i] != '|'; ++i)
                i += text[i] == '\\' ? 1U : 0U;
            text.remove_prefix(std::min(i + 1, text.size()));
        }
        cef_extension(text);
    }

    // Every bare `=` follows a key; every backslash escapes what CEF lets it escape.
    void cef_extension(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\') {
                ++i;
                expect(i < text.size() && std::string_view{"\\=nr"}.find(text[i]) != std::string_view::npos,
                       "has a backslash that escapes nothing");
            } else if (text[i] == '=') {
                const auto blank = text.substr(0, i).rfind(' ');
                const std::string_view key = text.substr(blank + 1, i - blank - 1);
                expect(!key.empty() && std::all_of(key.begin(), key.end(), is_ascii_alphanumeric),
                       "has a bare = in a value");
            }
        }
    }

    std::vector<std::string> faults_;
};

}  // namespace entrawatch
