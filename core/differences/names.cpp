#include "core/differences/names.hpp"

#include "core/base/guid.hpp"
#include "core/base/text.hpp"
#include "core/differences/words.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t guid_size = 36;
constexpr std::size_t longest_name = 80;

}  // namespace

Names::Names(const Event& event, const Directory* directory) : directory_(directory) {
    const auto add = [&](std::string_view id, std::string_view name) {
        if (is_guid(id) && !name.empty() && !is_guid(name)) of_record_.emplace(to_lower_ascii(id), name);
    };
    for (const Target& target : event.targets)
        add(target.id, target.name);
    add(event.actor.id, event.actor.name);
    add(event.actor.app_id, event.actor.name);
}

std::string_view Names::name_of(std::string_view id) const {
    const std::string lower = to_lower_ascii(id);
    if (directory_ != nullptr) {
        const EmergencyAccount* account = directory_->emergency_account(id, {});
        if (account != nullptr && !account->name.empty()) return account->name;
        const RoleInfo* role = directory_->role(id);
        if (role != nullptr && !role->name.empty()) return role->name;
        const Principal* principal = directory_->principal(id);
        if (principal != nullptr && !principal->name.empty()) return principal->name;
    }
    const auto found = of_record_.find(lower);
    return found == of_record_.end() ? name_of_well_known(lower) : found->second;
}

std::string Names::with_names(std::string_view text) const {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view id = text.substr(i, guid_size);
        const bool begins = i == 0 || !is_ascii_alphanumeric(text[i - 1]);
        if (!begins || !is_guid(id)) {
            out += text[i++];
            continue;
        }
        const std::string_view name = name_of(id);
        if (name.empty()) {
            out += id;
        } else {
            out += cut_utf8(name, longest_name) + " (" + std::string{id} + ")";
        }
        i += guid_size;
    }
    return out;
}

}  // namespace entrawatch
