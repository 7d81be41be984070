#include "daemon/status.hpp"

namespace entrawatch {

std::string_view name_of(FeedCondition condition) {
    switch (condition) {
        case FeedCondition::starting:
            return "starting";
        case FeedCondition::running:
            return "running";
        case FeedCondition::parked:
            return "parked";
        case FeedCondition::failing:
            return "failing";
    }
    return "starting";
}

}  // namespace entrawatch
