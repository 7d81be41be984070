// Told: an alert story as one notification of the outbox, and as each receiver is sent it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/payload/native.hpp"
#include "alerts/payload/render.hpp"
#include "tests/alerts/alert_story.hpp"

namespace entrawatch {

class Told {
  public:
    explicit Told(const AlertStory& story, std::string type = "alert.opened", bool test = false)
        : type_(std::move(type)) {
        AlertInput input = story.input();
        input.test = test;
        alert_ = open_alert(input);
        body_ = notification_body(type_, story.now, alert_);
    }
    // A body as another version, or a hand in the database, might have left it.
    [[nodiscard]] static Told of_body(const AlertStory& story, std::string body,
                                      std::string type = "alert.opened") {
        Told told{story, std::move(type)};
        told.body_ = std::move(body);
        return told;
    }

    [[nodiscard]] Notification notification() const {
        return {type_, "msg_0123456789abcdefghijklmnop", alert_.id, body_, alert_.severity};
    }
    [[nodiscard]] RenderedRequest as(DestinationType type) const {
        return render(
            {type, BodyFormat::native, ServiceNowRecords::events, "watcher", "key-0123",
             SyslogFacility::authpriv, "watch1.contoso.example", "0.1.0", "dcr-0123", "Custom-Entrawatch"},
            notification());
    }
    [[nodiscard]] RenderedRequest as(BodyFormat format) const {
        return render({DestinationType::webhook, format, {}, {}, {}}, notification());
    }
    [[nodiscard]] RenderedRequest as_incident() const {
        return render({DestinationType::servicenow, BodyFormat::native, ServiceNowRecords::incidents,
                       "watcher", "key-0123"},
                      notification());
    }
    [[nodiscard]] const std::string& body() const { return body_; }
    [[nodiscard]] const AlertRow& alert() const { return alert_; }

  private:
    AlertRow alert_;
    std::string type_;
    std::string body_;
};

inline nlohmann::json json_of(const RenderedRequest& request) {
    return nlohmann::json::parse(request.body);
}

// The story with many changes, targets and long names, so that something has to be left out.
inline void swell(AlertStory& story, std::size_t changes, std::size_t length, char filling = 'x') {
    for (std::size_t i = 0; i < changes; ++i) {
        Change change;
        change.property = "Property" + std::to_string(i);
        change.has_old = change.has_new = true;
        change.old_value = std::string(length, filling);
        change.new_value = std::string(length, filling);
        story.event.changes.push_back(std::move(change));
    }
}

}  // namespace entrawatch
