#include "core/event/event.hpp"

namespace entrawatch {

std::string_view name_of(ActorKind kind) {
    switch (kind) {
        case ActorKind::user:
            return "user";
        case ActorKind::app:
            return "app";
        case ActorKind::system:
            return "system";
        case ActorKind::unknown:
            break;
    }
    return "unknown";
}

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::success:
            return "success";
        case Outcome::failure:
            return "failure";
        case Outcome::timeout:
            return "timeout";
        case Outcome::interrupted:
            return "interrupted";
        case Outcome::unknown:
            break;
    }
    return "unknown";
}

}  // namespace entrawatch
