#include "core/store/query_candidates.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

using Numbers = std::vector<std::int64_t>;

constexpr std::size_t most_looked_up = 64;  // more names than that: one walk over the day's lists is cheaper

void append_list(Numbers& events, std::int64_t first, std::string_view more) {
    events.push_back(first);
    const char* position = more.data();
    const char* const end = more.data() + more.size();
    while (position < end) {
        std::int64_t event = 0;
        const auto [next, error] = std::from_chars(position, end, event);
        if (error != std::errc{})
            throw Failure{
                {ErrorCode::corrupt, "a list of events cannot be read; restore the file from a backup", {}}};
        events.push_back(event);
        position = next + 1;  // behind the comma
    }
}

void sort_unique(Numbers& events) {
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
}

void keep_common(Numbers& events, const Numbers& others) {
    Numbers common;
    std::set_intersection(events.begin(), events.end(), others.begin(), others.end(),
                          std::back_inserter(common));
    events = std::move(common);
}

}  // namespace

Candidates::Candidates(Database& db, const EventFilter& filter)
    : db_(db),
      correlation_(trim(filter.correlation_id)),
      id_(filter.id),
      key_(event_key(filter.id)),
      activity_role_(number_of("activity")) {
    if (!filter.actor.empty()) add(names_like(db_, filter.actor), "actor");
    if (!filter.target.empty()) add(names_like(db_, filter.target), "target");
    if (!filter.entity.empty()) add(names_like(db_, filter.entity), "");
    if (!filter.activity.empty()) add(names_like(db_, filter.activity), "activity");
    if (!filter.ip.empty()) add(addresses_in(db_, filter.ip), "ip");
}

void Candidates::add(NameSet names, std::string_view role) {
    Named named{std::move(names), {}};
    if (!role.empty()) {
        named.roles.push_back(number_of(role));
        named.names.uuid.reset();  // sessions are asked for as entities only
    }
    named_.push_back(std::move(named));
}

std::int64_t Candidates::number_of(std::string_view role) const {
    Cursor find = db_.use(sql::Query::string_find);
    return find.bind(role).step() ? find.integer(0) : 0;
}

bool Candidates::nothing() const {
    return std::any_of(named_.begin(), named_.end(), [](const Named& named) { return named.names.empty(); });
}

bool Candidates::counts(const Named& named, std::int64_t role) const {
    if (named.roles.empty()) return role != activity_role_;
    return std::find(named.roles.begin(), named.roles.end(), role) != named.roles.end();
}

Numbers Candidates::listed(const Named& named, std::int64_t day) const {
    Numbers events;
    if (named.names.numbers.size() > most_looked_up) {
        Cursor lists = db_.use(sql::Query::entity_lists_of_day);
        lists.bind(day);
        while (lists.step()) {
            const bool wanted = !lists.is_blob(3) && named.names.contains(lists.integer(3)) &&
                                counts(named, lists.integer(0));
            if (wanted) append_list(events, lists.integer(1), lists.text(2));
        }
        sort_unique(events);
        return events;
    }
    const auto look_up = [&](const AnyValue& entity) {
        Cursor lists = db_.use(sql::Query::entity_lists_of);
        lists.bind(day, entity);
        while (lists.step()) {
            if (counts(named, lists.integer(0))) append_list(events, lists.integer(1), lists.text(2));
        }
    };
    for (const std::int64_t number : named.names.numbers)
        look_up(number);
    if (named.names.uuid) look_up(Blob{as_bytes(*named.names.uuid)});
    sort_unique(events);
    return events;
}

Numbers Candidates::correlated(std::int64_t day) const {
    const auto uuid = uuid_bytes(correlation_, UuidCase::any);
    const AnyValue wanted = uuid ? AnyValue{Blob{as_bytes(*uuid)}} : AnyValue{std::string_view{correlation_}};
    Numbers events;
    Cursor rows = db_.use(sql::Query::event_by_correlation);
    rows.bind(day, wanted);
    while (rows.step())
        events.push_back(rows.integer(0));
    sort_unique(events);
    return events;
}

Numbers Candidates::with_id(std::int64_t day) const {
    Numbers events;
    for (const Feed& feed : all_feeds()) {
        for (const std::int64_t key_day : {day, std::int64_t{0}}) {
            Cursor row = db_.use(sql::Query::event_by_key);
            if (row.bind(key_day, static_cast<int>(feed.id), Blob{as_bytes(key_.octets)}).step())
                events.push_back(row.integer(0));
        }
    }
    sort_unique(events);
    return events;
}

Numbers Candidates::of_day(std::int64_t day) const {
    std::vector<std::function<Numbers()>> sources;
    if (!id_.empty()) sources.emplace_back([&] { return with_id(day); });
    if (!correlation_.empty()) sources.emplace_back([&] { return correlated(day); });
    for (const Named& named : named_)
        sources.emplace_back([&] { return listed(named, day); });
    Numbers events;
    bool first = true;
    for (const auto& source : sources) {
        if (first)
            events = source();
        else
            keep_common(events, source());
        first = false;
        if (events.empty()) break;
    }
    return events;
}

}  // namespace entrawatch
