# Developers' verbs. Everybody else needs only ./run and ./test.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PY := .venv/bin/python
COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

.PHONY: help check quick fix bench docs axe messages lock wheel

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

.venv/bin/ruff:
	scripts/setup test

check: quick ## All that a machine can judge without running the product
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/bandit --quiet --recursive --configfile pyproject.toml src
	$(PY) scripts/messages.py --check
	$(PY) scripts/links.py

quick: .venv/bin/ruff ## Style alone, in a second; what the commit hook runs
	.venv/bin/ruff check
	.venv/bin/ruff format --check

fix: .venv/bin/ruff ## Put the style right
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: .venv/bin/ruff ## Speeds and sizes, as JSON in benchmarks/results
	$(PY) -m benchmarks

docs: .venv/bin/ruff ## Run the examples of the documentation and check its links
	.venv/bin/pytest docs --no-header --quiet
	$(PY) scripts/links.py

axe: ## Every page in four languages and two widths against WCAG 2.2 AA; minutes
	./test --browser --slow -- tests/journeys

messages: .venv/bin/ruff ## Collect what is to be translated, make Cyrillic, compile
	$(PY) scripts/messages.py

lock: .venv/bin/ruff ## Renew the locks after a change in pyproject.toml
	$(COMPILE) pyproject.toml --group build --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --group test --output-file requirements/test.lock
	$(COMPILE) - --output-file requirements/uv.lock <<< 'uv>=0.9'

wheel: .venv/bin/ruff ## The package as one file in dist
	.venv/bin/uv build --wheel --no-build-isolation --python $(PY)
