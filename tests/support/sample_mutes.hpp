// A mute for the tests of every floor.
#pragma once

#include <string>
#include <utility>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {

// Of everything that rule pim/sample tells, for two hours from ten.
inline MuteRow sample_mute(std::string id = "mute_1", std::string rule = "pim/sample") {
    MuteRow mute;
    mute.id = std::move(id);
    mute.rule = std::move(rule);
    mute.author = "alice";
    mute.reason = "patch night";
    mute.created_at = mute.starts_at = at("2026-11-22T10:00:00Z");
    mute.ends_at = at("2026-11-22T12:00:00Z");
    return mute;
}

}  // namespace entrawatch::test
