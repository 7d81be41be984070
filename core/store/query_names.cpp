#include "core/store/query_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/address_range.hpp"
#include "core/base/text.hpp"
#include "core/rules/text_pattern.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

// More forms than that: one walk over all variants is cheaper.
constexpr std::size_t most_forms_looked_up = 64;

// The numbers of the strings that are compared as one of `forms`, which are sorted: those themselves, and all
// that are spelled otherwise.
NameSet spellings_of(Database& db, NameSet forms) {
    std::vector<std::int64_t> variants;
    if (forms.numbers.size() > most_forms_looked_up) {
        Cursor others = db.use(sql::Query::string_variants_all);
        while (others.step()) {
            if (forms.contains(others.integer(1))) variants.push_back(others.integer(0));
        }
    } else {
        for (const std::int64_t form : forms.numbers) {
            Cursor others = db.use(sql::Query::string_variants);
            others.bind(form);
            while (others.step())
                variants.push_back(others.integer(0));
        }
    }
    forms.numbers.insert(forms.numbers.end(), variants.begin(), variants.end());
    std::sort(forms.numbers.begin(), forms.numbers.end());
    forms.numbers.erase(std::unique(forms.numbers.begin(), forms.numbers.end()), forms.numbers.end());
    return forms;
}

// Every string whose folded form passes `wanted` and begins with one of `beginnings`, no two of which begin
// alike. An empty one means a walk over the table of strings: millions, in a store of years.
template <class Wanted>
NameSet strings_where(Database& db, const std::vector<std::string>& beginnings, const Wanted& wanted) {
    NameSet forms;
    const auto take = [&](Cursor& rows) {
        while (rows.step()) {
            if (wanted(rows.text(1))) forms.numbers.push_back(rows.integer(0));
        }
    };
    for (const std::string& beginning : beginnings) {
        if (beginning.empty()) {
            Cursor rows = db.use(sql::Query::string_folded_all);
            take(rows);
            continue;
        }
        std::string behind = beginning;  // the first text that does not begin so
        behind.back() = static_cast<char>(behind.back() + 1);
        Cursor rows = db.use(sql::Query::string_folded_range);
        rows.bind(beginning, behind);
        take(rows);
    }
    std::sort(forms.numbers.begin(), forms.numbers.end());
    return spellings_of(db, std::move(forms));
}

// How a text in the range can begin: an IPv4 address has one spelling, and one as IPv6; the first group of an
// IPv6 address may have zeros before it.
std::vector<std::string> beginnings_of(std::string_view range) {
    const std::string_view host = range.substr(0, range.find('/'));
    const bool v4 = host.find(':') == std::string_view::npos;
    const std::vector<std::string> anywhere{""};
    int bits = v4 ? 32 : 128;
    if (host.size() < range.size()) {
        const std::string_view length = range.substr(host.size() + 1);
        std::from_chars(length.data(), length.data() + length.size(), bits);
    }
    const std::optional<Address> address = parse_address(host);
    if (!address || bits < (v4 ? 8 : 16)) return anywhere;
    std::vector<std::string> beginnings;
    if (v4) {
        std::string octets;
        for (int i = 0; i < bits / 8; ++i)
            octets += (i == 0 ? "" : ".") + std::to_string((*address)[static_cast<std::size_t>(12 + i)]);
        beginnings = {octets + (bits < 32 ? "." : ""), "::", "0:", "00:", "000:", "0000:"};
        return beginnings;
    }
    const unsigned group = ((*address)[0] << 8U) | (*address)[1];
    if (group == 0) return anywhere;  // also IPv4 addresses, in their own spelling
    std::array<char, 5> digits{};
    const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16).ptr;
    std::string text{digits.data(), static_cast<std::size_t>(end - digits.data())};
    for (; text.size() <= 4; text.insert(0, 1, '0'))
        beginnings.push_back(text + ":");
    return beginnings;
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
        const std::string_view plain = std::string_view{folded}.substr(0, folded.find_first_of("*?\\"));
        const TextPattern wanted{parse_pattern(folded), false};
        found = strings_where(db, {std::string{trim(plain)}},
                              [&](std::string_view text) { return wanted.matches(text, text); });
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
    return strings_where(db, beginnings_of(trim(range)), [&](std::string_view text) {
        const std::optional<Address> address = parse_address(text);
        return address && wanted->contains(*address);
    });
}

}  // namespace entrawatch
