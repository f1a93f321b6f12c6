# make run   sets everything up and checks an example budget
# make test  sets everything up and runs ruff, mypy and all tests with their coverage; PYTHON=python3.13 for another Python
# make seite  builds dist/foerdercheck.html, the page that checks in a browser (docs/seite.md); needs node and npm
# make bilder  draws the pictures of the README from what the program says; needs Chromium
# make browser  installs what drives browsers in its tests, and axe-core, which finds what keeps people out
# make bench-seite  measures the page in Chromium: its size, when it is ready, how long checks take, memory
# make mutants  asks whether the tests notice small changes of the code that decides; MUTATE=foerdercheck/deminimis for one package
# make fuzz  sends 10,000 budgets and histories at random through the program, and asks LibreOffice what it shows of 2,000 workbooks; SEED=7 for others
# make fuzz-coverage  looks for ten minutes for files that reach new branches of the readers; SECONDS=60 for a minute
PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())')
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-$(VERSION)
BENCH_STAMP := $(VENV)/.installed-bench
BROWSER_STAMP := $(VENV)/.installed-browser
COVERED := foerdercheck/rules/*,foerdercheck/deminimis/*,foerdercheck/calculation/*
# These tests alone must reach every branch of what decides. Measuring doubles their time, so all others run unmeasured,
# and in several processes; a file stays in one of them, for what its tests share
MEASURED := $(filter-out tests/deminimis/test_orakel.py,$(wildcard tests/deminimis/test_*.py)) \
	$(addprefix tests/test_,$(addsuffix .py,ausnahmen ausnahmen_berichte befunde bindung engine faelle figures law_is_data law_of_regulations \
	luftschloss_grenzen luftschloss_phasen luftschloss_saetze nicht_angegeben programmdateien regeln shares))
PROCESSES := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run test lint seite bilder browser bench bench-seite mutants fuzz fuzz-coverage clean

run: $(STAMP)
	$(BIN)/foerdercheck check budgets/hochschule-direkt-guenstiger.yaml

test: lint
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(MEASURED)
	$(BIN)/coverage report --include='$(COVERED)' --fail-under=100
	$(BIN)/pytest $(PROCESSES) $(addprefix --ignore=,$(MEASURED))
	@echo "All tests passed on $$($(BIN)/python --version)"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

seite: $(STAMP)
	$(BIN)/python seite/build.py

bilder: $(STAMP)
	$(BIN)/python docs/bilder/zeichnen.py

browser: $(BROWSER_STAMP)
	$(BIN)/python tests/axe.py

bench: $(BENCH_STAMP)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/histories.py
	$(BIN)/python benchmarks/many.py

bench-seite: seite browser
	$(BIN)/python benchmarks/seite.py

mutants: $(STAMP)
	nice -n 19 $(BIN)/python benchmarks/mutants.py $(MUTATE)

fuzz: $(STAMP)
	PYTHONPATH=tests $(BIN)/python -m fuzz --seed $(or $(SEED),0)
	PYTHONPATH=tests $(BIN)/python -m fuzz.oracle --seed $(or $(SEED),0)

fuzz-coverage: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	PYTHONPATH=tests $(BIN)/python -m fuzz.coverage_guided -max_total_time=$(or $(SECONDS),600)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("foerdercheck needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

$(BENCH_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	touch $@

$(BROWSER_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[browser]'
	touch $@

clean:
	rm -rf $(VENV) .coverage .coverage.* .mypy_cache .ruff_cache .hypothesis build dist
