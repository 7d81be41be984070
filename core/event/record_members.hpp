// RecordMembers: the members of one record by their names without case, however many are asked for.
//
// A sign-in has some 75 members, and rules ask for a dozen of them: the record is walked once. Kept from
// record to record, so that it allocates nothing once it has grown. Used by fields and the field cache.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/feed/json.hpp"

namespace entrawatch {

class RecordMembers {
  public:
    // The next record; it must outlive the questions asked about it.
    void begin(Json record);

    [[nodiscard]] Json record() const { return record_; }
    // The last member of that name, as most readers of JSON take it; nullopt when there is none, or no
    // object.
    [[nodiscard]] std::optional<Json> find(std::string_view name);

  private:
    static constexpr std::size_t lengths = 64;  // longer names share one list

    struct Member {
        std::string_view name;
        Json value;
        std::int32_t next;  // an earlier one whose name is as long; -1: none
    };
    void walk();

    Json record_;
    bool walked_ = false;
    std::array<std::int32_t, lengths> last_{};  // by the length of the name
    std::vector<Member> members_;
};

}  // namespace entrawatch
