// Any octets as an audit row: property, value before, value after, reason of PIM's row. No crash, texts are
// valid and bounded, and a value differs from itself in nothing.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "core/differences/differences.hpp"
#include "core/event/changes.hpp"

namespace {

using entrawatch::Difference;
using entrawatch::Differences;

constexpr std::string_view canary = "CANARY-of-a-secret";

std::array<std::string, 4> parts_of(std::string text) {
    std::array<std::string, 4> parts;
    for (std::string& part : parts) {
        const std::size_t end = text.find('\n');
        part = text.substr(0, end);
        text = end == std::string::npos ? std::string{} : text.substr(end + 1);
    }
    return parts;
}

void check(const Differences& differences) {
    if (differences.list.size() > entrawatch::most_differences) std::abort();
    for (const Difference& difference : differences.list) {
        if (difference.text.empty() || difference.what.size() > entrawatch::longest_what) std::abort();
        if (difference.text.size() > entrawatch::longest_what + 2 * entrawatch::longest_side + 200)
            std::abort();
        if (!entrawatch::is_valid_utf8(difference.text)) std::abort();
    }
    if (!entrawatch::is_valid_utf8(in_words(differences, 400))) std::abort();
}

Differences told(const std::string& property, const std::string& before, const std::string& after,
                 const std::string& reason) {
    entrawatch::Event event;
    event.activity = reason.empty() ? "Update policy" : "Update role setting in PIM";
    event.reason = reason;
    event.changes.push_back(entrawatch::decode_change(property, before, after));
    return differences_of(event, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto [property, before, after, reason] = parts_of({reinterpret_cast<const char*>(data), size});
    check(told(property, before, after, reason));
    check(told("ConditionalAccessPolicy", before, after, {}));
    check(told("KeyDescription", before, after, {}));
    check(told("ConsentAction.Permissions", before, after, {}));
    // A consent's text holds both sides in one value; of all others the same value is no difference.
    const Differences none = told("Settings", after, after, {});
    if (!none.list.empty() && after.size() < 100'000) std::abort();
    const std::string hidden = "{\"clientSecret\":\"" + std::string{canary} + "\"}";
    for (const Difference& difference : told("Settings", hidden, after, {}).list) {
        if (after.find(canary) == std::string::npos && difference.text.find(canary) != std::string::npos)
            std::abort();
    }
    return 0;
}
