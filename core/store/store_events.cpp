#include "core/base/digest.hpp"
#include "core/store/event_writer.hpp"

namespace entrawatch {

Result<PutResult> Store::put_event(const Event& event, std::string_view raw, Instant received_at) {
    return impl_->write([&] { return write_event(*impl_, event, raw, received_at); });
}

Result<bool> Store::has_event(const Event& event) {
    return impl_->read([&] { return is_stored(*impl_, event); });
}

Result<bool> Store::put_rejection(FeedId feed, std::string_view raw, std::string_view reason,
                                  Instant received_at) {
    return impl_->write([&] {
        const Sha256 digest = sha256(raw);
        const Blob octets_digest{as_bytes(digest)};
        if (impl_->db.use(sql::Query::rejection_find).bind(static_cast<int>(feed), octets_digest).step())
            return false;
        impl_->db.use(sql::Query::rejection_add)
            .bind(static_cast<int>(feed), received_at, reason, octets_digest,
                  Blob{impl_->raws.compress(feed, raw)})
            .run();
        impl_->chain.touched(Chained::rejection, impl_->db.last_row());
        ++impl_->new_rejections;
        return true;
    });
}

Result<std::string> Store::raw_of(std::int64_t event) {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::raw_find);
        if (!row.bind(event).step())
            throw Failure{{ErrorCode::not_found, "there is no event " + std::to_string(event), {}}};
        std::string octets = impl_->raws.decompress(row.blob(0));
        if (as_bytes(sha256(octets)) != row.blob(1)) {
            throw Failure{{ErrorCode::corrupt,
                           "the octets of event " + std::to_string(event) +
                               " are not those that were received; the file was changed",
                           {}}};
        }
        return octets;
    });
}

Result<std::vector<PastRevision>> Store::past_revisions(std::int64_t event) {
    return impl_->read([&] {
        std::vector<PastRevision> revisions;
        Cursor row = impl_->db.use(sql::Query::revisions_past);
        row.bind(event);
        while (row.step()) {
            revisions.push_back(
                {row.small(0), row.maybe_instant(1), row.instant(2), impl_->raws.decompress(row.blob(3))});
        }
        return revisions;
    });
}

Result<std::optional<std::string>> Store::octets_before(std::int64_t event, int revision) {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::revision_before);
        if (!row.bind(event, revision).step()) return std::optional<std::string>{};
        return std::optional{impl_->raws.decompress(row.blob(0))};
    });
}

}  // namespace entrawatch
