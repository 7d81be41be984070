#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

// Signed already, and nothing came after but the entry that tells of the signature.
bool is_signed(Database& db, const ChainHead& head) {
    Cursor newest = db.use(sql::Query::chain_checkpoint_newest);
    return newest.step() &&
           (newest.integer(0) == head.entry || (newest.integer(0) == head.entry - 1 && head.only_signs));
}

std::string tenant_of(Database& db) {
    Cursor tenant = db.use(sql::Query::property_get);
    return tenant.bind("tenant").step() ? tenant.string(0) : std::string{};
}

std::int64_t text_number(Store::Impl& impl, std::string_view text) {
    const Sha256 digest = sha256(text);
    {
        Cursor known = impl.db.use(sql::Query::configuration_text_find);
        if (known.bind(Blob{as_bytes(digest)}).step()) return known.integer(0);
    }
    impl.db.use(sql::Query::configuration_text_add).bind(Blob{as_bytes(digest)}, text).run();
    const std::int64_t number = impl.db.last_row();
    impl.chain.touched(Chained::configuration_text, number);
    return number;
}

}  // namespace

Result<std::optional<ChainPoint>> Store::sign_chain(const Ed25519Key& key, Instant now) {
    return impl_->write([&]() -> std::optional<ChainPoint> {
        Database& db = impl_->db;
        const ChainHead head = chain_head(db);
        if (head.entry == 0 || is_signed(db, head)) return std::nullopt;
        const std::string signature =
            key.sign(checkpoint_statement(tenant_of(db), head.entry, head.hash, now));
        db.use(sql::Query::chain_checkpoint_add)
            .bind(head.entry, Blob{as_bytes(head.hash)}, now, key.public_key().id(), Blob{signature})
            .run();
        impl_->chain.touched(Chained::chain_checkpoint, head.entry);
        return ChainPoint{head.entry, head.hash};
    });
}

Result<std::optional<SignedHead>> Store::signed_head() {
    return impl_->read([&]() -> std::optional<SignedHead> {
        Cursor row = impl_->db.use(sql::Query::chain_checkpoint_newest);
        if (!row.step()) return std::nullopt;
        return SignedHead{{row.integer(0), digest_from(row.blob(1))},
                          row.instant(2),
                          row.string(3),
                          std::string{row.blob(4)}};
    });
}

Result<> Store::add_configuration(const ConfigurationEntry& entry) {
    return impl_->write([&] {
        const std::int64_t settings = text_number(*impl_, entry.settings);
        const std::int64_t rules = text_number(*impl_, entry.rules);
        impl_->db.use(sql::Query::configuration_add)
            .bind(entry.at, entry.occasion, entry.program, settings, rules)
            .run();
        impl_->chain.touched(Chained::configuration, impl_->db.last_row());
    });
}

}  // namespace entrawatch
