#include "core/differences/compare.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// What is longer is told member by member.
constexpr std::size_t longest_item = 160;

using Pointers = std::vector<const Node*>;

// The text that names an object in a list; empty when nothing does.
std::string_view identity_in(const Node& item, std::string_view key) {
    for (const Node& member : item.items) {
        if (member.kind == Node::Kind::scalar && !member.secret &&
            equal_ignoring_ascii_case(member.name, key))
            return member.text;
    }
    return {};
}

bool names_each_once(const Pointers& items, std::string_view key) {
    std::vector<std::string_view> names;
    for (const Node* item : items) {
        names.push_back(identity_in(*item, key));
        if (names.back().empty()) return false;
    }
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) == names.end();
}

// The member that names each object of both lists, each once.
std::optional<std::string_view> identity_of(const Pointers& before, const Pointers& after) {
    constexpr std::array<std::string_view, 10> keys{
        "id",        "keyId", "target",        "targetId",      "tenantId",
        "issuerUri", "name",  "resourceAppId", "entitlementId", "cidrAddress"};
    for (const std::string_view key : keys) {
        if (names_each_once(before, key) && names_each_once(after, key)) return key;
    }
    return std::nullopt;
}

bool is_scalar(const Node* node) {
    return node != nullptr && node->kind == Node::Kind::scalar;
}

const Node* something(const Node* node) {
    return node == nullptr || node->kind == Node::Kind::nothing ? nullptr : node;
}

bool is(const Node* node, Node::Kind kind) {
    return node == nullptr || node->kind == kind;
}

std::string shown(const Node& node) {
    return canonical(node, false);
}

class Comparing {
  public:
    void compare(const Node* before, const Node* after) {
        before = something(before);
        after = something(after);
        if (before == nullptr && after == nullptr) return;
        if (is(before, Node::Kind::object) && is(after, Node::Kind::object))
            return compare_objects(before, after);
        if (is_scalar(before) && is_scalar(after)) return compare_values(*before, *after);
        if (before == nullptr && is_scalar(after)) return tell(false, {}, {shown(*after)});
        if (after == nullptr && is_scalar(before)) return tell(false, {shown(*before)}, {});
        compare_lists(items_of(before), items_of(after));
    }

    Comparison take() { return std::move(comparison_); }

  private:
    // The n-th member of a name is compared with the n-th of that name.
    void compare_objects(const Node* before, const Node* after) {
        std::map<std::string_view, Pointers> others;
        if (after != nullptr) {
            for (const Node& member : after->items)
                others[member.name].push_back(&member);
        }
        std::map<std::string_view, std::size_t> seen;
        if (before != nullptr) {
            for (const Node& member : before->items) {
                const std::size_t nth = seen[member.name]++;
                const auto same = others.find(member.name);
                const bool there = same != others.end() && nth < same->second.size();
                below(member.name, &member, there ? same->second[nth] : nullptr);
            }
        }
        if (after == nullptr) return;
        std::map<std::string_view, std::size_t> passed;
        for (const Node& member : after->items) {
            if (passed[member.name]++ >= seen[member.name]) below(member.name, nullptr, &member);
        }
    }

    void compare_values(const Node& before, const Node& after) {
        if (canonical(before, true) == canonical(after, true)) return;
        tell(false, {shown(before)}, {shown(after)});
    }

    static Pointers items_of(const Node* node) {
        if (node == nullptr) return {};
        if (node->kind != Node::Kind::list) return {node};
        Pointers items;
        for (const Node& item : node->items)
            items.push_back(&item);
        return items;
    }

    static Pointers split_off(Pointers& items, bool (*belongs)(const Node*)) {
        Pointers rest;
        std::copy_if(items.begin(), items.end(), std::back_inserter(rest),
                     [&](const Node* item) { return !belongs(item); });
        std::erase_if(items, [&](const Node* item) { return !belongs(item); });
        return rest;
    }

    void compare_lists(Pointers before, Pointers after) {
        Pointers before_others = split_off(before, is_scalar);
        Pointers after_others = split_off(after, is_scalar);
        PathDifference difference{path_, true, {}, {}};
        add_only_in(before, after, difference.removed);
        add_only_in(after, before, difference.added);
        compare_items(std::move(before_others), std::move(after_others), difference);
        if (!difference.removed.empty() || !difference.added.empty()) keep(std::move(difference));
    }

    void compare_items(Pointers before, Pointers after, PathDifference& difference) {
        if (before.empty() && after.empty()) return;
        if (const auto key = identity_of(before, after))
            return compare_named(before, after, *key, difference);
        drop_equal(before, after);
        if (before.size() <= 1 && after.size() <= 1) {
            return compare(before.empty() ? nullptr : before[0], after.empty() ? nullptr : after[0]);
        }
        for (const Node* item : before)
            difference.removed.push_back(shown(*item));
        for (const Node* item : after)
            difference.added.push_back(shown(*item));
    }

    void compare_named(const Pointers& before, const Pointers& after, std::string_view key,
                       PathDifference& difference) {
        std::map<std::string_view, const Node*> others;
        for (const Node* item : after)
            others.emplace(identity_in(*item, key), item);
        for (const Node* item : before) {
            const std::string_view name = identity_in(*item, key);
            const auto same = others.find(name);
            if (same == others.end()) {
                gone_or_new(*item, name, key, difference.removed, true);
                continue;
            }
            below(item_of(name), item, same->second);
            others.erase(same);
        }
        for (const Node* item : after) {
            const std::string_view name = identity_in(*item, key);
            if (others.contains(name)) gone_or_new(*item, name, key, difference.added, false);
        }
    }

    // "Sms (state: enabled)" while that is short, else its name, and each of its members below it.
    void gone_or_new(const Node& item, std::string_view name, std::string_view key,
                     std::vector<std::string>& values, bool gone) {
        Node rest = item;
        std::erase_if(rest.items,
                      [&](const Node& member) { return equal_ignoring_ascii_case(member.name, key); });
        const std::string words = shown(rest);
        if (words.empty() || words.size() > longest_item) {
            values.emplace_back(name);
            if (!words.empty()) below(item_of(name), gone ? &rest : nullptr, gone ? nullptr : &rest);
            return;
        }
        values.push_back(std::string{name} + " (" + words + ")");
    }

    static std::string item_of(std::string_view name) { return std::string{"["}.append(name).append("]"); }

    static std::vector<std::string> sorted_texts(const Pointers& items) {
        std::vector<std::string> texts;
        texts.reserve(items.size());
        for (const Node* item : items)
            texts.push_back(canonical(*item, true));
        std::ranges::sort(texts);
        return texts;
    }

    static void add_only_in(const Pointers& items, const Pointers& others, std::vector<std::string>& values) {
        const std::vector<std::string> there = sorted_texts(others);
        for (const Node* item : items) {
            if (!std::ranges::binary_search(there, canonical(*item, true))) values.push_back(shown(*item));
        }
    }

    static void drop_equal(Pointers& before, Pointers& after) {
        const std::vector<std::string> old_texts = sorted_texts(before);
        const std::vector<std::string> new_texts = sorted_texts(after);
        const auto drop = [](Pointers& items, const std::vector<std::string>& others) {
            std::erase_if(items, [&](const Node* item) {
                return std::ranges::binary_search(others, canonical(*item, true));
            });
        };
        drop(before, new_texts);
        drop(after, old_texts);
    }

    void below(std::string_view name, const Node* before, const Node* after) {
        path_.emplace_back(name);
        compare(before, after);
        path_.pop_back();
    }

    void tell(bool list, std::vector<std::string> removed, std::vector<std::string> added) {
        keep({path_, list, std::move(removed), std::move(added)});
    }

    void keep(PathDifference difference) {
        if (comparison_.differences.size() == max_path_differences) {
            ++comparison_.further;
            return;
        }
        comparison_.differences.push_back(std::move(difference));
    }

    std::vector<std::string> path_;
    Comparison comparison_;
};

}  // namespace

Comparison compare(const Document& before, const Document& after) {
    Comparing comparing;
    comparing.compare(&before.root, &after.root);
    Comparison comparison = comparing.take();
    comparison.whole = before.whole && after.whole;
    return comparison;
}

}  // namespace entrawatch
