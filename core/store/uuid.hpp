// uuid: the 16 bytes of a UUID's text, and back. Ids and correlations are UUIDs mostly; bytes take less than
// half the room.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

using Uuid = std::array<char, 16>;

enum class UuidCase { lower_only, any };

// The bytes of "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"; nullopt for everything else. With lower_only the text
// can be made again exactly from the bytes.
[[nodiscard]] std::optional<Uuid> uuid_bytes(std::string_view text, UuidCase letters);
[[nodiscard]] inline std::string_view as_bytes(const Uuid& uuid) {
    return {uuid.data(), uuid.size()};
}
// `bytes`: 16 of them; anything else is printed as hex without dashes.
[[nodiscard]] std::string uuid_text(std::string_view bytes);

}  // namespace entrawatch
