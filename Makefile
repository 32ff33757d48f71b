# Everything a person runs. Each target first makes the environments it needs (nothing, when they are there).
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON311 ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: venv
venv: ## Make the environments (.venv and its neighbours)
	@"$(PYTHON311)" scripts/bootstrap.py --for test

.PHONY: locks
locks: venv ## Compile requirements/*.in to the lock files
	@$(PY) -m scripts.locks
