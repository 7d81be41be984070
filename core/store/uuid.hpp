// uuid: the 16 bytes of a UUID's text, and back. Ids and correlations are UUIDs mostly; bytes take less than
// half the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

enum class UuidCase { lower_only, any };

// The bytes of "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"; nullopt for everything else. With lower_only the text
// can be made again exactly from the bytes.
[[nodiscard]] std::optional<std::string> uuid_bytes(std::string_view text, UuidCase letters);
// `bytes`: 16 of them; anything else is printed as hex without dashes.
[[nodiscard]] std::string uuid_text(std::string_view bytes);

}  // namespace entrawatch
