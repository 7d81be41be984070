#include "core/store/query_names.hpp"

#include <algorithm>

#include "core/base/address_range.hpp"
#include "core/base/text.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

// Every string whose folded form passes `wanted`. Two walks over the table of strings, which is small beside
// the events.
template <class Wanted>
NameSet strings_where(Database& db, const Wanted& wanted) {
    NameSet found;
    Cursor forms = db.use(sql::Query::string_folded_all);
    while (forms.step()) {
        if (wanted(forms.text(1))) found.numbers.push_back(forms.integer(0));
    }
    std::sort(found.numbers.begin(), found.numbers.end());
    std::vector<std::int64_t> variants;
    Cursor others = db.use(sql::Query::string_variants_all);
    while (others.step()) {
        if (found.contains(others.integer(1))) variants.push_back(others.integer(0));
    }
    found.numbers.insert(found.numbers.end(), variants.begin(), variants.end());
    std::sort(found.numbers.begin(), found.numbers.end());
    return found;
}

NameSet strings_equal(Database& db, const std::string& folded) {
    NameSet found;
    std::int64_t form = 0;
    {
        Cursor find = db.use(sql::Query::string_find);
        if (!find.bind(folded).step()) return found;
        form = find.integer(0);
    }
    Cursor variants = db.use(sql::Query::string_variants);
    variants.bind(form);
    while (variants.step())
        found.numbers.push_back(variants.integer(0));
    std::sort(found.numbers.begin(), found.numbers.end());
    return found;
}

}  // namespace

bool NameSet::contains(std::int64_t number) const {
    return std::binary_search(numbers.begin(), numbers.end(), number);
}

NameSet names_like(Database& db, std::string_view pattern) {
    const std::string folded = fold(pattern);
    NameSet found;
    if (folded.find_first_of("*?") != std::string::npos) {
        found = strings_where(db, [&](std::string_view text) { return matches_wildcard(text, folded); });
    } else {
        found = strings_equal(db, folded);
        found.uuid = uuid_bytes(folded, UuidCase::any);
    }
    return found;
}

NameSet addresses_in(Database& db, std::string_view range) {
    const std::optional<AddressRange> wanted = AddressRange::parse(range);
    if (!wanted) {
        throw Failure{{ErrorCode::invalid,
                       "'" + std::string{range} +
                           "' is no address and no address range; write 192.0.2.7 or 192.0.2.0/24",
                       "ip"}};
    }
    return strings_where(db, [&](std::string_view text) {
        const std::optional<Address> address = parse_address(text);
        return address && wanted->contains(*address);
    });
}

}  // namespace entrawatch
