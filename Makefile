# Everything a contributor runs; `make check` is the whole of it. Needs make and Python 3.11 or newer with venv.

PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

venv := .venv
python := $(venv)/bin/python
ready := $(venv)/.ready

.PHONY: demo test lint check benchmarks lock

demo: $(ready)
	$(python) -m symback gallery output
	@echo "Done. Look into output/: every example as Markdown (.md) and as LaTeX (.tex)."

test: $(ready)
	$(python) -m pytest

lint: $(ready)
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

check: lint test

benchmarks: $(ready)
	$(python) -m tests.benchmarks

# The stamp: the environment is made again only when the locked versions or the project's metadata change.
$(ready): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "symback needs Python 3.11 or newer; name it with make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(venv)
	$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(python) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Newest versions of everything, with the hashes of every file of a release and without the index they came from.
lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools==7.6.2
	build/lock/bin/pip-compile --quiet --upgrade --extra dev --extra bench --generate-hashes --allow-unsafe \
		--strip-extras --no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file requirements.lock pyproject.toml
	rm -rf build/lock
