# What the store adds to the build: its SQL as C++, and the extension that lets plain sqlite3 read the raw records.
set(store_dir ${CMAKE_CURRENT_LIST_DIR})
set(generated_dir ${CMAKE_BINARY_DIR}/generated)
file(GLOB store_sql_files CONFIGURE_DEPENDS ${store_dir}/sql/queries/*.sql ${store_dir}/sql/migrations/*.sql
  ${store_dir}/sql/questions/*.sql)
file(MAKE_DIRECTORY ${generated_dir})
add_custom_command(
  OUTPUT ${generated_dir}/store_sql.stamp
  BYPRODUCTS ${generated_dir}/store_sql.hpp ${generated_dir}/store_sql.cpp
  COMMAND ${CMAKE_COMMAND} -DSQL_DIR=${store_dir}/sql -DOUT_DIR=${generated_dir} -P ${store_dir}/embed_sql.cmake
  DEPENDS ${store_sql_files} ${store_dir}/embed_sql.cmake
  COMMENT "Embedding the SQL of the event store")
add_custom_target(entrawatch_sql DEPENDS ${generated_dir}/store_sql.stamp)
add_dependencies(entrawatch_core entrawatch_sql)
target_sources(entrawatch_core PRIVATE ${generated_dir}/store_sql.cpp)

# Without sanitizers: the plain sqlite3 shell that loads it has none.
add_library(entrawatch_sqlite MODULE ${store_dir}/extension/entrawatch_sqlite.cpp ${store_dir}/raw_codec.cpp)
target_include_directories(entrawatch_sqlite PRIVATE ${CMAKE_SOURCE_DIR})
target_compile_options(entrawatch_sqlite PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -fvisibility=hidden -fvisibility-inlines-hidden)
target_link_libraries(entrawatch_sqlite PRIVATE PkgConfig::zstd)
set_target_properties(entrawatch_sqlite PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
# It lies beside the binary whatever is built.
add_dependencies(entrawatch_core entrawatch_sqlite)
