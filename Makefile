# Everything a fresh machine with Python >= 3.11 and make needs. `make` lists the commands.
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= salus-demo

.PHONY: help demo test lint types docs pictures snapshots prove bench clean

help:                   ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

demo: .venv/installed   ## make a demo company, score it, write its report
	@if [ -d $(DEMO)/data ]; then \
		echo "The demo company is already in $(DEMO). Its scores: $(BIN)/salus -C $(DEMO) score"; \
	else $(BIN)/salus demo $(DEMO); fi

test: .venv/developing  ## install what the tests need and run them all
	sh scripts/system-packages.sh
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: .venv/developing  ## style, types and layers only
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/developing  ## write the generated reference pages anew
	$(BIN)/python scripts/write_reference.py
	$(BIN)/python scripts/write_layers.py
	$(BIN)/python scripts/write_glossary.py

pictures: .venv/developing  ## draw the pictures of the documentation anew
	$(BIN)/python scripts/draw_pictures.py

snapshots: .venv/developing  ## rewrite snapshots and golden files; review them like code
	SALUS_REWRITE=1 $(BIN)/python -m pytest -q tests --snapshot-update

prove: .venv/proving    ## slow proofs: random kills, many seeds, other people's models beside ours
	$(BIN)/python -m pytest -q prove

bench: .venv/developing ## speed as ratios, measured side by side; SIZE=small for a quick look
	$(BIN)/python -m bench $(SIZE)

clean:                  ## remove the environment and what the demo made
	rm -rf .venv $(DEMO)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -e . -c constraints.txt
	@touch $@

.venv/developing: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check uv -c constraints.txt
	$(BIN)/uv pip install -q --python $(BIN)/python -e '.[dev]' -c constraints.txt
	@touch $@

.venv/proving: .venv/developing
	$(BIN)/uv pip install -q --python $(BIN)/python -e '.[dev,prove]' -c constraints.txt
	@touch $@
