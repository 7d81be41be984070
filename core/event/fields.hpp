// The one table of field names: how rules, summaries, queries and manuals name what an event holds.
//
// A name is one of ours (`actor.id`, `target.name`, `role.id`, `context.role.tier`, `changes.<property>.new`,
// …), a path into the Graph record (`status.errorCode`, `targetResources.modifiedProperties.displayName`;
// arrays fan out, `additionalDetails.<key>` finds a key of a key-value list), or an alias from the dialects
// of foreign Sigma rules
// (`properties.…`, `OperationName`, `ResultType`, …). Names are compared without case; ours go before the
// record's.
//
// changes.properties                          names of the changed properties
// changes.<property>.old | new                the decoded value as text; null when that side is absent
// changes.<property>.old.<path> | new.<path>  leaves at or below the path
// changes.<property>.added | removed [.<path>]  leaves on one side only (compared folded): new minus old, old
// minus new A property name may hold dots and blanks (`Role.TemplateId`), so the last old|new|added|removed
// part decides.
//
// Used by rules (conditions, subjects, summaries) and manuals. Read next: field_catalogue.hpp,
// field_aliases.hpp.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/event/event.hpp"
#include "core/event/record_members.hpp"

namespace entrawatch {

// One value of a field. Text is what comparisons use; the type matters for numbers, booleans and null. A path
// that ends at an object or an empty array gives one `container` ("{}" or "[]" as text when it is empty, no
// text otherwise), followed by the scalars inside it.
struct FieldValue {
    enum class Type : std::uint8_t { null, boolean, number, string, container } type = Type::null;
    std::string_view text;  // lives as long as the event, the record and the scratch
    double number = 0;      // number: its value; boolean: 0 or 1
};

// Buffers that are kept from event to event, so that reading a field allocates nothing in the steady state.
// `texts` is a deque because views into its strings must survive its growth.
struct FieldScratch {
    std::vector<FieldValue> values;
    std::deque<std::string> texts;  // owns what had to be made (numbers printed, differences computed)
    std::size_t texts_used = 0;
    std::string folded;  // a property name while it is compared

    void clear() {
        values.clear();
        texts_used = 0;
    }
    // An empty string that keeps its address and its memory.
    [[nodiscard]] std::string& make_text();
};

class FieldPath {
  public:
    // Error names the nearest known field. `feeds`: where the field must exist (in one of them); empty = any.
    [[nodiscard]] static Result<FieldPath> compile(std::string_view name, std::span<const FeedId> feeds = {});
    // Every scalar of the record: what a keyword is searched in.
    [[nodiscard]] static FieldPath whole_record();

    // As the rule wrote it.
    [[nodiscard]] const std::string& name() const { return name_; }
    // What it resolved to: equal keys read equal values, however they were spelled.
    [[nodiscard]] const std::string& key() const { return key_; }
    // What a reader of the rule should know about this spelling; empty when nothing.
    [[nodiscard]] std::string_view note() const { return note_; }
    // Read from the Event itself, without walking the record.
    [[nodiscard]] bool is_ours() const { return root_ == Root::ours; }

    // Appends the field's values; a missing field appends nothing, a null one FieldValue::Type::null.
    void read(const Event& event, RecordMembers& record, FieldScratch& scratch) const;

  private:
    enum class Root : std::uint8_t { record, keyed, ours, change, change_names };
    enum class Side : std::uint8_t { before, after, added, removed };

    [[nodiscard]] static Result<FieldPath> compile_change(std::string_view name);
    [[nodiscard]] static std::optional<FieldPath> resolve(std::string_view name, unsigned kinds);
    [[nodiscard]] static std::optional<FieldPath> resolve_record(std::string_view name, unsigned kinds);
    void read_change(const Change& change, FieldScratch& scratch) const;

    Root root_ = Root::record;
    Side side_ = Side::before;
    std::string name_;
    std::string key_;
    std::string_view note_;           // static text of the alias table
    std::vector<std::string> parts_;  // record, keyed: the path; change: [folded property, leaf path]
    std::string list_key_;            // keyed: the key looked for, in lower case
    int accessor_ = -1;               // ours: index into the table of our own names
};

struct FieldInfo {
    std::string_view name;
    std::string_view sentence;
};
// Our own names with a sentence each, for manuals and `rules check`.
[[nodiscard]] std::span<const FieldInfo> own_fields();

}  // namespace entrawatch
