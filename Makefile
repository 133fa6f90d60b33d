# Needs Python 3.11 or newer and make; everything else comes into .venv.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
NEO4J ?= 2026.08.1
COMPANIES ?= 100000
SUPPLIES ?= 1000000

VENV := .venv
BIN := $(VENV)/bin
# A file that is newer than requirements.txt and pyproject.toml when the environment matches them.
READY := $(VENV)/.ready

export ZVENO_STORE ?= sqlite:///zveno.sqlite

.PHONY: help env ui run neo4j test test-ui test-neo4j bench-questions check format docs requirements neo4j-locks
.DEFAULT_GOAL := help

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | while IFS=@ read -r name text; do \
	  printf '%-20s %s\n' "$$name" "$$text"; done

env: $(READY) ## make the environment in .venv

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
	  || { echo "This Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[^ ]*' requirements.txt)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $(READY)

ui: env ## build the application in the browser, if its sources changed
	@$(BIN)/python ui/build.py

run: env ui ## load the demo into an empty store and serve it (ZVENO_STORE, HOST, PORT)
	$(BIN)/zveno load demo --if-empty
	$(BIN)/zveno serve --host $(HOST) --port $(PORT)

neo4j: env ## start a Neo4j of your own, with Browser (stop it: .venv/bin/zveno neo4j stop)
	$(BIN)/zveno neo4j start

test: env test-ui ## all tests, on SQLite, on a real Neo4j and in a real browser
	$(BIN)/pytest -m "not budget"
	$(BIN)/pytest -m budget -n 0

test-ui: env ui ## lint, types and unit tests of the application in the browser
	$(BIN)/python ui/node.py run --silent lint
	$(BIN)/python ui/node.py run --silent test

test-neo4j: env ## the tests that need a Neo4j, on another version: make test-neo4j NEO4J=5.26.30
	ZVENO_TEST_NEO4J=$(NEO4J) ZVENO_REQUIRE_NEO4J=1 $(BIN)/pytest -m neo4j

bench-questions: env ## graph questions side by side with Neo4j, SQLite and networkx (COMPANIES, SUPPLIES)
	$(BIN)/python bench/questions.py --companies $(COMPANIES) --supplies $(SUPPLIES) --out bench/results/questions.json

check: env ## what CI checks without running anything: lint, format, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: env ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: env ## write the generated pages anew, and the outputs that the docs show
	$(BIN)/python -m docs.generate

requirements: env ## write requirements.txt anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --only-binary :all: \
	  --all-extras pyproject.toml --output-file requirements.txt

neo4j-locks: env ## resolve the program files of both Neo4j versions anew
	for version in 2026.08.1 5.26.30; do \
	  $(BIN)/python -m graph_service.store.neo4j.local_jars $$version > jars.tmp || exit 1; \
	  mv jars.tmp graph_service/store/neo4j/jars-$$version.txt; done
