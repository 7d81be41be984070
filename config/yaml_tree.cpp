#include "config/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// Leaves the parser from inside a callback; never leaves this file.
struct Refusal {
    int line;
    const char* what;
};

int line_of(const YAML::Mark& mark) {
    return mark.line + 1;
}

// Builds the tree from the parser's events; a stack of unfinished lists and maps, the innermost last.
class TreeBuilder : public YAML::EventHandler {
  public:
    YamlNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (std::exchange(started_, true)) throw Refusal{line_of(mark), "a second document (---): write one"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(node(YamlNode::Kind::null, mark, anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_alias(mark); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode scalar = node(YamlNode::Kind::scalar, mark, anchor);
        scalar.quoted = tag != "?" && !tag.empty();
        scalar.text = value;
        add(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(node(YamlNode::Kind::list, mark, anchor));
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(node(YamlNode::Kind::map, mark, anchor));
    }
    void OnMapEnd() override { close(); }

  private:
    [[noreturn]] static void refuse_alias(const YAML::Mark& mark) {
        throw Refusal{line_of(mark),
                      "anchors (&name) and aliases (*name) are not taken: write the value out"};
    }

    YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) refuse_alias(mark);
        if (++count_ > max_yaml_nodes)
            throw Refusal{line_of(mark), "the file holds more than 100,000 values"};
        YamlNode made;
        made.kind = kind;
        made.line = line_of(mark);
        return made;
    }

    void open(YamlNode container) {
        if (open_.size() == max_yaml_depth) throw Refusal{container.line, "nested more than 32 levels deep"};
        open_.push_back(std::move(container));
    }

    void close() {
        YamlNode done = std::move(open_.back());
        open_.pop_back();
        add(std::move(done));
    }

    void add(YamlNode value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return;
        }
        YamlNode& parent = open_.back();
        if (parent.is_map() && parent.keys.size() == parent.items.size()) {
            if (!value.is_scalar()) throw Refusal{value.line, "a key must be a plain name"};
            parent.keys.push_back(std::move(value));
        } else {
            parent.items.push_back(std::move(value));
        }
    }

    YamlNode root_;
    std::vector<YamlNode> open_;
    std::size_t count_ = 0;
    bool started_ = false;
};

Problem problem(std::string_view file, int line, std::string message) {
    return {std::string{file}, line, std::move(message), false};
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].text == key) return &items[i];
    }
    return nullptr;
}

YamlText read_yaml_tree(std::string_view text, std::string_view file) {
    YamlText out;
    if (text.size() > max_yaml_bytes) {
        out.problems.push_back(problem(file, 0, "larger than 1 MiB: this is no file of ours"));
        return out;
    }
    if (!is_valid_utf8(text)) {
        out.problems.push_back(problem(file, 0, "is not valid UTF-8: save it as UTF-8 text"));
        return out;
    }
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        TreeBuilder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        out.root = builder.take();
    } catch (const Refusal& refusal) {
        out.problems.push_back(problem(file, refusal.line, refusal.what));
    } catch (const YAML::Exception& error) {
        out.problems.push_back(problem(file, line_of(error.mark), "this is not YAML: " + error.msg));
    }
    return out;
}

}  // namespace entrawatch
