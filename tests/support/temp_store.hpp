// TempStore: a store in a folder of its own that vanishes with it. For tests of every floor.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/base/time.hpp"
#include "core/store/store.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {

// A folder that vanishes, whatever its permissions became.
class TempFolder {
  public:
    TempFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "entrawatch-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"cannot make a temporary folder"};
        path_ = pattern;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// The value of a Result, or an exception that names the error: a test that goes on without it makes no sense.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error{result.error().text()};
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class TempStore {
  public:
    explicit TempStore(std::string tenant = "contoso", Instant now = at("2026-11-22T00:00:00Z"))
        : tenant_(std::move(tenant)), store_(open(now)) {}

    [[nodiscard]] Store& operator*() { return store_; }
    [[nodiscard]] Store* operator->() { return &store_; }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / (tenant_ + ".db"); }
    // Closes and opens again: a restart.
    void reopen(Instant now = at("2026-11-22T00:00:00Z")) {
        Store old = std::move(store_);
        { const Store gone = std::move(old); }
        store_ = open(now);
    }
    // A second connection, as another process has it.
    [[nodiscard]] Store another(bool read_only = false) {
        return must(Store::open({.file = file(), .tenant = tenant_, .read_only = read_only},
                                at("2026-11-22T00:00:00Z")));
    }

  private:
    Store open(Instant now) const { return must(Store::open({.file = file(), .tenant = tenant_}, now)); }

    std::string tenant_;
    TempFolder folder_;
    Store store_;
};

}  // namespace entrawatch::test
