# `make` builds storydiff and compares the bundled sample story; `make test` runs every check.
# Needed: a Rust toolchain and CPython >= 3.10. Everything else goes into .venv and target.

.DEFAULT_GOAL := report.html
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
WHEELS := target/wheels
RUST := Cargo.toml Cargo.lock kernel/Cargo.toml $(shell find src kernel/src -type f 2>/dev/null)
SOURCES := $(RUST) pyproject.toml README.md LICENSE $(shell find python -type f -not -name '*.pyc' -not -name '*.so')

# One profile and one configuration of pyo3 for wheel, lints and tests, so that what we depend on is compiled once: pyo3 is built
# anew where the file differs that tells it of the interpreter, and maturin writes one for the wheel.
# Tests never link libpython, which a CPython built without a shared library does not have: they call no Python, and the linker
# drops the bindings that do. They run once, with the bindings; that the core stands without them is what `make bench` sees.
PYO3_CONFIG = $(firstword $(wildcard $(CURDIR)/target/maturin/pyo3-config-*.txt))
CARGO_PYTHON = PYO3_BUILD_EXTENSION_MODULE=1 PYO3_PYTHON="$(CURDIR)/$(BIN)/python" $(addprefix PYO3_CONFIG_FILE=,$(PYO3_CONFIG)) cargo
# Our own code but for the kernel is compiled for its tests alone, and compiling is what they wait for.
TESTED := --config profile.release.package.storydiff.opt-level=0 --config profile.release.package.storydiff.codegen-units=256 \
	--config profile.release.package.storydiff.debug-assertions=true --config profile.release.package.storydiff.overflow-checks=true
# A warning of a newer compiler fails the tests, and nobody's build.
DENIED := $(if $(filter test rust,$(MAKECMDGOALS)),-- -D warnings)
LINTED := RUSTC_WORKSPACE_WRAPPER="$(CURDIR)/.ci/clippy"
# From a folder that holds no source of the package, so that only the installed wheel can be imported.
ELSEWHERE := cd tests && env -u PYTHONPATH ../$(BIN)/
PYTEST := --config-file ../pyproject.toml --rootdir ..
# What is imported is compiled once, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: report.html test rust python types stubs site doctests base spark lab notebooks docs bench fuzz licenses clean
report.html: .venv/.installed
	$(BIN)/storydiff compare python/storydiff/sample/*.txt -o $@
	@echo "Open $(CURDIR)/$@ in a browser."

.venv/.made:
	@test -n "$(PYTHON)" || { echo "storydiff needs CPython >= 3.10 with the venv module; set PYTHON=/path/to/python3" >&2; exit 1; }
	@cargo --version >/dev/null || { echo "storydiff needs a Rust toolchain: https://rustup.rs" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip 'maturin>=1.9,<2'
	@touch $@

.venv/.built: .venv/.made $(SOURCES)
	rm -rf $(WHEELS)
	$(BIN)/maturin build --release --interpreter $(BIN)/python --out $(WHEELS) $(DENIED)
	@touch $@

# After the tools, where both are asked for: two installs must not write to .venv at once, and the wheel takes minutes to build.
.venv/.installed: .venv/.built | $(if $(filter-out report.html lab base clean,$(or $(MAKECMDGOALS),report.html)),.venv/.tools)
	$(BIN)/python -m pip install --quiet $(WHEELS)/storydiff-*.whl
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/storydiff-*.whl
	@touch $@

# Not compiled, which takes as long as installing them: that is done for what is imported, once it is.
.venv/.tools: .venv/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --no-compile --group dev
	@touch $@

# Two at a time as long as there is much to do on one thread: installs, type checkers, the front of the compiler. The reports of
# the site are those of words alone, as nobody reads them.
test:
	$(MAKE) -j2 rust types stubs site doctests base REPORTS=static
	$(MAKE) python

rust: .venv/.built
	cargo fmt --check --all
	$(LINTED) $(CARGO_PYTHON) test --release --lib --features python $(TESTED)
	$(LINTED) cargo test -p storydiff-kernel --lib
	$(BIN)/python .ci/third_party.py --check

types: .venv/.tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy python tests/typed

# What looks at the wheel, too.
stubs: .venv/.installed .venv/.tools
	$(BIN)/basedpyright
	$(ELSEWHERE)python -P -m mypy.stubtest storydiff._storydiff --allowlist typed/stubtest_allowlist.txt --mypy-config-file ../pyproject.toml

# One worker more than there are cores, as one waits where another compares what it needs, too. What runs alone is looked for in
# the files that hold such tests: to import all takes as long as many of these.
python: .venv/.installed .venv/.tools
	workers=$$($(BIN)/python -c 'import os; print(1 + (os.cpu_count() or 1))'); cd tests && env -u PYTHONPATH \
		STORYDIFF_NUM_THREADS=1 ../$(BIN)/pytest $(PYTEST) -n $$workers --dist worksteal -m 'not alone' .
	$(ELSEWHERE)pytest $(PYTEST) -m alone $$(grep -l mark.alone test_*.py)

doctests: .venv/.installed .venv/.tools
	$(ELSEWHERE)pytest $(PYTEST) --doctest-modules --pyargs storydiff

# The notebooks in JupyterLab, with all they need.
lab: .venv/.installed
	$(BIN)/python -m pip install --quiet '$(firstword $(wildcard $(WHEELS)/storydiff-*.whl))[all]' 'jupyterlab>=4'
	$(BIN)/jupyter lab notebooks

# Runs them all and keeps what they show; then what the examples of the documentation print. After a change of results.
notebooks: .venv/.installed .venv/.tools
	$(BIN)/python .ci/notebooks.py
	$(BIN)/python python/docs/outputs.py

site: .venv/.installed .venv/.tools
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict -f python/docs/mkdocs.yml

docs: site
	@echo "Open $(CURDIR)/site/index.html in a browser."

# Spark on two local cores, as a cluster and over Connect, and other engines; a large download, and it needs Java.
spark: .venv/.installed .venv/.tools
	$(BIN)/python -m pip install --quiet --group spark
	$(ELSEWHERE)pytest $(PYTEST) test_spark.py test_engines.py

# The wheel alone, with what it depends on and nothing else: it works, and takes little room.
base: .venv/.installed
	rm -rf target/base
	$(BIN)/python -m venv --without-pip target/base
	$(BIN)/python -m pip --python target/base/bin/python install --quiet $(WHEELS)/storydiff-*.whl
	cd tests && ../target/base/bin/storydiff compare ../python/storydiff/sample/[bg]*.txt >/dev/null
	cd tests && ../target/base/bin/storydiff stories ../python/storydiff/sample/*.txt >/dev/null
	cd target/base/lib/python3*/site-packages && rm -rf numpy* scipy* && size=$$(du -sk . | cut -f1) && \
		echo "$$size KiB besides NumPy and SciPy" && test $$size -lt 113000

# tests/benchmarks/vectorizers.py and tests/benchmarks/link need data that is not ours to ship; they say which.
bench: .venv/.installed .venv/.tools
	cd tests && env -u PYTHONPATH STORYDIFF_TESTS=full ../$(BIN)/pytest $(PYTEST) test_scaling.py test_hostile.py test_comparison.py test_threads.py
	cargo clippy --release --lib --bench text -- -D warnings
	cargo bench --bench text
	$(ELSEWHERE)python benchmarks/scaling.py -

# Every target from good inputs on; needs `cargo install cargo-fuzz` and a C++ compiler, no nightly toolchain: flags for the
# sanitizer are unstable, and RUSTC_BOOTSTRAP has a stable compiler take them. The sanitizer is left out where the toolchain
# comes without its library, as those of some distributions do. A crash becomes a test; tests/fuzz/results.md has the last run.
FUZZ_SECONDS ?= 600
SANITIZER = $(if $(wildcard $(shell rustc --print target-libdir)/librustc*_rt.asan*),address,none)
fuzz: .venv/.installed .venv/.tools
	$(BIN)/python tests/fuzz/seeds.py
	for target in $$(cargo fuzz list --fuzz-dir tests/fuzz); do \
		RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer $(SANITIZER) $$target -- \
			-max_total_time=$(FUZZ_SECONDS) -timeout=30 || exit 1; done

licenses: .venv/.made
	$(BIN)/python .ci/third_party.py

clean:
	rm -rf target .venv report.html
