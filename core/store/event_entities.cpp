#include <algorithm>
#include <array>

#include "core/store/event_writer.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

// Lists what one event touches. The event's columns have looked most of its names up already, and a look-up
// costs more than comparing with a handful of texts.
class EntityLister {
  public:
    EntityLister(Store::Impl& impl, const Event& event, const EventColumns& columns, std::int64_t seq)
        : impl_(impl), event_(event), day_(day_of(event.time)), seq_(seq) {
        static const Target nothing;
        const Target& target = event.targets.empty() ? nothing : event.targets.front();
        known_ = {{{event.actor.id, columns.actor_id},
                   {event.actor.name, columns.actor_name},
                   {event.actor.ip, columns.actor_ip},
                   {target.id, columns.target_id},
                   {target.name, columns.target_name},
                   {event.activity, columns.activity}}};
    }

    void list(std::string_view role, std::string_view value) {
        if (value.empty() || role.empty()) return;
        const std::int64_t role_number = *impl_.strings.number_of_word(role);
        if (role == "session") {
            // Sessions hardly repeat: as strings they would fill the string table, and scatter its index.
            if (auto uuid = uuid_bytes(value, UuidCase::any)) {
                impl_.entities.add(day_, *uuid, role_number, seq_);
                return;
            }
        }
        impl_.entities.add(day_, number_of(value), role_number, seq_);
    }

    // Unless the event says it of itself.
    void list_column(std::string_view role, std::string_view value) {
        const bool there = std::ranges::any_of(event_.entities, [&](const Entity& entity) {
            return entity.value == value && entity.role == role;
        });
        if (!there) list(role, value);
    }

  private:
    [[nodiscard]] std::int64_t number_of(std::string_view text) {
        const auto known = std::ranges::find(known_, text, &Known::text);
        return *(known == known_.end() ? impl_.strings.number_of(text) : known->number);
    }

    struct Known {
        std::string_view text;
        std::optional<std::int64_t> number;
    };

    Store::Impl& impl_;
    const Event& event_;
    std::int64_t day_, seq_;
    std::array<Known, 6> known_;
};

}  // namespace

void list_entities(Store::Impl& impl, const Event& event, const EventColumns& columns, std::int64_t seq) {
    EntityLister lister{impl, event, columns, seq};
    for (const Entity& entity : event.entities)
        lister.list(entity.role, entity.value);
    // What the event's own columns show is always found.
    lister.list_column("activity", event.activity);
    lister.list_column("actor", event.actor.id);
    lister.list_column("actor", event.actor.name);
    lister.list_column("ip", event.actor.ip);
    for (const Target& target : event.targets) {
        lister.list_column("target", target.id);
        lister.list_column("target", target.name);
    }
    if (impl.entities.full()) impl.entities.write(impl.db);
}

}  // namespace entrawatch
