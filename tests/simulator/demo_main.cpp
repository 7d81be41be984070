// entrawatch-demo: `make demo` runs this. Exit 0: exactly the alerts of the story came, signed.
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "tests/simulator/demo/demo.hpp"

int main(int argc, char** argv) try {
    namespace fs = std::filesystem;
    const char* const chosen = std::getenv("ENTRAWATCH_DEMO_DIR");
    entrawatch::simulator::DemoOptions options;
    options.binary = fs::read_symlink("/proc/self/exe").parent_path() / "entrawatch";
    options.folder = chosen != nullptr ? fs::path{chosen} : fs::path{"build/demo"};
    options.colour = ::isatty(STDOUT_FILENO) == 1;

    CLI::App app{
        "Plays a story of about a minute in a simulated tenant and shows what Entrawatch makes of it.",
        "entrawatch-demo"};
    std::string binary = options.binary.string();
    app.add_option("binary", binary, "the entrawatch program")
        ->capture_default_str()
        ->check(CLI::ExistingFile);
    app.add_option("--seed", options.seed, "of the simulated tenant")->capture_default_str();
    app.footer(
        "$ENTRAWATCH_DEMO_DIR names the folder it works in (default: build/demo); the folder is emptied "
        "first.");
    CLI11_PARSE(app, argc, argv);
    options.binary = fs::absolute(binary);

    const auto good = entrawatch::simulator::run_demo(options, std::cout);
    if (!good) std::cerr << "entrawatch-demo: " << good.error().text() << '\n';
    return good && *good ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
    std::cerr << "entrawatch-demo: " << error.what() << '\n';
    return EXIT_FAILURE;
}
