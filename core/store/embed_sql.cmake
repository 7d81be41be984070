# Writes the SQL files as C++: cmake -DSQL_DIR=… -DOUT_DIR=… -P embed_sql.cmake
#
# store_sql.hpp has one enumerator for each query file, so that a misspelt query does not compile; store_sql.cpp has the texts. Questions
# are found by name, because people type it.
# Deterministic: files are sorted by name, and only their content and names go in.
set(delimiter "entrawatch_sql")

function(read_sql file variable)
  file(READ ${file} text)
  if(text MATCHES "\\)${delimiter}\"")
    message(FATAL_ERROR "${file} holds the delimiter of the generated source")
  endif()
  set(${variable} "R\"${delimiter}(${text})${delimiter}\"" PARENT_SCOPE)
endfunction()

file(GLOB queries ${SQL_DIR}/queries/*.sql)
file(GLOB migrations ${SQL_DIR}/migrations/*.sql)
file(GLOB questions ${SQL_DIR}/questions/*.sql)
list(SORT queries)
list(SORT migrations)
list(SORT questions)
list(LENGTH queries query_count)

set(enumerators "")
set(query_rows "")
foreach(file IN LISTS queries)
  get_filename_component(name ${file} NAME_WE)
  read_sql(${file} text)
  string(APPEND enumerators "    ${name},\n")
  string(APPEND query_rows "    {\"${name}\", ${text}},\n")
endforeach()

set(question_rows "")
foreach(file IN LISTS questions)
  get_filename_component(name ${file} NAME_WE)
  read_sql(${file} text)
  string(APPEND question_rows "    {\"${name}\", ${text}},\n")
endforeach()

set(migration_rows "")
set(expected 0)
foreach(file IN LISTS migrations)
  get_filename_component(name ${file} NAME_WE)
  math(EXPR expected "${expected} + 1")
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_")
    message(FATAL_ERROR "${file}: a migration is named NNNN_what.sql")
  endif()
  string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${file}: the next migration has the number ${expected}")
  endif()
  read_sql(${file} text)
  string(APPEND migration_rows "    {${number}, \"${name}\", ${text}},\n")
endforeach()

file(WRITE ${OUT_DIR}/store_sql.hpp.new "// Generated from core/store/sql by embed_sql.cmake.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace entrawatch::sql {

enum class Query : std::uint16_t {
${enumerators}};
inline constexpr std::size_t query_count = ${query_count};

[[nodiscard]] std::string_view name_of(Query query);
[[nodiscard]] std::string_view text_of(Query query);

struct Migration {
    int version = 0;
    std::string_view name;
    std::string_view text;
};
// In order, from 1.
[[nodiscard]] std::span<const Migration> migrations();

struct Question {
    std::string_view name;
    std::string_view text;
};
// By name.
[[nodiscard]] std::span<const Question> questions();

}  // namespace entrawatch::sql
")
file(WRITE ${OUT_DIR}/store_sql.cpp.new "// Generated from core/store/sql by embed_sql.cmake.
#include \"store_sql.hpp\"

namespace entrawatch::sql {

namespace {

struct QueryRow {
    std::string_view name;
    std::string_view text;
};
constexpr QueryRow query_rows[] = {
${query_rows}};
constexpr Migration migration_rows[] = {
${migration_rows}};
constexpr Question question_rows[] = {
${question_rows}};

}  // namespace

std::string_view name_of(Query query) { return query_rows[static_cast<std::size_t>(query)].name; }
std::string_view text_of(Query query) { return query_rows[static_cast<std::size_t>(query)].text; }
std::span<const Migration> migrations() { return migration_rows; }
std::span<const Question> questions() { return question_rows; }

}  // namespace entrawatch::sql
")
# Unchanged files keep their time, so that a changed text does not rebuild what sees only the names.
foreach(suffix hpp cpp)
  file(COPY_FILE ${OUT_DIR}/store_sql.${suffix}.new ${OUT_DIR}/store_sql.${suffix} ONLY_IF_DIFFERENT)
  file(REMOVE ${OUT_DIR}/store_sql.${suffix}.new)
endforeach()
file(TOUCH ${OUT_DIR}/store_sql.stamp)
