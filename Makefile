# The two commands of a newcomer are `make run` and `make test`; each prepares what it needs.

SHELL := /bin/bash
# Every process that is started would read and compile all of the program again.
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
# One more than there are cores: some tests wait for a browser, a restart or a clock.
TOGETHER := -n $(shell expr $$(nproc) + 1) --no-loadscope-reorder
EXAMPLE := questionnaires/examples/eksempel_mobelverksted/circular_business_models.json

.PHONY: help setup tools run example test reading hostile bench check lock clean golden pictures

help:
	@echo "make run      the web application with a demo programme, on http://127.0.0.1:8000"
	@echo "make example  score a shipped example company, show the result, make its PDF report"
	@echo "make test     the whole test suite (about ten minutes on 2 cores)"
	@echo "make hostile  the long loops at full count"
	@echo "make bench    speed as ratios within one run, beside the budgets"
	@echo "make setup    prepare .venv, fonts and styles for all of these"
	@echo "make tools    install what only tests and bench need: Chromium, PostgreSQL, Java, strace"
	@echo "make golden   renew the golden pages of the report; read the difference"
	@echo "make pictures renew the pictures of pages and reports in docs/"
	@echo "make lock     renew the locked dependencies (needs uv and npm)"

setup:
	@.ci/setup

tools: setup
	@.ci/tools

run: setup
	@.venv/bin/kretslop demo

example: setup
	@.venv/bin/kretslop score --explain $(EXAMPLE)
	@mkdir -p build
	@echo
	@echo "The report of the same company:"
	@.venv/bin/kretslop report make $(EXAMPLE) -o build/report.pdf

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/kretslop definitions check

# Checked, and the tests read in once for all processes, while what they need is fetched.
test: setup
	@$(MAKE) --no-print-directory --output-sync=target -j3 tools check reading
	.venv/bin/pytest $(TOGETHER)

reading: setup
	@.venv/bin/pytest --collect-only --quiet | tail -1

hostile: tools
	KRETSLOP_HOSTILE=1 .venv/bin/pytest $(TOGETHER)

golden: setup
	@$(PY) -m tests.reports.golden

pictures: setup tools
	@$(PY) -m tests.portraits
	@$(PY) -m tests.webportraits

bench: tools
	@$(PY) -m tests.bench

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock
	npm install --package-lock-only --silent

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis build dist node_modules
	rm -rf reports/vendor webapp/static/vendor tests/vendor
