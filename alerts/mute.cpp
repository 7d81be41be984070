#include "alerts/mute.hpp"

#include <algorithm>
#include <array>

#include "alerts/payload/native.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// A clock that is a little off, or a slow typist, is no past start.
constexpr Ticks start_tolerance = std::chrono::minutes{5};

std::array<std::string_view, 5> texts_of(const MuteRow& mute) {
    return {mute.rule, mute.scenario, mute.actor, mute.target, mute.destination};
}

// By id; of a user also by the principal name, which is unique in a directory.
bool is_party(const OrderedJson& data, const char* which, std::string_view wanted) {
    const auto same = [&](const char* key) {
        const std::string value = text_at(data, {which, key});
        return !value.empty() && equal_ignoring_ascii_case(value, wanted);
    };
    if (same("id") || same("app_id")) return true;
    return text_at(data, {which, "kind"}) == "user" && wanted.find('@') != std::string_view::npos &&
           same("name");
}

bool is_rule(const AlertRow& alert, std::string_view wanted) {
    return equal_ignoring_ascii_case(alert.rule_id, wanted) || alert.rule_name == wanted;
}

bool covers(const MuteRow& mute, const AlertRow& alert, const OrderedJson& data,
            std::string_view destination) {
    if (!mute.rule.empty() && !is_rule(alert, mute.rule)) return false;
    if (!mute.scenario.empty() && !equal_ignoring_ascii_case(alert.scenario, mute.scenario)) return false;
    if (mute.severity_at_most && alert.severity > *mute.severity_at_most) return false;
    if (!mute.destination.empty() && destination != mute.destination) return false;
    if (!mute.actor.empty() && !is_party(data, "actor", mute.actor)) return false;
    return mute.target.empty() || is_party(data, "target", mute.target);
}

Result<> check_matchers(const MuteRow& mute) {
    const auto texts = texts_of(mute);
    const bool any =
        mute.severity_at_most ||
        std::any_of(texts.begin(), texts.end(), [](std::string_view text) { return !text.empty(); });
    if (!any) {
        return fail(ErrorCode::invalid,
                    "a mute of everything is refused; say what to mute with --rule, --scenario, "
                    "--severity-at-most, --actor, --target or --destination");
    }
    for (const std::string_view text : texts) {
        if (text.size() > longest_matcher || !is_valid_utf8(text))
            return fail(ErrorCode::invalid, "a matcher is longer than " + std::to_string(longest_matcher) +
                                                " bytes, or no UTF-8");
    }
    return {};
}

Result<> check_span(const MuteRow& mute, Instant now) {
    if (mute.starts_at < now - start_tolerance)
        return fail(ErrorCode::invalid, "a mute cannot start in the past: what was told is told");
    if (mute.starts_at > now + farthest_mute)
        return fail(ErrorCode::invalid, "a mute starts within a year from now");
    if (mute.ends_at <= mute.starts_at || mute.ends_at <= now)
        return fail(ErrorCode::invalid, "the end of the mute is not after its start");
    if (mute.ends_at - mute.starts_at > longest_mute) {
        return fail(ErrorCode::invalid, "a mute lasts at most " + to_words(longest_mute) +
                                            "; make a new one then, or lower the rule's severity, or put it "
                                            "under rules.disable");
    }
    return {};
}

}  // namespace

Result<> check_mute(const MuteRow& mute, Instant now) {
    if (auto done = check_matchers(mute); !done) return done;
    if (mute.author.empty() || mute.reason.empty())
        return fail(ErrorCode::invalid, "a mute needs an author and a reason");
    return check_span(mute, now);
}

std::string_view condition_of(const MuteRow& mute, Instant now) {
    if (mute.removed_at) return "removed";
    if (mute.ends_at <= now) return "ended";
    return mute.starts_at <= now ? "in force" : "to come";
}

std::string matchers_of(const MuteRow& mute) {
    std::string out;
    const auto add = [&](std::string_view label, std::string_view value) {
        if (value.empty()) return;
        out.append(out.empty() ? "" : ", ").append(label).append(" ").append(value);
    };
    add("rule", mute.rule);
    add("scenario", mute.scenario);
    if (mute.severity_at_most) add("severity at most", name_of(*mute.severity_at_most));
    add("actor", mute.actor);
    add("target", mute.target);
    add("destination", mute.destination);
    return out;
}

const MuteRow* muting(std::span<const MuteRow> mutes, const AlertRow& alert, std::string_view type,
                      std::string_view destination, Instant now) {
    if (mutes.empty() || alert.test || alert.unsilenceable) return nullptr;
    if (type != "alert.opened" && type != "alert.updated") return nullptr;
    const OrderedJson data = parse_object(alert.data);
    const auto hides = [&](const MuteRow& mute) {
        return condition_of(mute, now) == "in force" && covers(mute, alert, data, destination);
    };
    const auto found = std::find_if(mutes.begin(), mutes.end(), hides);
    return found == mutes.end() ? nullptr : &*found;
}

}  // namespace entrawatch
