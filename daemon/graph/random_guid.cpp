#include "daemon/graph/random_guid.hpp"

#include <openssl/rand.h>

#include <array>
#include <new>

#include "core/store/uuid.hpp"

namespace entrawatch::graph {

std::string random_guid() {
    std::array<unsigned char, 16> octets{};
    if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) throw std::bad_alloc{};
    octets[6] = static_cast<unsigned char>((octets[6] & 0x0FU) | 0x40U);  // version 4
    octets[8] = static_cast<unsigned char>((octets[8] & 0x3FU) | 0x80U);
    return uuid_text({reinterpret_cast<const char*>(octets.data()), octets.size()});
}

}  // namespace entrawatch::graph
