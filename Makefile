# Every routine command is one word; `make` alone lists them. A command does all of its own
# set-up, once: the stamps in .venv follow the locks and pyproject.toml.

PYTHON ?= python3
# Further arguments of the command: make test ARGS="-k spans"
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
UV := $(VENV)/uv-$(UV_VERSION)/bin/uv
LOCK := $(UV) --no-config pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --annotation-style line \
	--custom-compile-command "make lock"
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve test check format evaluate quality fit bench bench-scale soak fuzz audit lighthouse \
	screenshots lock wheel clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

serve: $(VENV)/runtime.stamp ## Start the chat page and POST /ask
	$(BIN)/gloact-qa serve $(ARGS)

test: $(VENV)/browser.stamp ## Run the tests, those in a browser too
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp ## Check format, style, types and the import rule
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## Format the code and mend what ruff can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

evaluate: $(VENV)/dev.stamp ## Score the bot on the question set
	$(BIN)/gloact-qa evaluate $(ARGS)

quality: $(VENV)/dev.stamp ## Print every figure on quality, beside plain BM25
	$(BIN)/python -m benchmarks.quality

fit: $(VENV)/dev.stamp ## Learn the reader's weights anew
	$(BIN)/python -m benchmarks.fit

bench: $(VENV)/dev.stamp ## Print every figure on speed, beside peers (ARGS=--profile: where it goes)
	@$(MAKE) --no-print-directory $(VENV)/bench.stamp || \
		echo "The peers could not be installed; the rest is measured without them." >&2
	$(BIN)/python -m benchmarks.speed $(ARGS)

soak: $(VENV)/dev.stamp ## Try the service for long: its memory, kills, changes of the releases
	$(BIN)/python -m benchmarks.soak $(ARGS)

fuzz: $(VENV)/fuzz.stamp ## Fuzz all that reads text, 30 s (ARGS=-max_total_time=900; Linux)
	$(VENV)/fuzz/bin/python tests/hostile/fuzz_text.py $(ARGS)

audit: $(VENV)/audit.stamp ## Look for known vulnerabilities in what the locks pin
	$(VENV)/audit/bin/python tools/audit.py

bench-scale: $(VENV)/dev.stamp ## Time answers from 25 to a million passages (ARGS="--sizes 1000")
	$(BIN)/python -m benchmarks.scale $(ARGS)

lighthouse: $(VENV)/browser.stamp ## Score the chat page with Lighthouse (needs Node.js)
	$(BIN)/python tools/lighthouse.py

screenshots: $(VENV)/browser.stamp ## Take the documentation's pictures of the chat page
	$(BIN)/python tools/screenshots.py

lock: $(UV) ## Write the locks anew; with ARGS=--upgrade, of the newest versions
	$(LOCK) $(ARGS) pyproject.toml --extra evaluate --extra tantivy --extra opensearch \
		--group test --group check --group scale --group build \
		--output-file requirements/dev.lock.txt
	$(LOCK) $(ARGS) pyproject.toml --group backend --constraints requirements/dev.lock.txt \
		--output-file requirements/runtime.lock.txt
	$(LOCK) $(ARGS) --group bench --constraints requirements/dev.lock.txt \
		--output-file requirements/bench.lock.txt
	$(LOCK) $(ARGS) --group fuzz --output-file requirements/fuzz.lock.txt
	$(LOCK) $(ARGS) --group audit --output-file requirements/audit.lock.txt

wheel: $(VENV)/dev.stamp ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation $(ARGS)

clean: ## Remove all that these commands made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The project itself is installed editable, by the hatchling of the lock. `pip check` fails
# when pyproject.toml asks for what the lock doesn't have.
define install
@echo "Installing $(1) ..."
@$(INSTALL) --require-hashes --requirement $(1)
@$(INSTALL) --no-build-isolation --editable .
@$(BIN)/python -m pip check || { echo "The locks are behind pyproject.toml: make lock" >&2; exit 1; }
endef

$(VENV)/runtime.stamp: requirements/runtime.lock.txt pyproject.toml $(VENV)/venv.stamp
	$(call install,requirements/runtime.lock.txt)
	@touch $@

# The development lock has all that the runtime lock has, in the same versions.
$(VENV)/dev.stamp: requirements/dev.lock.txt pyproject.toml $(VENV)/venv.stamp
	$(call install,requirements/dev.lock.txt)
	@touch $(VENV)/runtime.stamp $@

# Peers of ours in a virtual environment of their own, beside the program and what it needs.
$(VENV)/bench.stamp: requirements/bench.lock.txt requirements/runtime.lock.txt pyproject.toml $(VENV)/venv.stamp
	@echo "Installing requirements/bench.lock.txt ..."
	@$(BIN)/python -m venv --clear $(VENV)/bench
	@$(INSTALL:$(BIN)/%=$(VENV)/bench/bin/%) --require-hashes --requirement requirements/runtime.lock.txt
	@$(INSTALL:$(BIN)/%=$(VENV)/bench/bin/%) --require-hashes --requirement requirements/bench.lock.txt
	@$(INSTALL:$(BIN)/%=$(VENV)/bench/bin/%) --no-build-isolation --editable .
	@touch $@

# The fuzzer, beside the program and what it needs.
$(VENV)/fuzz.stamp: requirements/fuzz.lock.txt requirements/runtime.lock.txt pyproject.toml $(VENV)/venv.stamp
	@echo "Installing requirements/fuzz.lock.txt ..."
	@$(BIN)/python -m venv --clear $(VENV)/fuzz
	@$(INSTALL:$(BIN)/%=$(VENV)/fuzz/bin/%) --require-hashes --requirement requirements/runtime.lock.txt
	@$(INSTALL:$(BIN)/%=$(VENV)/fuzz/bin/%) --require-hashes --requirement requirements/fuzz.lock.txt
	@$(INSTALL:$(BIN)/%=$(VENV)/fuzz/bin/%) --no-build-isolation --editable .
	@touch $@

$(VENV)/audit.stamp: requirements/audit.lock.txt $(VENV)/venv.stamp
	@echo "Installing requirements/audit.lock.txt ..."
	@$(BIN)/python -m venv --clear $(VENV)/audit
	@$(INSTALL:$(BIN)/%=$(VENV)/audit/bin/%) --require-hashes --requirement requirements/audit.lock.txt
	@touch $@

$(VENV)/browser.stamp: tests/browser/find_browser.py $(VENV)/dev.stamp
	$(BIN)/python tests/browser/find_browser.py --install
	@touch $@

$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is older or missing; name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(UV): | $(VENV)/venv.stamp
	@$(PYTHON) -m venv $(VENV)/uv-$(UV_VERSION)
	@$(VENV)/uv-$(UV_VERSION)/bin/python -m pip install --disable-pip-version-check --quiet uv==$(UV_VERSION)
