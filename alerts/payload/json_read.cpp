// Reading stored JSON, which another version or a hand in the database may have left in any shape.
#include "alerts/payload/native.hpp"

namespace entrawatch {

std::string dump(const OrderedJson& value) {
    return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

OrderedJson parse_object(std::string_view text) {
    OrderedJson value = OrderedJson::parse(text, nullptr, false);
    return value.is_object() ? value : OrderedJson{};
}

OrderedJson member(const OrderedJson& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? OrderedJson{} : *found;
}

std::string text_at(const OrderedJson& object, std::initializer_list<const char*> path) {
    const OrderedJson* at = &object;
    for (const char* key : path) {
        if (!at->is_object()) return {};
        const auto found = at->find(key);
        if (found == at->end()) return {};
        at = &*found;
    }
    return at->is_string() ? at->get<std::string>() : std::string{};
}

OrderedJson data_in(std::string_view body) {
    OrderedJson data = member(parse_object(body), "data");
    return data.is_object() ? data : OrderedJson::object();
}

std::vector<std::string> shed_of(const OrderedJson& data) {
    std::vector<std::string> words;
    for (const OrderedJson& word : member(data, "shed")) {
        if (word.is_string()) words.push_back(word.get<std::string>());
    }
    return words;
}

}  // namespace entrawatch
