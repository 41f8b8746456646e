# Two commands, each complete on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
VENV ?= .venv

.PHONY: demo test check samples wheel clean

demo:  ## install docmine, mine the sample folder and show a result
	scripts/setup $(VENV)
	$(VENV)/bin/docmine run samples -o out/samples
	$(VENV)/bin/docmine show samples/01_污染防治调度会主持词.txt

test:  ## install what the checks need and run them all
	scripts/setup $(VENV) dev
	scripts/check $(VENV)

check:  ## run the checks with what is installed already
	scripts/check $(VENV)

samples:  ## write the samples that aren't plain UTF-8 anew
	$(VENV)/bin/python scripts/make_samples.py

wheel:  ## build the wheel into dist/
	$(VENV)/bin/python -m build --wheel

clean:
	rm -rf out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
