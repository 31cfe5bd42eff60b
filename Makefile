# make run and make test are all that most people need. .ci/run runs every target.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup run test check docs bench

setup: $(READY) ; @:

# No tool but Python itself: a virtual environment, the locked packages by their hashes, then this checkout.
$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || \
		{ echo "There is no '$(PYTHON)' here. Install Python 3.11 or later, or name one: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $(PYTHON) is `$(PYTHON) --version 2>&1`. Name another: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python lacks venv. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ rm -rf .venv && $(PYTHON) -m venv .venv; }
	@echo "Installing the locked packages into .venv (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $(READY)

# The dashboard, with both collections that ship. make run PORT=8600 ARGS=--no-open
run: $(READY)
	@$(BIN)/savings serve $(if $(PORT),--port $(PORT)) $(ARGS)

# All tests, on two processors at most. make test ARGS="tests/values -k money"
test: $(READY)
	@$(BIN)/python -m pytest -n auto --maxprocesses 2 --dist loadgroup $(ARGS)

# Format, lint, types, generated files up to date, house rules: all of them, so that one run shows every fault.
check: $(READY)
	@failed=0; \
	$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ."; failed=1; }; \
	$(BIN)/ruff check --quiet . || failed=1; \
	$(BIN)/ty check --output-format concise etl dashboard || failed=1; \
	$(BIN)/python docs/make.py --check || failed=1; \
	$(BIN)/python data/illustrative/make.py --check || failed=1; \
	$(BIN)/python data/reference/make_hexes.py --check || failed=1; \
	$(BIN)/python -m pytest tests/test_house.py tests/test_house_data.py || failed=1; \
	exit $$failed

# Writes the pages of docs/ that are made from what the code declares.
docs: $(READY)
	@$(BIN)/python docs/make.py

# What loading costs beside a bare DuckDB load of the same file, what the pages ask, and what they cost in Chromium
# beside a trivial Streamlit app and a Dash app. make bench SIZE=1m. PAGES=no leaves Chromium out: it takes two minutes.
bench: $(READY)
	@$(BIN)/python -m bench.load $(or $(SIZE),100k)
	@$(BIN)/python -m bench.questions $(or $(SIZE),100k)
	@$(if $(filter no,$(PAGES)),:,$(BIN)/python -m bench.page $(or $(SIZE),100k))
