.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATABASE_URL ?=
CACHE_URL ?=
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11.5 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.PHONY: help run test test-postgresql test-redis test-browser backup restore lint format messages requirements bench kills lighthouse screenshots clean

help:  ## Show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/base  ## Start the demo network on http://localhost:8000 (PORT=8001 changes the port)
	$(MANAGE) messages compile
	$(MANAGE) migrate --verbosity 1
	$(MANAGE) load_demo --port $(PORT)
	$(MANAGE) serve --port $(PORT)

test: .venv/test .venv/addons  ## Run the whole suite against SQLite
	env -u DATABASE_URL -u CACHE_URL $(PYTEST) -n 2

test-postgresql: .venv/test .venv/addons  ## The same against PostgreSQL (DATABASE_URL=postgres://user@host/name)
	env -u CACHE_URL DATABASE_URL="$(or $(DATABASE_URL),postgres://localhost/postgres)" $(PYTEST) -n 2

test-redis: .venv/test .venv/addons  ## Run what uses the cache or the queue against Redis (CACHE_URL; the database of that number is emptied)
	env -u DATABASE_URL CACHE_URL="$(or $(CACHE_URL),redis://127.0.0.1:6379/9)" $(PYTEST) -m cache

test-browser: .venv/test .venv/addons  ## Run the browser tests (needs Debian's Chromium, or CHROMIUM=/path)
	env -u DATABASE_URL $(PYTEST) -n 2 --dist loadfile -m browser tests/browser

lint: .venv/lint  ## Check style, types, import direction, migrations and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet .
	$(BIN)/mypy
	PYTHONPATH=site:. $(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) messages check

format: .venv/lint  ## Put code into the form that lint asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/lint  ## Bring locale/ up to date with the words in the code
	$(MANAGE) messages update

requirements: .venv/lint  ## Compile requirements/ anew from pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) --extra test --extra lint -o requirements/lint.txt >/dev/null
	$(COMPILE) --extra test -c requirements/lint.txt -o requirements/test.txt >/dev/null
	$(COMPILE) -c requirements/lint.txt -o requirements/base.txt >/dev/null

bench: .venv/test  ## Measure the engine against Wagtail's own ways, on SQLite and on DATABASE_URL if given (ARGS="--help")
	env -u DATABASE_URL $(BIN)/python -m bench $(ARGS)
	$(if $(DATABASE_URL),$(BIN)/python -m bench $(ARGS))

kills: .venv/test  ## Kill workers at random moments, on SQLite and on DATABASE_URL if given (ARGS="--affiliates 300 --kills 40")
	env -u DATABASE_URL $(BIN)/python -m bench.kills $(ARGS)
	$(if $(DATABASE_URL),$(BIN)/python -m bench.kills $(ARGS))

lighthouse: .venv/base  ## Measure one page of each kind with Lighthouse, as a phone (needs Node, Chromium and the loaded demo)
	env -u DATABASE_URL $(BIN)/python -m bench.lighthouse $(ARGS)

screenshots: .venv/test .venv/addons  ## Take the pictures of the documentation anew
	env -u DATABASE_URL DOCS_IMAGES=docs/images $(PYTEST) -m screenshots tests/browser

backup: .venv/base  ## Write the database and all uploads into one file (TO=folder or file)
	$(MANAGE) backup $(or $(TO),var/backups)

restore: .venv/base  ## Replace the database and all uploads by those of a backup (FILE=…)
	$(MANAGE) restore $(or $(FILE),$(error Say which: make restore FILE=var/backups/….tar.gz))
	$(MANAGE) migrate --verbosity 1

clean:  ## Remove everything that was installed, built or loaded; the demo's database and backups in var/ too
	rm -rf .venv var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

.venv/%: requirements/%.txt
	@test -x $(BIN)/python || { echo "Creating .venv with $(PYTHON) …"; $(PYTHON) -m venv .venv; }
	@echo "Installing requirements/$*.txt …"
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The example add-ons, as distributions of their own: what they offer is found by their entry points.
.venv/addons: .venv/test $(wildcard addons/*/pyproject.toml)
	@for addon in $(dir $(wildcard addons/*/pyproject.toml)); do \
		echo "Installing $$addon …"; \
		$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e $$addon \
			|| exit 1; \
	done
	@touch $@
