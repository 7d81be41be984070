#include <algorithm>
#include <utility>
#include <vector>

#include "core/store/event_writer.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

// An entity and its role, as numbers of the string table.
using EntityNumbers = std::pair<std::int64_t, std::int64_t>;

class EntityWriter {
  public:
    EntityWriter(Store::Impl& impl, std::int64_t day, std::int64_t seq) : impl_(impl), day_(day), seq_(seq) {}

    void add(std::string_view role, std::string_view value) {
        const auto role_number = impl_.strings.number_of(role);
        if (!role_number || value.empty()) return;
        if (role == "session") {
            // Sessions hardly repeat: as strings they would fill the string table, and scatter its index.
            if (const auto uuid = uuid_bytes(value, UuidCase::any)) {
                impl_.db.use(sql::Query::entity_add).bind(day_, Blob{*uuid}, seq_, role_number).run();
                return;
            }
        }
        numbers_.emplace_back(*impl_.strings.number_of(value), *role_number);
    }

    void write() {
        std::sort(numbers_.begin(), numbers_.end());
        numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
        for (const auto& [entity, role] : numbers_) {
            impl_.db.use(sql::Query::entity_add).bind(day_, entity, seq_, role).run();
        }
    }

  private:
    Store::Impl& impl_;
    std::int64_t day_;
    std::int64_t seq_;
    std::vector<EntityNumbers> numbers_;
};

}  // namespace

void write_entities(Store::Impl& impl, const Event& event, std::int64_t seq) {
    EntityWriter writer{impl, day_of(event.time), seq};
    for (const Entity& entity : event.entities)
        writer.add(entity.role, entity.value);
    // What the event's own columns show is always found.
    writer.add("actor", event.actor.id);
    writer.add("actor", event.actor.name);
    writer.add("ip", event.actor.ip);
    for (const Target& target : event.targets) {
        writer.add("target", target.id);
        writer.add("target", target.name);
    }
    writer.write();
}

}  // namespace entrawatch
