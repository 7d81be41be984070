// The one binary: hands the command line to the command it names.
#include <string>
#include <vector>

#include "daemon/commands/commands.hpp"

int main(int argc, char** argv) {
    const entrawatch::Invocation invocation = entrawatch::invocation_of_process();
    return entrawatch::run_command_line(std::vector<std::string>(argv + 1, argv + argc), invocation);
}
