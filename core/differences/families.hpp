// Families: changes that Entra writes as text of their own, neither JSON nor a plain value.
//
// Each returns false, and tells nothing, when the text is not written as expected: then it is compared like
// any other. Used by differences.cpp.
#pragma once

#include <string_view>

#include "core/differences/phrasing.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

// KeyDescription, "[KeyIdentifier=…,KeyType=Password,KeyUsage=Verify,DisplayName=…]": credentials added and
// removed with kind, name and key id, whatever their order.
[[nodiscard]] bool tell_credentials(const Change& change, Phrasing& phrasing);

// ConsentAction.Permissions, "[] => [[Id: …, Scope:  User.Read Mail.Send, …]]; ": scopes by whom they are
// for.
[[nodiscard]] bool tell_consent(const Change& change, Phrasing& phrasing);

// DelegatedPermissionGrant.Scope, "User.Read Mail.Send", cumulative: scopes added and removed.
[[nodiscard]] bool tell_scopes(const Change& change, Phrasing& phrasing);

// The text in which PIM says what was changed about a role's settings; loosened ones first.
void tell_role_settings(std::string_view reason, Phrasing& phrasing);

}  // namespace entrawatch
