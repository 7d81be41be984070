// `evidence:`.
#include "config/load_parts.hpp"

namespace entrawatch {

EvidenceSettings read_evidence(const Section& evidence, LoadContext& context) {
    EvidenceSettings out;
    out.head_destinations = evidence.texts("head_destinations");
    out.head_interval = evidence.duration("head_interval");
    const auto file = file_at(evidence, "signing_key_file", context);
    const auto secret = secret_at(evidence, "signing_key_file", context);
    if (!file || !secret) return out;
    out.signing_key_file = *file;
    auto key = Ed25519Key::parse(secret->reveal());
    if (key) {
        out.signing_key = std::move(*key);
    } else {
        context.error(evidence.line_of("signing_key_file"),
                      "`signing_key_file`: " + file->string() + " " + key.error().what);
    }
    return out;
}

}  // namespace entrawatch
