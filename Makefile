# The verbs of this repository. Each is a few lines; the work is in scripts/.
#   make demo          APT=1 lets make install system packages; CHECK=1 stops the demo after checking its page
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-demo ui demo check test fix golden bench docs

# Packages come without bytecode (scripts/setup.sh); unless Python may write it, every start compiles for seconds.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
JUNIT := build/junit.xml

help: ## List the verbs.
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: ## Install everything that developing and testing needs, into .venv.
	@scripts/setup.sh full
	@scripts/ui.sh full

# The pages first: the tools that build them are gone again before the packages come, which keeps the disk free.
setup-demo:
	@scripts/ui.sh lean
	@scripts/setup.sh demo

ui: ## Build the web pages, where their sources changed.
	@scripts/ui.sh full

demo: setup-demo ## Analyse the recorded outage that ships, and show its report in the browser.
	@$(BIN)/secondstory demo $(if $(CHECK),--check)

check: setup ## Lint, types, layers and tidiness: what a commit must keep, in seconds.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/tidy

test: check ## Everything: check, then all tests on two workers.
	@mkdir -p $(dir $(JUNIT)) && rm -f $(JUNIT)
	$(BIN)/pytest -n 2 --dist worksteal --junit-xml=$(JUNIT)

fix: setup ## Format, and mend what ruff can mend.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: setup ## Rewrite the golden files; then read the diff as prose.
	$(BIN)/pytest --golden
	git --no-pager diff --stat

bench: setup ## Measure quality and speed; results go to bench/results/local/.
	$(BIN)/python bench/telemetry.py

docs: setup ## Write docs/reference from the code.
	$(BIN)/python scripts/reference.py
