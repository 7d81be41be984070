// Any octets as a page of Graph and as an exported file: no crash, and every record is a view into the page
// that owns it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/feed/page.hpp"

namespace {

void check(const entrawatch::Result<entrawatch::Page>& page) {
    if (!page) {
        if (page.error().what.empty()) std::abort();  // a refusal without a word helps nobody
        return;
    }
    const char* begin = page->body.data();
    const char* end = begin + page->body.size();
    const char* last = begin;
    for (const std::string_view record : page->records) {
        // In order, not empty, and not overlapping.
        if (record.empty() || record.data() < last || record.data() + record.size() > end) std::abort();
        last = record.data() + record.size();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    check(entrawatch::split_page(text));
    check(entrawatch::split_export(text));
    return 0;
}
