# Attaché's commands. Each is a short script in tools/, which says what it does.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo build test check fmt bench fuzz picture crash

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: ## Install everything that building, testing and measuring need
	@bash tools/setup.sh all

demo: ## Build, then run the product with a Meta simulator and sample people (DEMO_ARGS="--tls" …)
	@bash tools/setup.sh demo
	@bash tools/build.sh
	@bash tools/demo.sh $(DEMO_ARGS)

build: ## Build the one executable, target/dist/attache
	@bash tools/setup.sh demo
	@bash tools/build.sh

test: ## Everything: lints, tests on both databases, release build, pages in a browser
	@bash tools/setup.sh test
	@bash tools/test.sh

check: ## The quick look while working: lints, and tests on SQLite
	@bash tools/setup/rust-wasm.sh
	@bash tools/check.sh

fmt: ## Format the Rust code
	@cargo fmt --all

bench: ## Measure and print; asserts nothing
	@bash tools/setup.sh bench
	@bash tools/build.sh
	@bash tools/bench.sh

fuzz: ## Fuzz what Meta or a stranger can send, FUZZ_SECONDS (600) for each target
	@bash tools/setup/rust-wasm.sh
	@bash tools/fuzz.sh

picture: ## Take the README's picture anew, docs/screenshot.png
	@bash tools/setup.sh test
	@bash tools/build.sh
	@bash tools/picture.sh

crash: ## Kill the product under load, 50 times on each database, and look for what it lost
	@bash tools/setup.sh test
	@bash tools/crash.sh
