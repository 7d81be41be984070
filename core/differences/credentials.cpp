// Credentials of applications and service principals.
#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/differences/families.hpp"

namespace entrawatch {
namespace {

struct Credential {
    std::string id, type, usage, name;
};

std::string_view last_segment(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

// Leaves stand in the order of the text: an identifier begins the next credential.
std::vector<Credential> credentials_in(const std::vector<Leaf>& leaves) {
    std::vector<Credential> credentials;
    for (const Leaf& leaf : leaves) {
        const std::string_view name = last_segment(leaf.path);
        if (equal_ignoring_ascii_case(name, "KeyIdentifier")) {
            credentials.push_back({leaf.value, {}, {}, {}});
        } else if (!credentials.empty()) {
            Credential& last = credentials.back();
            if (equal_ignoring_ascii_case(name, "KeyType")) last.type = leaf.value;
            if (equal_ignoring_ascii_case(name, "KeyUsage")) last.usage = leaf.value;
            if (equal_ignoring_ascii_case(name, "DisplayName")) last.name = leaf.value;
        }
    }
    return credentials;
}

std::string kind_of(const Credential& credential) {
    const bool signs = equal_ignoring_ascii_case(credential.usage, "Sign");
    std::string kind = credential.type.empty() ? "credential" : credential.type;
    if (equal_ignoring_ascii_case(credential.type, "Password")) kind = "client secret";
    if (equal_ignoring_ascii_case(credential.type, "AsymmetricX509Cert")) kind = "certificate";
    if (equal_ignoring_ascii_case(credential.type, "X509CertAndPassword")) kind = "certificate with its key";
    return signs ? "SAML signing " + kind : kind;
}

std::string words_of(const Credential& credential) {
    constexpr std::size_t longest_name = 60;
    std::string words = kind_of(credential);
    if (!credential.name.empty())
        words += " \"" + cut_utf8(to_valid_utf8(credential.name), longest_name) + "\"";
    return words + " (key " + credential.id + ")";
}

bool same_text(const Credential& a, const Credential& b) {
    return a.type == b.type && a.usage == b.usage && a.name == b.name;
}

using ById = std::map<std::string, const Credential*>;

ById by_id(const std::vector<Credential>& credentials) {
    ById index;
    for (const Credential& credential : credentials)
        index.emplace(to_lower_ascii(credential.id), &credential);
    return index;
}

const Credential* find(const ById& index, std::string_view id) {
    const auto found = index.find(to_lower_ascii(id));
    return found == index.end() ? nullptr : found->second;
}

std::vector<std::string> only_in(const std::vector<Credential>& credentials, const ById& others) {
    std::vector<std::string> words;
    for (const Credential& credential : credentials) {
        if (find(others, credential.id) == nullptr) words.push_back(words_of(credential));
    }
    return words;
}

}  // namespace

bool tell_credentials(const Change& change, Phrasing& phrasing) {
    const std::vector<Credential> before = credentials_in(change.old_leaves);
    const std::vector<Credential> after = credentials_in(change.new_leaves);
    const auto is_told = [](const std::vector<Leaf>& leaves, const std::vector<Credential>& credentials) {
        return leaves.empty() || !credentials.empty();
    };
    if (before.empty() && after.empty()) return false;
    if (!is_told(change.old_leaves, before) || !is_told(change.new_leaves, after)) return false;
    phrasing.add_act(rank_of_heading, "added credential", only_in(after, by_id(before)), true);
    phrasing.add_act(rank_of_heading, "removed credential", only_in(before, by_id(after)), false);
    const ById earlier_ones = by_id(before);
    for (const Credential& credential : after) {
        const Credential* earlier = find(earlier_ones, credential.id);
        if (earlier == nullptr || same_text(*earlier, credential)) continue;
        phrasing.add({{}, false, {words_of(*earlier)}, {words_of(credential)}}, "credential");
    }
    return true;
}

}  // namespace entrawatch
