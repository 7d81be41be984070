// NoProxy: who is reached directly although there is a proxy. Pure; names are never resolved for it.
//
// One entry is a host name, which stands for itself and all names below it (`contoso.example`), a suffix for
// those below it only (`.contoso.example`), an address, or a network (`10.0.0.0/8`). Addresses and networks
// are held against hosts that are written as an address. Used by proxy.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/address_range.hpp"
#include "core/base/error.hpp"

namespace entrawatch {

class NoProxy {
  public:
    // Error for an entry that is none of these: what it is, to follow the entry, and the remedy.
    [[nodiscard]] Result<> add(std::string_view entry);
    // `host`: a name or an address without brackets, in any case.
    [[nodiscard]] bool covers(std::string_view host) const;

  private:
    std::vector<std::string> names_;     // lower case, without a dot at either end
    std::vector<std::string> suffixes_;  // lower case, with the dot in front
    std::vector<AddressRange> networks_;
};

}  // namespace entrawatch
