# make run | test | check | bench | hostile [DIR=…]   (each sets up what it needs)
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench hostile clean
SHELL := /bin/bash
BIN := .venv/bin
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

setup: ## Python environment, dependencies, Tesseract with Vietnamese
	@.ci/setup

run: setup ## read the sample archive corpus/ into archive.db
	@status=0; $(BIN)/extract run corpus/ -o archive.db || status=$$?; [ $$status = 0 ]

test: setup ## all tests
	$(BIN)/python -m pytest -n $(JOBS)

check: setup ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: ## measure accuracy and speed; prints what benchmarks/BENCHMARKS.md records
	@.ci/setup bench
	$(BIN)/python -m benchmarks

hostile: setup ## read every file of DIR (without DIR: of files made to break readers) and show that none breaks the run
	$(BIN)/python -m benchmarks.hostile $(if $(DIR),"$(DIR)")

clean: ## remove the environment and what tools left
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info archive.db archive.db-*
