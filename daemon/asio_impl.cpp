// The one translation unit that holds Asio's and Beast's non-template code (…_SEPARATE_COMPILATION is set in
// CMakeLists.txt), so that no other file pays for compiling it.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
