// The keywords of JSON Schema that webhook.schema.json uses, checked against a body: type, enum, pattern,
// minimum, required, properties, items and $ref within the file. A keyword it does not know is a failure of
// its own, so that the schema cannot outgrow it unseen. Members the schema does not name are told as well:
// the schema must describe everything that is sent.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace entrawatch {

class SchemaCheck {
  public:
    explicit SchemaCheck(nlohmann::json schema) : schema_(std::move(schema)) {}

    // One line for everything that does not fit.
    [[nodiscard]] std::vector<std::string> faults(const nlohmann::json& body) {
        faults_.clear();
        check(schema_, body, "$");
        return faults_;
    }

  private:
    using Json = nlohmann::json;

    void tell(const std::string& where, const std::string& what) { faults_.push_back(where + ": " + what); }

    static bool has_type(const Json& value, const std::string& type) {
        if (type == "integer") return value.is_number_integer();
        if (type == "boolean") return value.is_boolean();
        return value.type_name() == type;
    }

    void check_type(const Json& types, const Json& value, const std::string& where) {
        const Json list = types.is_array() ? types : Json::array({types});
        for (const Json& type : list) {
            if (has_type(value, type.get<std::string>())) return;
        }
        tell(where, "is not of type " + types.dump());
    }

    void check_members(const Json& properties, const Json& value, const std::string& where) {
        if (!value.is_object()) return;
        for (const auto& [key, member] : value.items()) {
            if (properties.contains(key)) {
                check(properties[key], member, where + "." + key);
            } else {
                tell(where + "." + key, "is not described by the schema");
            }
        }
    }

    void check_keyword(const std::string& keyword, const Json& rule, const Json& value,
                       const std::string& where) {
        static const std::set<std::string> notes{"$schema", "$id", "$defs", "title", "description"};
        if (keyword == "$ref") {
            check(schema_["$defs"].at(rule.get<std::string>().substr(std::string{"#/$defs/"}.size())), value,
                  where);
        } else if (keyword == "type") {
            check_type(rule, value, where);
        } else if (keyword == "enum") {
            if (std::find(rule.begin(), rule.end(), value) == rule.end())
                tell(where, "is not one of " + rule.dump());
        } else if (keyword == "pattern") {
            if (!value.is_string() ||
                !std::regex_search(value.get<std::string>(), std::regex{rule.get<std::string>()}))
                tell(where, "does not match " + rule.dump());
        } else if (keyword == "minimum") {
            if (!value.is_number() || value < rule) tell(where, "is less than " + rule.dump());
        } else if (keyword == "required") {
            for (const Json& key : rule) {
                if (!value.contains(key.get<std::string>())) tell(where, "lacks " + key.dump());
            }
        } else if (keyword == "properties") {
            check_members(rule, value, where);
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
                check(rule, value[i], where + "[" + std::to_string(i) + "]");
        } else if (!notes.contains(keyword)) {
            tell(where, "the schema uses a keyword that is not checked: " + keyword);
        }
    }

    void check(const Json& schema, const Json& value, const std::string& where) {
        for (const auto& [keyword, rule] : schema.items())
            check_keyword(keyword, rule, value, where);
    }

    Json schema_;
    std::vector<std::string> faults_;
};

}  // namespace entrawatch
