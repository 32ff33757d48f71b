# Everything a person runs. Each target first makes the environments it needs (nothing, when they are there).
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON311 ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
# For `make run ARGS=--fresh`, `make test ARGS="unit -- -k windows"`.
ARGS ?=

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: venv
venv: ## Make the environments (.venv and its neighbours)
	@"$(PYTHON311)" scripts/bootstrap.py --for test

.PHONY: run
run: ## Run the whole product on this machine, with a Sugar to talk to, until Ctrl-C
	@"$(PYTHON311)" scripts/bootstrap.py --for run
	@exec $(PY) -m local.stack run $(ARGS)

.PHONY: operate
# By the environment, as it stands: no quote or dollar in it is the shell's or make's.
operate: export WISH := $(value ARGS)
operate: ## Do on what runs here what an operator does on AWS (make operate ARGS='{"action": "dead_letters"}')
	@$(PY) -m local.stack operate "$$WISH"

.PHONY: restore
restore: venv ## Bring a deployment's tables back to a moment (make restore ARGS="begin funnel 2026-11-29T10:00:00Z")
	@PYTHONPATH=layers/funnel $(PY) -m scripts.restore $(ARGS)

.PHONY: test
test: venv ## Run all tests (some: make test ARGS="unit property")
	@$(PY) -m scripts.run_tests $(ARGS)

.PHONY: check
check: venv ## Check style, types, imports and the template
	@$(PY) -m scripts.run_checks

.PHONY: format
format: venv ## Format the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

.PHONY: openapi
openapi: venv ## Write docs/openapi.json from the routes
	@$(PY) -m scripts.openapi

.PHONY: screenshots
screenshots: venv ## Take the pictures that the docs show (all pages: make screenshots ARGS=folder)
	@PYTHONPATH=layers/funnel $(PY) -m tests.browser.shots $(ARGS)
	@PYTHONPATH=layers/funnel $(PY) -m tests.browser.frame_shots $(ARGS)

.PHONY: build
build: ## Build what `sam deploy` puts on AWS (for another Python: make build ARGS="--runtime python3.12")
	@"$(PYTHON311)" scripts/bootstrap.py --for run
	@$(PY) -m scripts.build $(ARGS)

.PHONY: sugar-module
sugar-module: ## Build the packages that Sugar's Module Loader installs into build/
	@"$(PYTHON311)" scripts/sugar_module.py

.PHONY: bench
bench: venv ## Measure what docs/performance.md tells
	@PYTHONPATH=layers/funnel $(PY) -m tests.bench $(ARGS)

.PHONY: soak
soak: venv ## Run the tests that take too long for make test
	@$(PY) -m pytest -q -s -m soak tests $(ARGS)
	@$(PY) -m pytest -q -n 2 --hypothesis-profile=search -m "hypothesis and not soak" tests
	@$(PY) -m pytest -q -n 4 -p tests.browser.slow -m "not soak" tests/browser

.PHONY: mutants
mutants: ## Change the domain in small ways, and say which its tests notice (an hour)
	@"$(PYTHON311)" scripts/bootstrap.py --for mutants
	@nice $(PY) -m scripts.mutants $(ARGS)

.PHONY: locks
locks: venv ## Compile requirements/*.in to the lock files
	@$(PY) -m scripts.locks $(ARGS)
