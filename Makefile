# Everything there is to do with this repository. `make` lists it.

SHELL := /bin/bash
PORT ?= 8080
SERVICES_PORT ?= 7001

# Every tool that setup installs, and the browser, reach a recipe by this.
ENV := . tools/env.sh &&
# A failed build's message is the compiler's, not trunk's own stack.
TRUNK := env $$WASM_STD RUST_BACKTRACE=0 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$$WASM_RUSTFLAGS" trunk
# The variable's name holds the target's: cargo takes the test runner from it.
# Its own limits (20 s a run, 5 s for the driver to start) are for idle machines.
WASM_RUNNER := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	WASM_BINDGEN_TEST_TIMEOUT=120 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=30
# Who has just built the page tests that one: `BUILT=1`.
PAGE := $(if $(BUILT),test -e dist/index.html,$(ENV) $(TRUNK) build --release)
# Where setup leaves what the tests and the benchmark have from npm.
AXE := AXE_JS="$$tools_dir/axe-core-$$AXE_CORE_VERSION/node_modules/axe-core/axe.min.js"
SPEEDSCOPE := SPEEDSCOPE="$$tools_dir/speedscope-$$SPEEDSCOPE_VERSION/node_modules/speedscope/dist/release"
# Sites that embed the page are built with these.
BUILDERS := MKDOCS_PYTHON="$$tools_dir/mkdocs-$$MKDOCS_VERSION/bin/python" MDBOOK=mdbook
E2E := DIST="$$PWD/dist" $(AXE) $(SPEEDSCOPE) $(BUILDERS)
LIGHTHOUSE := LIGHTHOUSE="$$tools_dir/lighthouse-$$LIGHTHOUSE_VERSION/node_modules/.bin/lighthouse"

.DEFAULT_GOAL := help
.PHONY: help setup build serve services test test-core test-wasm test-e2e test-firefox test-cpython lint mutants pictures bench fire fmt clean

help: ## list what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## install what build, test and lint need (they do so themselves)
	@tools/setup.sh test
	@tools/setup.sh lint

build: ## build the page into dist/ and print what it weighs
	@tools/setup.sh build
	@$(ENV) $(TRUNK) build --release
	@cargo run --quiet --package dist -- sizes dist

serve: ## build the page, serve it at http://127.0.0.1:8080/ (PORT=...), build again on changes
	@tools/setup.sh build
	@$(ENV) exec $(TRUNK) serve --release --port $(PORT)

services: ## run three real services for the page to call, from port 7001 on (SERVICES_PORT=...)
	@cargo run --quiet --example services -- --port $(SERVICES_PORT)

test: ## run all tests: core, in-browser, end-to-end
	@tools/setup.sh test
	@$(MAKE) --no-print-directory test-core test-wasm test-e2e

test-core: ## run the tests that need no browser
	$(ENV) cargo test --workspace --exclude harness

test-wasm: ## run the program's tests inside a browser
	@tools/setup.sh test
	@mkdir -p target
	@$(ENV) printf '{"goog:chromeOptions":{"binary":"%s"}}\n' "$$CHROME" > target/webdriver.json
	@cargo run --quiet --package dist -- worker www target/worker
	$(ENV) $(WASM_RUNNER) WASM_BINDGEN_TEST_WEBDRIVER_JSON="$$PWD/target/webdriver.json" \
		cargo test --target wasm32-unknown-unknown --package expert-chef --lib --bins --tests

test-e2e: ## build the page and test it in a browser
	@tools/setup.sh test
	@$(PAGE)
	$(ENV) $(E2E) cargo test --package harness

test-firefox: ## build the page and test it in Firefox
	@tools/setup.sh test
	@$(PAGE)
	$(ENV) TEST_BROWSER=firefox $(E2E) cargo test --package harness --test e2e

test-cpython: ## build the page and run CPython's own tests of threads in it (ONLY="part of a name ...")
	@tools/setup.sh cpython
	@$(ENV) $(TRUNK) build --release
	$(ENV) DIST="$$PWD/dist" CPYTHON_TESTS="$$tools_dir/$$CPYTHON_TESTS" \
		cargo run --package harness --bin cpython -- $(ONLY)

lint: ## check formatting, lints, documentation, and that Cargo.lock is up to date
	@tools/setup.sh lint
	@cargo tree --locked --quiet > /dev/null || { echo "Cargo.lock is out of date: commit what cargo makes of it" >&2; exit 1; }
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --target wasm32-unknown-unknown --package expert-chef --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items
	@if command -v shellcheck > /dev/null; then shellcheck -x tools/*.sh .ci/run; else echo "shellcheck is not installed: skipped"; fi

mutants: ## change the core in small ways and see whether its tests notice (SEED=..., SIZE=...)
	@tools/setup.sh mutants
	@$(ENV) tools/mutants.sh

pictures: ## take the pictures for link previews, icons and README from the page itself
	@tools/setup.sh test
	@$(ENV) $(TRUNK) build --release
	$(ENV) DIST="$$PWD/dist" cargo run --package harness --bin pictures

bench: ## build the page and measure it in a browser
	@tools/setup.sh bench
	@$(ENV) $(TRUNK) build --release
	$(ENV) DIST="$$PWD/dist" $(LIGHTHOUSE) cargo run --package harness --bin bench

fire: ## build the page and put it under fire, in Chromium and in Firefox
	@tools/setup.sh test
	@$(ENV) $(TRUNK) build --release
	PROPTEST_CASES=100000 cargo test --package expert-chef-core --test config -- what_is_not_allowed
	@cargo build --package harness --bin fire
	@$(ENV) export DIST="$$PWD/dist"; held=0; \
	for browser in chromium firefox; do \
		echo "In $$browser:"; TEST_BROWSER=$$browser cargo run --quiet --package harness --bin fire || held=1; \
	done; exit $$held

fmt: ## format the code
	@tools/setup.sh lint
	cargo fmt --all

clean: ## remove what was built (not the installed tools)
	cargo clean
	rm -rf dist
