#include "core/store/pruner.hpp"

#include <algorithm>
#include <vector>

namespace entrawatch {

namespace {

std::string tenant_in(Database& db) {
    Cursor tenant = db.use(sql::Query::property_get);
    return tenant.bind("tenant").step() ? tenant.string(0) : std::string{};
}

std::string record_name(FeedId feed, std::string_view id) {
    return std::string{feed_of(feed).name}.append(" ").append(id);
}

}  // namespace

PruneStep Pruner::run(const Ed25519Key& key) {
    PruneStep step;
    if (request_.after.rejections)
        prune_rejections(step);
    else
        prune_events(step);
    if (anything_) write_receipt(key);
    step.events = receipt_.events;
    step.rejections = receipt_.rejections;
    return step;
}

bool Pruner::old_enough(const Candidate& candidate) const {
    const auto before = request_.before.find(candidate.feed);
    return before != request_.before.end() && candidate.time < before->second;
}

void Pruner::prune_events(PruneStep& step) {
    std::vector<Candidate> candidates;
    {
        Cursor row = impl_.db.use(sql::Query::prune_candidates);
        row.bind(request_.after.time, request_.after.feed, request_.after.seq, newest_before(),
                 request_.most);
        while (row.step())
            candidates.push_back({row.instant(0), feed_from(row.integer(1)), row.integer(2)});
    }
    std::int64_t last = 0;
    {
        Cursor row = impl_.db.use(sql::Query::prune_last_event);
        if (row.step()) last = row.integer(0);
    }
    for (const Candidate& candidate : candidates) {
        if (!old_enough(candidate) || candidate.seq == last) continue;
        if (held_.event(candidate.seq, candidate.time))
            ++step.held;
        else if (still_needed(candidate))
            ++step.needed;
        else
            take_event(candidate);
    }
    const bool end = candidates.size() < static_cast<std::size_t>(request_.most);
    step.next = end ? PrunePlace{true, 0, 0, 0}
                    : PrunePlace{false, ticks_of(candidates.back().time),
                                 static_cast<int>(candidates.back().feed), candidates.back().seq};
}

void Pruner::prune_rejections(PruneStep& step) {
    std::vector<Candidate> candidates;
    {
        Cursor row = impl_.db.use(sql::Query::prune_rejections);
        row.bind(request_.after.seq, request_.most);
        while (row.step())
            candidates.push_back({row.instant(0), feed_from(row.integer(1)), row.integer(2)});
    }
    for (const Candidate& candidate : candidates) {
        if (!old_enough(candidate)) continue;
        if (held_.rejection(candidate.time))
            ++step.held;
        else
            take_rejection(candidate);
    }
    // They stand in the order of their arrival.
    if (candidates.size() == static_cast<std::size_t>(request_.most) &&
        candidates.back().time < newest_before())
        step.next = PrunePlace{true, 0, 0, candidates.back().seq};
}

Instant Pruner::newest_before() const {
    Instant newest = instant_of(std::numeric_limits<std::int64_t>::min());
    for (const auto& [feed, instant] : request_.before)
        newest = std::max(newest, instant);
    return newest;
}

bool Pruner::still_needed(const Candidate& candidate) {
    Cursor row = impl_.db.use(sql::Query::prune_still_needed);
    return row.bind(candidate.seq).step();
}

void Pruner::take_event(const Candidate& candidate) {
    const std::int64_t seq = candidate.seq;
    {
        Cursor row = impl_.db.use(sql::Query::chained_event);
        if (!row.bind(seq).step() || row.integer(0) != seq)
            throw Failure{{ErrorCode::corrupt, "event " + std::to_string(seq) + " is not there", {}}};
        const std::int64_t revision = row.integer(chained_event_revision);
        hash_row(impl_.db, Chained::event, row, hash_);
        taken_[{Chained::event, {seq, revision > 1 ? revision : 0}}] = hash_.finish();
    }
    {
        Cursor row = impl_.db.use(sql::Query::prune_event_ids);
        if (row.bind(seq).step()) note(candidate, record_name(candidate.feed, id_from(row, 0, 1)));
    }
    take_revisions(seq);
    take_links(seq);
    impl_.db.use(sql::Query::prune_clear_samples).bind(static_cast<int>(candidate.feed), seq).run();
    impl_.db.use(sql::Query::change_clear).bind(seq).run();
    impl_.db.use(sql::Query::prune_clear_octets).bind(seq).run();
    impl_.db.use(sql::Query::prune_clear_event).bind(seq).run();
    ++receipt_.events;
    --impl_.new_events;
}

// With the digests that the event's row had while it showed them.
void Pruner::take_revisions(std::int64_t event) {
    constexpr int row_digest_column = 4;  // of chained_event_revision.sql
    {
        Cursor row = impl_.db.use(sql::Query::chained_event_revision);
        row.bind(event, 0);
        while (row.step() && row.integer(0) == event) {
            const std::int64_t revision = row.integer(1);
            hash_row(impl_.db, Chained::event_revision, row, hash_);
            taken_[{Chained::event_revision, {event, revision}}] = hash_.finish();
            if (!row.is_null(row_digest_column))
                taken_[{Chained::event, {event, revision > 1 ? revision : 0}}] =
                    digest_from(row.blob(row_digest_column));
            ++receipt_.revisions;
            --impl_.new_revisions;
        }
    }
    impl_.db.use(sql::Query::prune_clear_revisions).bind(event).run();
}

void Pruner::take_links(std::int64_t event) {
    std::vector<std::int64_t> alerts;
    {
        Cursor row = impl_.db.use(sql::Query::prune_alert_events);
        row.bind(event);
        while (row.step())
            alerts.push_back(row.integer(0));
    }
    for (const std::int64_t alert : alerts) {
        Cursor row = impl_.db.use(sql::Query::chained_alert_event);
        if (!row.bind(alert, event).step()) continue;
        hash_row(impl_.db, Chained::alert_event, row, hash_);
        taken_[{Chained::alert_event, {alert, event}}] = hash_.finish();
        ++receipt_.alert_events;
    }
    if (!alerts.empty()) impl_.db.use(sql::Query::prune_clear_alert_events).bind(event).run();
}

void Pruner::take_rejection(const Candidate& candidate) {
    {
        Cursor row = impl_.db.use(sql::Query::chained_rejection);
        if (!row.bind(candidate.seq).step()) return;
        hash_row(impl_.db, Chained::rejection, row, hash_);
        taken_[{Chained::rejection, {candidate.seq, 0}}] = hash_.finish();
    }
    note(candidate, record_name(candidate.feed, "rejection " + std::to_string(candidate.seq)));
    impl_.db.use(sql::Query::prune_clear_rejection).bind(candidate.seq).run();
    ++receipt_.rejections;
    --impl_.new_rejections;
}

// Candidates come in order, so the first is the oldest and the last the newest.
void Pruner::note(const Candidate& candidate, std::string id) {
    receipt_.last_at = candidate.time;
    receipt_.last_id = std::move(id);
    if (anything_) return;
    anything_ = true;
    receipt_.first_at = receipt_.last_at;
    receipt_.first_id = receipt_.last_id;
}

void Pruner::write_receipt(const Ed25519Key& key) {
    std::string digests;
    for (auto row = taken_.begin(); row != taken_.end();) {
        const Chained table = row->first.first;
        std::vector<ChainKey> keys;
        const std::size_t begin = digests.size();
        for (; row != taken_.end() && row->first.first == table; ++row) {
            keys.push_back(row->first.second);
            digests += as_bytes(row->second);
        }
        append_line(receipt_.rows, layout_of(table).table, keys,
                    sha256(std::string_view{digests}.substr(begin)));
    }
    receipt_.at = now_;
    receipt_.reason = request_.reason;
    receipt_.because = request_.because;
    receipt_.sha256 = sha256(digests);
    {
        Cursor next = impl_.db.use(sql::Query::prune_receipt_next);
        if (next.step()) receipt_.number = next.integer(0);
    }
    const std::string signature = key.sign(prune_statement(tenant_in(impl_.db), receipt_));
    const PruneReceipt& r = receipt_;
    impl_.db.use(sql::Query::prune_receipt_add)
        .bind(r.number, r.at, r.reason, r.because, r.events, r.revisions, r.rejections, r.alert_events,
              r.first_at, r.first_id, r.last_at, r.last_id, r.rows, Blob{digests}, Blob{as_bytes(r.sha256)},
              key.public_key().id(), Blob{signature})
        .run();
    impl_.chain.touched(Chained::prune_receipt, r.number);
}

}  // namespace entrawatch
