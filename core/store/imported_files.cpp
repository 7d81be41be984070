#include "core/store/imported_files.hpp"

#include "core/store/store_impl.hpp"

namespace entrawatch {

Result<std::optional<ImportedFile>> imported_file(Store& store, std::string_view path) {
    Store::Impl& impl = store.impl();
    return impl.read([&]() -> std::optional<ImportedFile> {
        Cursor row = impl.db.use(sql::Query::imported_file_get);
        if (!row.bind(path).step()) return std::nullopt;
        return ImportedFile{std::string{path}, row.integer(0), row.integer(1), std::string{row.blob(2)}};
    });
}

Result<> set_imported_file(Store& store, const ImportedFile& file, Instant now) {
    Store::Impl& impl = store.impl();
    return impl.write([&] {
        impl.db.use(sql::Query::imported_file_set)
            .bind(file.path, file.bytes, file.lines, Blob{file.ending}, now)
            .run();
    });
}

}  // namespace entrawatch
