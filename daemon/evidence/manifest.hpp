// manifest: what an evidence pack holds, file by file, as JSON, and its signature.
//
// `manifest.sig` holds the 64 octets of an Ed25519 signature over the octets of `manifest.json`, for `openssl
// pkeyutl -verify -rawin`. Used by evidence_export. Read next: core/base/ed25519.hpp.
#pragma once

#include <optional>
#include <string>

#include "core/base/ed25519.hpp"
#include "daemon/evidence/pack_figures.hpp"
#include "daemon/evidence/pack_folder.hpp"

namespace entrawatch {

struct ManifestInput {
    std::string tenant, tenant_id;
    Span span;
    Instant made_at;
    std::string made_by;
    std::int64_t schema = 0;  // of the database
    const PackFigures& figures;
    const std::optional<Ed25519Key>& key;
};

// Writes both, or the manifest alone when there is no key. The last files of a pack.
[[nodiscard]] Result<> pack_manifest(PackWriter& pack, const ManifestInput& input);

}  // namespace entrawatch
