# Everything starts here: `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# Sources that the formatters and linters look at.
ROOMS := accounts certificates courses elearning lib quizzes reports studio
CODE := $(ROOMS) tests bench static/build.py manage.py

.PHONY: help run test lint check content bench format pins sbom assets e2e clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9_-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt
	@echo "Menyiapkan lingkungan Python di $(VENV) (beberapa menit pada kali pertama) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' \
	  || { echo "Perlu Python 3.11.5 atau lebih baru."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo "Menyiapkan alat pengembangan …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/run.stamp ## start the whole site (PORT=8000)
	@exec $(MANAGE) up

test: $(VENV)/dev.stamp ## run the whole suite
	@# Compiled tests are kept, whatever the environment says: it halves their collection.
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

e2e: $(VENV)/dev.stamp ## run only the journeys in a real browser
	$(BIN)/python -m pytest tests/e2e

lint: $(VENV)/dev.stamp ## lint, types, contracts, templates, migrations, deployment check
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(ROOMS) tests
	$(BIN)/lint-imports
	$(BIN)/oxlint --deny-warnings static/js tests/scripts
	$(BIN)/oxfmt --check static/js tests/scripts
	$(BIN)/python static/build.py --check
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djhtml --tabwidth 2 --check
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check_migrations
	ELEARNING_MODE=production ALLOWED_HOSTS=contoh.go.id PUBLIC_URL=https://contoh.go.id \
	  EMAIL_URL=smtp+tls://mail.contoh.go.id ELEARNING_BACKUP_FOLDER=var/backup \
	  ELEARNING_BACKUP_RECIPIENTS=age1contoh \
	  $(MANAGE) check --deploy --fail-level WARNING

check: lint content test ## lint, check the courses, and test

content: $(VENV)/dev.stamp ## check the shipped courses and show their figures
	$(MANAGE) check_content
	$(BIN)/python -m bench cues --limit

bench: $(VENV)/dev.stamp ## print the figures of bench/
	$(BIN)/python -m bench

format: $(VENV)/dev.stamp ## put everything into the house style
	-$(BIN)/ruff check --fix --quiet $(CODE)
	$(BIN)/ruff format $(CODE)
	$(BIN)/oxfmt static/js tests/scripts
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djhtml --tabwidth 2

assets: $(VENV)/dev.stamp ## build static/css and static/dist
	$(BIN)/python static/build.py

pins: $(VENV)/dev.stamp ## renew requirements*.txt from the .in files
	$(BIN)/uv pip compile --universal --python-version 3.11.5 --generate-hashes --no-header --no-emit-index-url -q requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11.5 --generate-hashes --no-header --no-emit-index-url -q requirements-s3.in -o requirements-s3.txt
	$(BIN)/uv pip compile --universal --python-version 3.11.5 --generate-hashes --no-header --no-emit-index-url -q requirements-dev.in -o requirements-dev.txt

sbom: $(VENV)/dev.stamp ## write var/sbom.cdx.json, the bill of materials
	@mkdir -p var
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --of JSON -o var/sbom.cdx.json

clean: ## remove the virtual environment and caches (never var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
