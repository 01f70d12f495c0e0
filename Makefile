# Everything is set up in .venv by the first target that needs it; `make` lists the targets.

PYTHON ?= python3
ARGS ?=

venv := .venv
python := $(venv)/bin/python
pip := $(python) -m pip --disable-pip-version-check --quiet
ready := $(venv)/.ready
ready_dev := $(venv)/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench wheel

# An environment that was copied or moved still points at the folder it came from: set up again.
ifneq ($(shell cat $(venv)/.place 2>/dev/null),$(CURDIR))
.PHONY: $(ready) $(ready_dev)
endif

help: ## list what there is
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 8

demo: $(ready) ## a sample organisation's two years and their reports, in custfocus-demo/
	@$(python) -m custfocus_cli demo $(ARGS)

test: $(ready_dev) ## the tests; ARGS="-k word" for some of them
	@PYTHONWARNDEFAULTENCODING=1 $(python) -m pytest -n auto $(ARGS)

lint: $(ready_dev) ## style and types
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy

bench: $(ready_dev) ## how long things take and how much memory, as ratios; ARGS=--tenth for a quick look
	@$(python) tests/benchmarks/bench.py $(ARGS)
	@$(python) tests/benchmarks/answering.py $(ARGS)

wheel: $(ready_dev) ## the packages to publish, in dist/
	@$(python) -m build --outdir dist .

$(ready): pyproject.toml | $(python)
	@$(pip) install --editable .
	@printf '%s' "$(CURDIR)" > $(venv)/.place
	@touch $@

$(ready_dev): pyproject.toml | $(python)
	@$(pip) install --editable '.[dev]'
	@printf '%s' "$(CURDIR)" > $(venv)/.place
	@touch $(ready) $@

# The first Python that is new enough and can make environments; else the best one there is, named
# in one line with what it lacks.
$(python):
	@old=; bare=; \
	for candidate in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
		version=$$("$$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' \
			2>/dev/null) || continue; \
		if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
			old=$${old:-$$version}; \
		elif ! "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then \
			bare=$${bare:-$$version}; \
		else \
			echo "Setting up $(venv) with Python $$version (once)" >&2; \
			"$$candidate" -m venv $(venv) && exit; \
			rm -rf $(venv); exit 1; \
		fi; \
	done; \
	if [ -n "$$bare" ]; then \
		echo "Python $$bare is here without its venv module; on Debian or Ubuntu:" \
			"apt install python$$bare-venv"; \
	else \
		echo "custfocus needs Python 3.11 or later (found: $${old:-none});" \
			"name one with make PYTHON=/path/to/python"; \
	fi >&2; exit 1
