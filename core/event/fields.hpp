// The one table of field names: how rules, summaries, queries and manuals name what an event holds.
//
// A name is either one of ours (`actor.id`, `target.name`, `role.id`, `context.role.tier`,
// `changes.<property>.new`, …) or a path into the Graph record (`status.errorCode`,
// `targetResources.modifiedProperties.displayName`; arrays fan out), or an alias from the dialects of foreign
// Sigma rules (`properties.…`, `OperationName`, `ResultType`, …). The manual's list is generated from it.
//
// changes.<property>.old | new            the decoded value as text
// changes.<property>.old.<path> | new.<path>   leaves at or below the path
// changes.<property>.added | removed [.<path>] leaves present on one side only (compared folded): new minus
// old, old minus new
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/event/event.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

// One value of a field. Text is what comparisons use; the type matters for numbers, booleans and null.
struct FieldValue {
    enum class Type : std::uint8_t { null, boolean, number, string } type = Type::null;
    std::string_view text;  // lives as long as the event, the record and the scratch
    double number = 0;      // number: its value; boolean: 0 or 1
};

// Buffers that are kept from event to event, so that reading a field allocates nothing in the steady state.
struct FieldScratch {
    std::vector<FieldValue> values;
    std::vector<std::string> texts;  // owns what had to be made (numbers printed, differences computed)
};

class FieldPath {
  public:
    // Error names the nearest known field. `feeds`: where the field must exist; empty = any.
    [[nodiscard]] static Result<FieldPath> compile(std::string_view name, std::span<const FeedId> feeds = {});

    [[nodiscard]] const std::string& name() const { return name_; }
    // Appends the field's values; a missing field appends nothing, a null one FieldValue::Type::null.
    void read(const Event& event, Json record, FieldScratch& scratch) const;

  private:
    enum class Root : std::uint8_t { record, ours, change };
    Root root_ = Root::record;
    std::string name_;
    std::vector<std::string> parts_;
    int accessor_ = -1;  // index into the table of our own names
};

struct FieldInfo {
    std::string_view name;
    std::string_view sentence;
};
// Our own names with a sentence each, for manuals and `rules check`.
[[nodiscard]] std::span<const FieldInfo> own_fields();

}  // namespace entrawatch
