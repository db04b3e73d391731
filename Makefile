# The developer's verbs. Each makes what it needs first; `make help` lists them.

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
# Half of what these tests do is to wait: for a disk, a browser, a process that is to end.
WAITING_WORKERS ?= 4
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --extra build pyproject.toml
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest --quiet

# Files that say what is installed: an environment is made anew when its requirements change.
SERVICE := $(VENV)/.service-installed
TOOLS := $(VENV)/.tools-installed

# Compiled modules are kept even where the machine says otherwise: without them each command that
# the tests start takes seconds, and a second `make run` is slow.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | \
		while IFS='|' read -r verb what; do printf '  %-16s %s\n' "$$verb" "$$what"; done

.PHONY: run
run: $(SERVICE) ## serve the sample at http://127.0.0.1:8000; the first time, set everything up
	@exec $(BIN)/rapporteur serve --prepare

.PHONY: setup
setup: $(TOOLS) ## make the environment in .venv: the service, and what tests and checks need
	@echo 'The environment stands in $(VENV).'

.PHONY: test
test: $(TOOLS) ## run every test; gets the browser and LibreOffice if they are missing
	@$(BIN)/python -m tests.programs
	$(PYTEST) tests/unit -n $(WORKERS) --dist worksteal --durations=5
	$(PYTEST) tests/integration tests/e2e -n $(WAITING_WORKERS) --dist worksteal --durations=15

.PHONY: test-unit
test-unit: $(TOOLS) ## run the unit tests alone: seconds, no database, no network
	$(PYTEST) tests/unit -n $(WORKERS) --dist worksteal --durations=5

.PHONY: check
check: formatted lint types imports definitions ## check all of the following

.PHONY: formatted
formatted: $(TOOLS) ## check the format of the code
	$(BIN)/ruff format --check .

.PHONY: lint
lint: $(TOOLS) ## check the code against the rules in pyproject.toml
	$(BIN)/ruff check .

.PHONY: types
types: $(TOOLS) ## check types
	$(BIN)/mypy app exports migrations questionnaires tests

.PHONY: imports
imports: $(TOOLS) ## check who imports whom
	$(BIN)/lint-imports --no-logo

.PHONY: definitions
definitions: $(TOOLS) ## check every questionnaire, and that no published one was changed
	$(BIN)/rapporteur questionnaire lint $$(find questionnaires/definitions -name '*.yaml')
	$(BIN)/rapporteur questionnaire list

.PHONY: bench
bench: $(TOOLS) ## measure speed and memory against the bare libraries
	$(BIN)/python -m tests.bench

.PHONY: lock
lock: $(TOOLS) ## write requirements/ from pyproject.toml; UPGRADE=--upgrade takes the newest
	$(LOCK) $(UPGRADE) --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraints requirements/dev.txt --output-file requirements/base.txt

.PHONY: clean
clean: ## remove the environment and caches; data in var/ stays
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(SERVICE): requirements/base.txt pyproject.toml scripts/make_environment.sh
	@sh scripts/make_environment.sh $(VENV)
	@echo 'Installing what the service needs (a minute the first time)'
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(TOOLS): requirements/dev.txt $(SERVICE)
	@echo 'Installing what tests and checks need'
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@
