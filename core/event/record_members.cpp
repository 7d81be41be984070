#include "core/event/record_members.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace entrawatch {

void RecordMembers::begin(Json record) {
    record_ = record;
    walked_ = false;
}

std::optional<Json> RecordMembers::find(std::string_view name) {
    if (!walked_) walk();
    for (std::int32_t at = last_[std::min(name.size(), lengths - 1)]; at >= 0;) {
        const Member& member = members_[static_cast<std::size_t>(at)];
        if (member.name.size() == name.size() && equal_ignoring_ascii_case(member.name, name))
            return member.value;
        at = member.next;
    }
    return std::nullopt;
}

void RecordMembers::walk() {
    walked_ = true;
    members_.clear();
    last_.fill(-1);
    JsonObject object;
    if (record_.get(object) != simdjson::SUCCESS) return;
    for (const auto field : object) {
        std::int32_t& last = last_[std::min(field.key.size(), lengths - 1)];
        members_.push_back({field.key, field.value, last});
        last = static_cast<std::int32_t>(members_.size()) - 1;
    }
}

}  // namespace entrawatch
