# `make help` lists what can be done. Everything runs in .venv, which is made on first use.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
BENCH_ARGS ?=
FAULTS_ARGS ?=
FUZZ_EXAMPLES ?= 2000
# The pins are whole, and each has its hash: there is nothing to resolve.
PIP_INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
# Whether they are whole is asked of what was installed.
PIP_CHECK = $(BIN)/python -m pip check --disable-pip-version-check

# The tests start hundreds of processes: none is to compile anew what another has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

.PHONY: help
help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.pip: requirements/pip.txt | $(BIN)/python
	@$(PIP_INSTALL) -r $<
	@touch $@

$(VENV)/.base: requirements/base.txt $(VENV)/.pip
	@echo "Installing what the newsroom runs on …"
	@$(PIP_INSTALL) -r $<
	@$(PIP_CHECK)
	@touch $@

# With all that the newsroom runs on, at the same versions. Most of it is never imported: what is, is compiled then.
$(VENV)/.dev: requirements/dev.txt requirements/base.txt $(VENV)/.pip
	@echo "Installing what the newsroom runs on, and what the tests need …"
	@$(PIP_INSTALL) --no-compile -r $<
	@$(PIP_CHECK)
	@touch $(VENV)/.base $@

.PHONY: install
install: $(VENV)/.base ## Make the environment, and start nothing

.PHONY: run
run: $(VENV)/.base ## Start the newsroom with its example on http://127.0.0.1:8000 (PORT= changes it)
	@exec $(BIN)/python manage.py run_newsroom --port $(PORT)

.PHONY: test
test: $(VENV)/.dev ## Run the tests that need no server and no browser
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not services and not browser" $(PYTEST_ARGS)

.PHONY: browser-test
browser-test: $(VENV)/.dev ## Run the tests in a real browser (Debian's chromium)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m browser tests/browser \
	  --ignore tests/browser/test_lighthouse.py $(PYTEST_ARGS)

.PHONY: lighthouse-test
lighthouse-test: $(VENV)/.dev ## Have Lighthouse judge the readers' pages, while nothing else keeps the machine busy
	@$(BIN)/python -m pytest -m browser tests/browser/test_lighthouse.py $(PYTEST_ARGS)

.PHONY: services-test
services-test: $(VENV)/.dev ## Run the tests that matter there on PostgreSQL and Redis, started on free ports
	@$(BIN)/python -m tests.services $(PYTEST_ARGS)

.PHONY: format
format: $(VENV)/.dev ## Put the code into its form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix --quiet .

.PHONY: lint
lint: $(VENV)/.dev ## Check form, lint, types, templates, layers and missing migrations
	@$(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) types form

.PHONY: types
types:
	@$(BIN)/mypy

.PHONY: form
form:
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check --fail-level WARNING
	@$(MAKE) --no-print-directory audit

.PHONY: audit
audit: $(VENV)/.dev ## Look for careless code (bandit), and for known faults of what is pinned (pip-audit)
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml stories newsroom manage.py
	@$(BIN)/python -m tests.audit

.PHONY: sbom
sbom: $(VENV)/.dev ## Write the software bill of materials, in CycloneDX's JSON, to sbom.cdx.json
	@$(BIN)/cyclonedx-py requirements requirements/base.txt --pyproject pyproject.toml --output-reproducible \
	  --spec-version 1.6 --output-format JSON --output-file sbom.cdx.json

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Look for what no test thought of, with examples of chance (FUZZ_EXAMPLES=2000)
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -n auto -m hypothesis $(PYTEST_ARGS)
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -n auto tests/publishing/test_every_column.py \
	  tests/security/test_odd_requests.py tests/security/test_other_ways.py $(PYTEST_ARGS)
	@$(BIN)/python -m tests.guided_fuzz

.PHONY: check
check: lint ## All checks, then the tests
	@$(MAKE) --no-print-directory test

.PHONY: messages
messages: $(VENV)/.dev ## Renew the catalogue of translations from what is marked, and compile it
	@$(BIN)/python -m tests.messages

.PHONY: bench
bench: $(VENV)/.dev ## Measure speed and memory beside a floor and the peers (BENCH_ARGS=--help)
	@$(BIN)/python -m tests.benchmarks $(BENCH_ARGS)

.PHONY: faults
faults: $(VENV)/.dev ## Break the product on purpose, and say what was lost: nothing (FAULTS_ARGS=--help)
	@$(BIN)/python -m tests.faults $(FAULTS_ARGS)

.PHONY: pins
pins: $(VENV)/.dev ## Renew the pinned dependencies, with hashes, from requirements/*.in
	@$(BIN)/python -m pip install --quiet uv
	@for name in pip base dev; do $(BIN)/uv pip compile --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade --quiet \
	  requirements/$$name.in -o requirements/$$name.txt; done

.PHONY: clean
clean: ## Remove the environment and the embedded databases, the example and its logins
	@rm -rf $(VENV) var
