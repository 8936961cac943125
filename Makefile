PORT ?= 8000
export PORT

python := .venv/bin/python
# Looked up when used: bin/setup may just have installed it.
chromium = $(or $(WERKTSAMEN_CHROMIUM),$(shell ls /usr/bin/chromium 2>/dev/null))
pytest = $(if $(chromium),WERKTSAMEN_CHROMIUM=$(chromium)) $(python) -m pytest

# Each worker has its own database and, where it needs them, its own app and browser.
at_once = --numprocesses auto --maxprocesses 4 --dist loadfile

compile = bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) \
  --universal --generate-hashes --no-emit-index-url --python-version 3.12 pyproject.toml

.PHONY: help run dev test check messages unit pytest bench lock setup-run setup-test

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile

run: setup-run ## the app with a demo organisation; PORT=8001 make run takes another port
	@bin/serve
dev: setup-run ## the same, reloading on change
	@bin/serve --reload
run dev: export WERKTSAMEN_DEMO = 1
dev: export WERKTSAMEN_DEBUG = 1

test: check pytest ## every check; on SQLite, or on the database in DATABASE_URL

check: setup-test ## format, lint, types, migrations, Django's own checks
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	$(python) manage.py makemigrations --check --dry-run
	$(python) manage.py check --fail-level WARNING

messages: setup-test ## collect the words of the pages into locale/, and compile what is translated
	$(python) manage.py makemessages -l nl -l en --no-obsolete --add-location file -i .venv -i var -i tests
	for language in nl en; do \
	  msgattrib --clear-fuzzy --clear-previous --empty -o locale/$$language/LC_MESSAGES/django.po locale/$$language/LC_MESSAGES/django.po; done
	msgen -o locale/en/LC_MESSAGES/django.po locale/en/LC_MESSAGES/django.po
	$(python) manage.py compilemessages -v 0 -i .venv

unit: setup-test ## the tests without a browser
	$(pytest) $(at_once) -m "not browser"

pytest: setup-test ## all tests
	$(pytest) $(at_once)

bench: setup-run ## how fast pages and saves are beside a bare Django app, and twenty people who write at once
	$(python) -m bench

lock: setup-run ## lock the requirements again, or newer ones with UPGRADE=1
	$(compile) -o requirements.txt
	$(compile) --extra dev -o requirements-dev.txt

setup-run setup-test: setup-%:
	@bin/setup $*
