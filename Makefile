# Everything a contributor runs; `make check` is the whole of it. Needs make and Python 3.11 or newer with venv.

PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

venv := .venv
python := $(venv)/bin/python
ready := $(venv)/.ready

.PHONY: demo test lint check benchmarks lock fonts pictures

demo: $(ready)
	$(python) -m symback gallery output
	@echo "Done. Look into output/: every example as Markdown, LaTeX, PDF and HTML."

test: $(ready)
	$(python) -m pytest -n auto

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

# The fonts of pages on the screen, cut down to what a page can say, from Debian's fonts-texgyre and fonts-texgyre-math.
gyre := /usr/share/texmf/fonts/opentype/public
letters := U+20-7E,U+A0,U+B7,U+D7,U+2013,U+2014,U+2018-201E,U+2022,U+2026,U+2190-2193,U+2212,U+221E,U+2248
latin := U+A1-B6,U+B8-D6,U+D8-FF,U+152,U+153
usual := U+3B1,U+3B4,U+3B7,U+3B8,U+3BB,U+3C3,U+1D6FC,U+1D6FF,U+1D702,U+1D703,U+1D706,U+1D70E
signs := U+20-7E,U+A0,U+AC,U+B1,U+B7,U+D7,U+2016,U+2026,U+2032,U+210E,U+2113,U+2190,U+2192,U+21D2,$\
	U+2202,U+2207,U+2208,U+2211,U+2212,U+2217-221A,U+221E,U+2248,U+2260,U+2264,U+2265,U+22C5,U+22EE-22F1,U+23DF,$\
	U+27F5,U+1D434-1D467,U+1D715,$(usual)
greek := U+393-3A9,U+3B2,U+3B3,U+3B5,U+3B6,U+3B9,U+3BA,U+3BC-3C2,U+3C4-3C9,U+3D1,U+3D5,U+3D6,U+3F0,U+3F1,U+3F5,U+1D6E2-1D6FB,$\
	U+1D6FD,U+1D6FE,U+1D700,U+1D701,U+1D704,U+1D705,U+1D707-1D70D,U+1D70F-1D714,U+1D716-1D71B
boldface := U+1D400-1D433,U+1D6A8-1D6C0,U+1D71C-1D735
scripts := U+210B,U+2110,U+2112,U+211B,U+211D,U+212C,U+212F-2131,U+2133,U+2134,U+1D49C-1D4CF,U+1D538-1D56B
cut := $(python) -m fontTools.subset --flavor=woff2 --no-hinting --no-recommended-glyphs

fonts: $(ready)
	for part in math=$(signs) math-greek=$(greek) math-bold=$(boldface) letters=$(scripts); do \
		$(cut) $(gyre)/tex-gyre-math/texgyrepagella-math.otf --unicodes=$${part#*=} --layout-features='' \
			--output-file=templates/formats/html/$${part%=*}.woff2; done
	for face in regular bold; do for part in =$(letters) -latin=$(latin); do \
		$(cut) $(gyre)/tex-gyre/texgyrepagella-$$face.otf --unicodes=$${part#*=} --layout-features=kern,liga,lnum \
			--output-file=templates/formats/html/$$face$${part%%=*}.woff2; done; done

# The first page of each style as a picture for the README; needs Poppler.
pictures: demo
	for style in formula-sheet matrix notes scalar-check slides; do \
		pdftoppm -r 62 -f 1 -l 1 -singlefile -png output/$$style.pdf output/$$style; done
