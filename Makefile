# The two commands of a newcomer are `make demo` and `make test`; each installs what is missing on Debian 12.
PACKAGES := g++ cmake ninja-build pkg-config clang-format clang-tidy sqlite3 openssl \
  libboost1.81-dev libssl-dev libsimdjson-dev nlohmann-json3-dev libsqlite3-dev libzstd-dev libre2-dev \
  libyaml-cpp-dev libspdlog-dev libcli11-dev libexpected-dev libutf8proc-dev zlib1g-dev \
  libgtest-dev libgmock-dev libbenchmark-dev
FUZZ_PACKAGES := clang libclang-rt-14-dev
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
JOBS ?= $(shell nproc)
# The tests of the whole way wait more than they work.
TEST_JOBS ?= 8
# What clang-tidy reads.
FLOORS ?= core alerts config daemon
SOURCES = $(shell git ls-files '*.cpp' '*.hpp')

.PHONY: help packages demo test bench campaign tidy analyze format format-check tsan fuzz clean
help:
	@echo 'make demo          see it work: a simulated tenant, the daemon on it, alerts as a webhook gets them (about 2 min)'
	@echo 'make test          build and run every test, with address and undefined-behaviour sanitizers'
	@echo 'make bench         the benchmarks, as ratios to floors measured in the same run'
	@echo 'make campaign      every odd way of Graph, three tenants each, before one daemon: what was lost (about 15 min)'
	@echo 'make tsan          every test with the thread sanitizer'
	@echo 'make fuzz          a short run of every fuzzer'
	@echo 'make tidy          clang-tidy over the four floors'
	@echo 'make analyze       the static analyzer of clang over the three lower floors, file by file'
	@echo 'make format        clang-format over every source file'

# Asks dpkg first, so that a machine that has everything needs neither root nor network.
packages:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing:" $$missing; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

build/%/build.ninja: packages
	@cmake --preset $* >/dev/null

demo: build/release/build.ninja
	@cmake --build --preset release --target entrawatch entrawatch-demo -j $(JOBS)
	@build/release/entrawatch-demo

test: build/debug/build.ninja
	@cmake --build --preset debug -j $(JOBS)
	@ctest --preset debug -j $(TEST_JOBS)

bench: build/release/build.ninja
	@cmake --build --preset release --target entrawatch entrawatch-bench -j $(JOBS)
	@build/release/entrawatch-bench

# CAMPAIGN: more, for example '--kills 1000 --behaviours plain,odd-pages' (build/release/entrawatch-campaign --help).
campaign: build/release/build.ninja
	@cmake --build --preset release --target entrawatch entrawatch-campaign -j $(JOBS)
	@build/release/entrawatch-campaign $(CAMPAIGN)

tsan: build/tsan/build.ninja
	@cmake --build --preset tsan -j $(JOBS)
	@ctest --preset tsan -j $(TEST_JOBS)

fuzz:
	@missing=$$(for p in $(PACKAGES) $(FUZZ_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@for f in build/fuzz/*_fuzz; do echo "$$f"; $$f -max_total_time=20 -verbosity=0 -print_final_stats=1 2>&1 | grep -E 'number_of_executed|ERROR|SUMMARY' ; done

# In groups of a whole folder, because the checks cost more in the headers of others than in our files: two files of one folder must
# not give one name to two things (what merely hides something is GCC's to tell, in smaller groups). A build folder of its own: clang cannot read GCC's precompiled headers. Only the generated sources are built.
tidy: packages
	@cmake --preset debug -B build/tidy -DENTRAWATCH_GROUP=40 -DENTRAWATCH_PCH=OFF -DENTRAWATCH_SANITIZE= -DENTRAWATCH_TESTS=OFF >/dev/null
	@cmake --build build/tidy --target entrawatch_sql >/dev/null
	@sed -n 's/^ *"file": "\(.*\)",\{0,1\}$$/\1/p' build/tidy/compile_commands.json | grep -E '/($(subst $(eval ) ,|,$(FLOORS)))/' | xargs -P $(JOBS) -n 1 clang-tidy -p build/tidy --quiet --checks=-bugprone-suspicious-include --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-shadow 2>/dev/null

# The analyzer follows the ways through a function, but only of the file it was given: in groups it sees none. File by file it takes
# about ten minutes, so it is no part of CI. Not the daemon: in every coroutine it takes Asio's frame for a null pointer.
analyze: packages
	@cmake --preset debug -B build/analyze -DENTRAWATCH_PCH=OFF -DENTRAWATCH_UNITY=OFF -DENTRAWATCH_SANITIZE= -DENTRAWATCH_TESTS=OFF >/dev/null
	@cmake --build build/analyze --target entrawatch_sql >/dev/null
	@sed -n 's/^ *"file": "\(.*\)",\{0,1\}$$/\1/p' build/analyze/compile_commands.json | grep -E '^$(CURDIR)/(core|alerts|config)/' | xargs -P $(JOBS) -n 1 clang-tidy -p build/analyze --quiet --checks='-*,clang-analyzer-core.*,clang-analyzer-cplusplus.*,clang-analyzer-deadcode.*' --extra-arg=-Wno-unknown-warning-option 2>/dev/null

format:
	@clang-format -i $(SOURCES)

format-check:
	@clang-format --dry-run -Werror $(SOURCES)

clean:
	@rm -rf build
