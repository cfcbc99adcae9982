# Every target makes what it needs first: .venv, when it is missing or pyproject.toml changed, and for the
# tests also the system packages that are missing and may be installed.

BIN := .venv/bin
export PYTHON
# How often each contender of a benchmark has its turn; the scripts' own numbers give steadier figures.
ROUNDS ?= 2
# What `make versions` runs, and on which servers.
VERSIONS ?= 14 16 17
ON_VERSIONS ?= tests/catalogue tests/integration tests/lifecycle tests/migration

.PHONY: help demo test versions check lint fmt docs bench soak packages clean
.DEFAULT_GOAL := help

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

.venv/.stamp: pyproject.toml .ci/venv
	@.ci/venv embedded
	@touch $@

.venv/.stamp-dev: pyproject.toml .ci/venv
	@.ci/venv dev
	@touch .venv/.stamp $@

packages:
	@.ci/packages

demo: .venv/.stamp ## The whole story on an embedded server
	@$(BIN)/pgassay demo

test: .venv/.stamp-dev packages ## All tests, by as many processes as there are cores
	@$(BIN)/pytest -n auto --dist worksteal

versions: .venv/.stamp-dev packages ## The tests that ask a server, on PostgreSQL 14, 16 and 17
	@.ci/servers
	@for each in $(VERSIONS); do PATH="$$PATH:$(CURDIR)/.servers/$$each/bin"; done; export PATH; \
		PGASSAY_TEST_VERSIONS="$(VERSIONS)" PGASSAY_TEST_SERVERS="$(CURDIR)/.servers" \
		$(BIN)/pytest -n auto --dist worksteal $(ON_VERSIONS)

lint: .venv/.stamp-dev ## Style, types and import rules
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: ## What CI does, to the letter
	@.ci/run

fmt: .venv/.stamp-dev ## Format, and mend what can be mended
	@$(BIN)/ruff check --fix --exit-zero --quiet
	@$(BIN)/ruff format

docs: .venv/.stamp-dev ## Write docs/reference again
	@$(BIN)/python docs/generate.py

bench: .venv/.stamp-dev packages ## What is measured: beside pg_prove, psql, pg_dump, on production, the store, checks, start
	@for each in suite start store safety production checks recovery; do \
		echo "== bench/$$each.py"; $(BIN)/python bench/$$each.py --rounds $(ROUNDS) || exit 1; \
	done

soak: .venv/.stamp-dev packages ## The long runs: fuzzers, and every script beside pg_prove
	@$(BIN)/pytest -m soak

clean: ## Remove what can be made again
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist report
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
