#include "config/secret.hpp"

#include "alerts/cleanse.hpp"

namespace entrawatch {

Secret::~Secret() {
    cleanse(value_);
}

// A short string is copied, not handed over, when it moves: the source is zeroised here.
Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
    cleanse(other.value_);
}

Secret& Secret::operator=(Secret other) noexcept {
    value_.swap(other.value_);
    return *this;
}

}  // namespace entrawatch
