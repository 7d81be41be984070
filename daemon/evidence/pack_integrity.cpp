// What is needed to verify an evidence pack: public keys, signatures of the chain, its entries, and a script.
#include "config/files.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/store/chain_excerpt.hpp"
#include "daemon/evidence/tenant_pack.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_verifier = 256UL * 1024;
constexpr std::int64_t tell_entries_every = 1000;

std::string line_of(const ExcerptEntry& entry) {
    OrderedJson object{{"entry", entry.entry}, {"body", entry.body}, {"hash", to_hex(entry.hash)}};
    for (const ExcerptEvent& event : entry.events) {
        OrderedJson row{{"event", event.event}, {"revision", event.revision}};
        if (event.row.empty())
            row["sha256"] = to_hex(as_bytes(event.digest));
        else
            row["row"] = to_base64(event.row);
        object["events"].push_back(std::move(row));
    }
    return json_text(object, false) + "\n";
}

// The newest record may have come long after its time: the signature that covers it did, too.
QuestionValues signed_span(const PackSource& source, const PackFigures& figures) {
    const Instant newest = figures.newest_received.value_or(source.span.to);
    return {{":from", to_iso(source.span.from)}, {":to", to_iso(std::max(newest, source.span.to))}};
}

// `signed_before`: the first of them is not younger than the span.
Result<> pack_checkpoints(const PackSource& source, PackWriter& pack, PackFigures& figures,
                          bool& signed_before) {
    const PackList checkpoints{"integrity/checkpoints.jsonl", "pack-checkpoints",
                               signed_span(source, figures), pack_jsonl};
    const auto done = pack_list(source, pack, checkpoints, [&](const AnswerRow& row) {
        const auto entry = std::get<std::int64_t>(row.at(1));
        if (figures.checkpoints++ == 0) {
            const auto at = parse_iso(std::get<std::string_view>(row.at(3)));
            signed_before = at && *at <= source.span.from;
            figures.chain_first = entry;
        }
        figures.chain_last = entry;
    });
    return done ? Result<>{} : fail(done.error());
}

// From the entry after the first signature whose hash is what the next one is hashed with; from the very
// first entry when that signature came after the beginning of the span.
Result<> pack_chain(const PackSource& source, PackWriter& pack, PackFigures& figures, bool from_beginning) {
    if (from_beginning) figures.chain_first = 0;
    return pack.write("integrity/chain.jsonl", [&](std::ostream& out) -> Result<> {
        return read_chain_excerpt(source.store, figures.chain_first + 1, figures.chain_last, source.span,
                                  [&](const ExcerptEntry& entry) {
                                      out << line_of(entry);
                                      for (const ExcerptEvent& event : entry.events)
                                          figures.bound_events += event.row.empty() ? 0 : 1;
                                      if (entry.entry % tell_entries_every == 0)
                                          source.tell("entry " + std::to_string(entry.entry) + " of " +
                                                      std::to_string(figures.chain_last));
                                      return out.good();
                                  });
    });
}

Result<> pack_keys(const PackSource& source, PackWriter& pack) {
    if (source.keys.empty()) return {};
    std::string pem;
    for (const Ed25519PublicKey& key : source.keys)
        pem += key.pem();
    return pack.write("integrity/evidence.pub", pem);
}

Result<> pack_verifier(const PackSource& source, PackWriter& pack) {
    const auto script = read_small_file(source.shipped / "evidence/verify_pack.py", largest_verifier);
    if (!script) return fail(script.error());
    return pack.write("integrity/verify_pack.py", *script);
}

}  // namespace

Result<> pack_integrity(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    if (auto done = pack_keys(source, pack); !done) return done;
    bool signed_before = false;
    if (auto done = pack_checkpoints(source, pack, figures, signed_before); !done) return done;
    if (auto done = pack_chain(source, pack, figures, !signed_before); !done) return done;
    return pack_verifier(source, pack);
}

}  // namespace entrawatch
