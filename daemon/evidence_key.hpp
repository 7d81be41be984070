// evidence_key: the key that signs the evidence chains, of the settings or one of our own, and its public
// half for who verifies them.
//
// `<state_directory>/evidence.key` (0600) is made when the settings name none. `evidence.pub` beside it holds
// the public half of every key that signed here, newest last: it is what auditors are given. Used by app,
// `import`, `verify` and `evidence export`. Read next: core/base/ed25519.hpp.
#pragma once

#include <optional>
#include <vector>

#include "config/settings.hpp"
#include "core/base/ed25519.hpp"

namespace entrawatch {

// Makes the state directory, the key and its public half where they are missing.
[[nodiscard]] Result<Ed25519Key> open_evidence_key(const Settings& settings);

// The key as it is; nullopt where there is none or this user may not read it. Writes nothing.
[[nodiscard]] Result<std::optional<Ed25519Key>> present_evidence_key(const Settings& settings);

// Of all keys that signed here. Writes nothing.
[[nodiscard]] Result<std::vector<Ed25519PublicKey>> evidence_public_keys(const Settings& settings);

}  // namespace entrawatch
