# Everything a developer does here. Each target sets up what it needs; "make" alone lists them.

PYTHON := .venv/bin/python
UV := build/uv/bin/uv
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url
HEADER := \# Made by "make lock" from pyproject.toml; do not edit by hand.

# Tests start many programs: without compiled files each of them would compile the sources anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench drills screenshots bundle lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

setup:  ## make .venv and provide what Qt needs, where missing
	@for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 7))' 2>/dev/null; then \
			exec $$python installers/set_up.py $(SET_UP); \
		fi; \
	done; \
	echo "CoCM Desktop cannot be set up: it needs Python 3.11 to 3.14 and found none." \
		"Install one (Debian, Ubuntu: apt-get install python3 python3-venv;" \
		"macOS, Windows: python.org) and run make again." >&2; \
	exit 1

run: SET_UP := $(if $(DISPLAY)$(WAYLAND_DISPLAY),,--no-window)
run: setup  ## open the sample clinic; without a display, print its papers
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(PYTHON) main.py --demo --data build/sample-clinic; \
	else \
		$(PYTHON) main.py demo --data build/sample-clinic; \
	fi

test: setup  ## run every test, and hold the coverage of each layer to its floor
	@mkdir -p build/coverage
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -q -n auto --dist loadfile --no-loadscope-reorder \
		--cov --cov-report= $(ARGS)
	@[ -n "$(ARGS)" ] || $(PYTHON) -m tests.coverage_floors

check: setup  ## ruff and mypy over everything
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

bench: setup  ## measure the budgets: start, registry, packet, superbills
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.bench $(ARGS)

drills: setup  ## the long trials: kill -9, power cuts, failing and full disks, altered bits, random months
	@$(PYTHON) -m tests.drills $(ARGS)

screenshots: setup  ## every screen, light and dark, and every page, into build/screenshots
	@QT_QPA_PLATFORM=offscreen:configfile=tests/screen.json $(PYTHON) -m tests.screenshots $(ARGS)

bundle: SET_UP := --for-bundle
bundle: setup  ## build the program for this kind of computer into build/dist
	@$(PYTHON) installers/make_icons.py
	@rm -rf build/dist
	@$(PYTHON) -m PyInstaller installers/cocm.spec --noconfirm --log-level ERROR \
		--distpath build/dist --workpath build/pyinstaller

lock: setup $(UV)  ## pin the libraries again (newer ones: make lock UPGRADE=--upgrade)
	@for lock in requirements requirements-dev; do \
		grep -v '^#' $$lock.lock > build/$$lock.lock; \
	done
	@$(COMPILE) $(UPGRADE) --output-file build/requirements.lock > /dev/null
	@$(COMPILE) $(UPGRADE) --extra dev --constraint build/requirements.lock \
		--output-file build/requirements-dev.lock > /dev/null
	@for lock in requirements requirements-dev; do \
		{ echo '$(HEADER)'; cat build/$$lock.lock; } > $$lock.lock; \
	done

$(UV): | setup
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --target build/uv uv

clean:  ## remove everything that was made, .venv too
	@rm -rf build .venv
