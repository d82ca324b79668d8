# Two commands matter: `make run` and `make test`. `make` alone lists all.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test check fix lock screenshots bench soak translations setup setup-dev clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: setup ## set up and start a demo with invented companies; prints addresses and sign-ins
	$(BIN)/compliance demo

test: setup-dev ## set up and run everything: checks, unit, integration, browser, PostgreSQL
	$(MAKE) --no-print-directory check
	$(BIN)/pytest tests --ignore=tests/unit

check: setup-dev ## the fast door: format, lint, types, imports, definitions, unit tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/compliance questionnaires check
	$(BIN)/pytest tests/unit

fix: setup-dev ## format and mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(VENV)/ready ## the environment to run
setup-dev: $(VENV)/ready-dev ## the environment to develop

$(VENV)/ready: requirements.lock pyproject.toml
	@sh tools/system_packages.sh run
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock pyproject.toml
	@sh tools/system_packages.sh test
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/ready

lock: ## pin all versions anew, with hashes and without any index address
	$(INSTALL) uv
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

translations: setup-dev ## collect the texts of pages and code into the Swedish catalogue and compile it
	$(BIN)/pybabel --quiet extract -F babel.cfg -k N_ -k lazy_gettext --no-location --sort-output -o $(VENV)/messages.pot .
	$(BIN)/pybabel --quiet update -i $(VENV)/messages.pot -d compliance/web/translations -l sv -w 110 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel --quiet compile -d compliance/web/translations --statistics

screenshots: setup-dev ## take the pictures in docs/screenshots from a fresh demo, in a real browser
	$(BIN)/python tools/take_screenshots.py


soak: setup-dev ## the long ones: random kills of every process, and the whole story in a browser
	$(BIN)/pytest tests -m soak

bench: setup-dev ## ratios against yardsticks measured in the same run
	$(BIN)/python -m benchmarks

clean: ## remove the environment and the demo
	rm -rf $(VENV) instance/demo
