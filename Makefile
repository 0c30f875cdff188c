# Two commands do all set-up: `make data` builds data/ from seeds/, `make test` runs every test.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# The newest Python from 3.11 to 3.14 at hand; name another with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo "$$p" && break; done)
export DAGSTER_HOME := $(CURDIR)/.dagster
export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false
# Where `make dev` serves, on loopback only.
PORT ?= 3000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help data test fast faults mutants lint dev bench bench-quick bench-million bench-peers lock clean

help:  ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

data: $(VENV)/.runtime  ## Build data/ from seeds/
	@$(BIN)/liaoning build

test: $(VENV)/.development lint  ## Run every check and test
	@$(BIN)/python -m pytest

fast: $(VENV)/.development  ## Compile the grammar to machine code, a third faster (needs a compiler of C; three minutes)
	@$(BIN)/python -m pipeline.compiling

faults: $(VENV)/.development  ## Kill 50 builds at random moments and look what is left (ten minutes)
	@$(BIN)/python -m tests.faults.kill --times 50 --seed 1

mutants: $(VENV)/.development  ## Put faults into every table and look which of them the gates see (ten minutes)
	@$(BIN)/python -m tests.mutants.run --each 20 --seed 1

lint: $(VENV)/.development  ## Format, lint and type checks
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

dev: $(VENV)/.runtime  ## Serve the asset graph on http://127.0.0.1:3000
	@mkdir -p .dagster && cp dagster.yaml .dagster/dagster.yaml
	@cd .dagster && ../$(BIN)/dagster dev --module-name assets.definitions --host 127.0.0.1 --port $(PORT)

bench: $(VENV)/.runtime  ## Measure speed and memory, write benchmarks/README.md (half an hour)
	@$(BIN)/python -m benchmarks.run

bench-quick: $(VENV)/.runtime  ## The same on small corpora, to see that it works (ten minutes)
	@$(BIN)/python -m benchmarks.run --quick

bench-million: $(VENV)/.runtime  ## Build a million documents once and write that down (hours, 40 GB of disk)
	@$(BIN)/python -m benchmarks.run --million

bench-peers: .work/peers/.made  ## Install the peers that bench compares with, under .work/

lock: $(VENV)/.development  ## Pin the newest versions (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --upgrade -q requirements/runtime.in -o requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --upgrade -q requirements/development.in -o requirements/development.txt

clean:  ## Remove what can be made again, but not data/
	rm -rf $(VENV) .work .dagster .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.14 found: install one, or name it with make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements/runtime.txt pyproject.toml
	@echo "installing the locked packages (a minute or two, once)"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements/development.txt
	@echo "installing the development packages"
	@$(PIP) install --require-hashes -r requirements/development.txt
	@touch $@

.work/peers/.made: benchmarks/peers.txt
	@rm -rf .work/peers
	@$(PYTHON) -m venv .work/peers
	@.work/peers/bin/python -m pip --disable-pip-version-check --quiet install -r benchmarks/peers.txt
	@touch $@
