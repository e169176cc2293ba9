# The two commands of the README are `make run` and `make test`; each sets up its own .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run run-decade test bench score lock smoke clean

run: $(VENV)/.ready
	$(BIN)/kg build data/reports/nanning-2024.txt --output exports

# Wants the folder of one city's reports, one a year: make run-decade REPORTS=folder [PLACE=南宁市] [STORE=reports.db]
PLACE ?= 南宁市
STORE ?= reports.db

run-decade: $(VENV)/.ready
	$(BIN)/kg build $(REPORTS)/$(PLACE)-*.txt --store $(STORE)
	$(BIN)/kg track $(PLACE) --store $(STORE) --latest

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q

bench: $(VENV)/.ready
	$(BIN)/python benchmarks/stages.py

score: $(VENV)/.ready
	$(BIN)/kg score data/gold
	$(BIN)/python benchmarks/promises.py
	$(BIN)/kg identity

# Wants the folder of many reports: make smoke REPORTS=...
smoke: $(VENV)/.ready
	$(BIN)/python benchmarks/smoke.py $(REPORTS)

# Resolves the dependencies anew; the lock holds hashes and names no host.
lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv lock --quiet --upgrade
	$(VENV)/lock/bin/uv export --quiet --all-groups --all-extras --no-emit-project --no-header --no-annotate --output-file requirements.lock

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist
