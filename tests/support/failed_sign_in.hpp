// A Sigma document that correlations in tests look at: a sign-in that failed, under the name `failed`. Ends
// in
// `---`, so that the correlation follows.
#pragma once

#include <string_view>

namespace entrawatch::test {

inline constexpr std::string_view failed_sign_in = R"(title: A failed sign-in
name: failed
logsource: {product: azure, service: signinlogs}
detection:
  selection: {status.errorCode: 50126}
  condition: selection
---
)";

}  // namespace entrawatch::test
