#include "core/differences/document.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/guid.hpp"
#include "core/base/secret_names.hpp"
#include "core/base/text.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

// Where the JSON object ends that `text` begins with; 0 when it does not end.
std::size_t end_of_object(std::string_view text) {
    std::size_t open = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{') {
            ++open;
        } else if (c == '}' && --open == 0) {
            return i + 1;
        }
    }
    return 0;
}

// "{…}; {…}" to its objects: so the decoder writes a list of them for people. Empty when it is no such list.
std::vector<std::string_view> objects_in(std::string_view text) {
    constexpr std::string_view separator = "; ";
    std::vector<std::string_view> objects;
    while (text.starts_with('{')) {
        const std::size_t end = end_of_object(text);
        if (end == 0) return {};
        objects.push_back(text.substr(0, end));
        text.remove_prefix(end);
        if (text.empty()) return objects;
        if (!text.starts_with(separator)) return {};
        text.remove_prefix(separator.size());
    }
    return {};
}

bool opens_json(std::string_view text) {
    return text.starts_with('{') || text.starts_with('[');
}

bool is_list_of_scalars(const std::vector<Leaf>& leaves) {
    return leaves.size() > 1 &&
           std::ranges::all_of(leaves, [](const Leaf& leaf) { return leaf.path.empty(); });
}

class Builder {
  public:
    Document build(const std::string& value, const std::vector<Leaf>& leaves) {
        const std::string_view text = trim(value);
        if (opens_json(text)) {
            document_.root = from_text(text, 0);
        } else if (is_list_of_scalars(leaves)) {
            document_.root = from_leaves(leaves);
        } else {
            document_.root = scalar(text);
        }
        return std::move(document_);
    }

  private:
    Node from_text(std::string_view text, std::size_t nesting) {
        if (const Result<Json> json = readers_.at(nesting).parse(text)) return from_json(*json, nesting, 0);
        Node list{Node::Kind::list, {}, {}, false, {}};
        for (const std::string_view object : objects_in(text)) {
            const Result<Json> json = readers_.at(nesting).parse(object);
            if (!json) return unreadable(text);
            list.items.push_back(from_json(*json, nesting, 1));
        }
        return list.items.empty() ? unreadable(text) : list;
    }

    // Cut off in the middle, say: a secret in it cannot be told from the rest.
    Node unreadable(std::string_view text) {
        Node node = scalar(text);
        node.secret = names_a_secret(text);
        return node;
    }

    Node from_leaves(const std::vector<Leaf>& leaves) {
        Node list{Node::Kind::list, {}, {}, false, {}};
        for (const Leaf& leaf : leaves) {
            if (!has_room(leaf.value.size())) break;
            list.items.push_back(scalar(leaf.value));
        }
        return list;
    }

    Node scalar(std::string_view text) {
        if (text.empty()) return {};
        if (!has_room(text.size())) return {};
        ++nodes_;
        bytes_ += text.size();
        return {Node::Kind::scalar, {}, std::string{text}, false, {}};
    }

    Node from_json(Json json, std::size_t nesting, std::size_t depth) {
        if (depth >= max_document_depth) return unreadable(simdjson::minify(json));
        JsonArray array;
        JsonObject object;
        if (json.get(array) == simdjson::SUCCESS) return from_array(array, nesting, depth);
        if (json.get(object) == simdjson::SUCCESS) return from_object(object, nesting, depth);
        if (!json.is_string()) return scalar(scalar_text(json));
        const std::string_view text = trim(text_in(json));
        if (!opens_json(text)) return scalar(text_in(json));
        if (nesting + 1 >= readers_.size()) return unreadable(text);
        const Result<Json> inner = readers_.at(nesting + 1).parse(text);
        return inner ? from_json(*inner, nesting + 1, depth + 1) : unreadable(text);
    }

    Node from_array(JsonArray array, std::size_t nesting, std::size_t depth) {
        Node list{Node::Kind::list, {}, {}, false, {}};
        for (const Json element : array) {
            if (!has_room(0)) break;
            Node item = from_json(element, nesting, depth + 1);
            if (item.kind != Node::Kind::nothing) list.items.push_back(std::move(item));
        }
        return something(std::move(list));
    }

    Node from_object(JsonObject object, std::size_t nesting, std::size_t depth) {
        Node out{Node::Kind::object, {}, {}, false, {}};
        for (const auto field : object) {
            if (!has_room(field.key.size())) break;
            bytes_ += field.key.size();
            Node member = from_json(field.value, nesting, depth + 1);
            if (member.kind == Node::Kind::nothing) continue;
            member.name = field.key;
            if (names_a_secret(member.name)) hide(member);
            out.items.push_back(std::move(member));
        }
        return something(std::move(out));
    }

    static Node something(Node node) { return node.items.empty() ? Node{} : std::move(node); }

    // What stands below a name of its own is judged by that name.
    static void hide(Node& node) {
        if (node.kind == Node::Kind::scalar && node.text.size() >= shortest_secret) node.secret = true;
        if (node.kind != Node::Kind::list) return;
        for (Node& item : node.items)
            hide(item);
    }

    bool has_room(std::size_t bytes) {
        if (nodes_ < max_document_nodes && bytes_ + bytes <= max_document_bytes) return true;
        document_.whole = false;
        return false;
    }

    Document document_;
    std::array<JsonReader, max_nested_json> readers_;
    std::size_t nodes_ = 0;
    std::size_t bytes_ = 0;
};

// To compare, each text has its length before it, so that none can pose as several.
std::string measured(std::string_view text) {
    return std::to_string(text.size()).append(":").append(text);
}

std::string words_of_items(const Node& node, bool open) {
    std::vector<std::string> parts;
    parts.reserve(node.items.size());
    for (const Node& item : node.items) {
        std::string part;
        if (node.kind == Node::Kind::object) part = open ? measured(item.name) : item.name + ": ";
        const bool nested = item.kind == Node::Kind::object;
        part += (nested ? "(" : "") + canonical(item, open) + (nested ? ")" : "");
        parts.push_back(std::move(part));
    }
    std::ranges::sort(parts);
    return joined(parts);
}

}  // namespace

Document document_of(const Change& change, Side side) {
    const bool before = side == Side::before;
    if (!(before ? change.has_old : change.has_new)) return {};
    return Builder{}.build(before ? change.old_value : change.new_value,
                           before ? change.old_leaves : change.new_leaves);
}

std::string canonical(const Node& node, bool open) {
    switch (node.kind) {
        case Node::Kind::scalar:
            if (open) return measured(is_guid(node.text) ? to_lower_ascii(node.text) : node.text);
            return node.secret ? std::string{redacted} : node.text;
        case Node::Kind::list:
            return "[" + words_of_items(node, open) + "]";
        case Node::Kind::object:
            return words_of_items(node, open);
        case Node::Kind::nothing:
            break;
    }
    return {};
}

}  // namespace entrawatch
