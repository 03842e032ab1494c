# Developers' verbs. Everybody else needs only ./run and ./test.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PY := .venv/bin/python
COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

.PHONY: help check quick types walls faults words links fix bench docs pictures axe messages lock wheel

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

.venv/bin/ruff:
	scripts/setup test

check: quick types walls faults words links ## All that a machine can judge without running the product; with -k to the end

quick: .venv/bin/ruff ## Style alone, in a second
	.venv/bin/ruff check
	.venv/bin/ruff format --check

types: .venv/bin/ruff ## Types of the package and of the build
	.venv/bin/mypy

walls: .venv/bin/ruff ## Who may import whom
	.venv/bin/lint-imports --no-cache

faults: .venv/bin/ruff ## Known kinds of unsafe code
	.venv/bin/bandit --quiet --recursive --configfile pyproject.toml src

words: .venv/bin/ruff ## Nothing that readers see is untranslated
	$(PY) scripts/messages.py --check

links: .venv/bin/ruff ## Every link of the documentation leads somewhere
	$(PY) scripts/links.py

fix: .venv/bin/ruff ## Put the style right
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: .venv/bin/ruff ## Speeds and sizes, as JSON in benchmarks/results
	$(PY) -m benchmarks

docs: .venv/bin/ruff ## Write what docs reads from the code, run its examples, check its links
	$(PY) scripts/make_method.py
	$(PY) scripts/make_guide.py
	MARRA_DATA=$$(mktemp -d) $(PY) scripts/make_openapi.py
	.venv/bin/pytest docs --no-header --quiet
	$(PY) scripts/links.py

pictures: .venv/bin/ruff ## Take the pictures of the README anew
	$(PY) scripts/make_pictures.py

axe: ## Every page in four languages and two widths against WCAG 2.2 AA; minutes
	./test --browser --slow -- tests/web/axe.py

messages: .venv/bin/ruff ## Collect what is to be translated, make Cyrillic, compile
	$(PY) scripts/messages.py

lock: .venv/bin/ruff ## Renew the locks after a change in pyproject.toml
	$(COMPILE) pyproject.toml --group build --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --group test --output-file requirements/test.lock
	$(COMPILE) - --output-file requirements/uv.lock <<< 'uv>=0.9'

wheel: .venv/bin/ruff ## The package as one file in dist
	.venv/bin/uv build --wheel --no-build-isolation --python $(PY)
