#include "core/store/event_writer.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

void list_entity(Store::Impl& impl, std::int64_t day, std::int64_t seq, std::string_view role,
                 std::string_view value) {
    const auto role_number = impl.strings.number_of(role);
    if (!role_number || value.empty()) return;
    if (role == "session") {
        // Sessions hardly repeat: as strings they would fill the string table, and scatter its index.
        if (auto uuid = uuid_bytes(value, UuidCase::any)) {
            impl.entities.add(day, std::move(*uuid), *role_number, seq);
            return;
        }
    }
    impl.entities.add(day, *impl.strings.number_of(value), *role_number, seq);
}

}  // namespace

void list_entities(Store::Impl& impl, const Event& event, std::int64_t seq) {
    const std::int64_t day = day_of(event.time);
    const auto list = [&](std::string_view role, std::string_view value) {
        list_entity(impl, day, seq, role, value);
    };
    for (const Entity& entity : event.entities)
        list(entity.role, entity.value);
    // What the event's own columns show is always found.
    list("activity", event.activity);
    list("actor", event.actor.id);
    list("actor", event.actor.name);
    list("ip", event.actor.ip);
    for (const Target& target : event.targets) {
        list("target", target.id);
        list("target", target.name);
    }
    if (impl.entities.full()) impl.entities.write(impl.db);
}

}  // namespace entrawatch
