#include <array>

#include "core/base/digest.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_value = 64;  // bytes; of longer ones the hash is kept
constexpr Ticks longest_lateness =
    std::chrono::hours{24 * 7};  // how late a row may come and still be correlated

std::string group_key(std::string_view group) {
    const Sha256 digest = sha256(group);
    return std::string{as_bytes(digest).substr(0, 16)};
}

std::string short_value(const std::string& value) {
    return value.size() <= longest_value ? value : to_hex(as_bytes(sha256(value)));
}

CorrelationHit hit_from(const Cursor& row) {
    return {row.small(0), std::string{row.text(1)}, row.instant(2), row.instant(3), row.integer(4)};
}

}  // namespace

Result<bool> Store::add_correlation_hit(const CorrelationGroup& group, const CorrelationHit& hit,
                                        Instant now) {
    return impl_->write([&] {
        const std::int64_t rule = impl_->strings.number_of(group.rule_id).value();
        const std::string key = group_key(group.values);
        const std::string value = short_value(hit.value);
        const Ticks width = group.grain > Ticks{0} ? group.grain : group.timespan;
        const std::int64_t grain = hit.first_at.time_since_epoch() / width;
        const bool known = impl_->db.use(sql::Query::correlation_hit_find)
                               .bind(rule, Blob{key}, grain, hit.step, std::string_view{value})
                               .step();
        impl_->db.use(sql::Query::correlation_hit_add)
            .bind(rule, Blob{key}, grain, hit.step, std::string_view{value}, hit.first_at, hit.event,
                  now + group.timespan + longest_lateness)
            .run();
        return !known;
    });
}

Result<std::vector<CorrelationHit>> Store::correlation_hits(const CorrelationGroup& group, Instant at,
                                                            std::int64_t most) {
    return impl_->read([&] {
        std::vector<CorrelationHit> hits;
        const auto rule = impl_->strings.number_of(group.rule_id);
        const std::string key = group_key(group.values);
        {
            Cursor row = impl_->db.use(sql::Query::correlation_hits_before);
            row.bind(rule, Blob{key}, at - group.timespan - group.grain, at, most);
            while (row.step())
                hits.push_back(hit_from(row));
        }
        Cursor row = impl_->db.use(sql::Query::correlation_hits_after);
        row.bind(rule, Blob{key}, at, at + group.timespan, most);
        while (row.step())
            hits.push_back(hit_from(row));
        return hits;
    });
}

Result<> Store::forget_correlation_hits(Instant now) {
    return impl_->write([&] { impl_->db.use(sql::Query::correlation_forget).bind(now).run(); });
}

}  // namespace entrawatch
