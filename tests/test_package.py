"""What is installed: small, quick to import, complete, and independent of the network and of optional packages."""

import importlib.metadata
import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import storydiff

ROOT = Path(__file__).parent.parent
OPTIONAL = """IPython anywidget charset_normalizer click huggingface_hub ipywidgets jinja2 matplotlib pandas polars
pyarrow scipy sklearn trafilatura""".split()


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code] if sys.version_info >= (3, 11) else [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_version_stands_in_cargo_toml_alone() -> None:
    found = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
    assert found is not None
    assert storydiff.__version__ == found[1]
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text()


def test_import_brings_no_optional_package() -> None:
    loaded = run("import storydiff, sys; print(*sys.modules)").split()
    assert sorted(set(OPTIONAL) & set(loaded)) == []


@pytest.mark.alone
def test_import_is_quick() -> None:
    """What we add is less than what NumPy takes, in time of the processor; a share, since machines are busy."""
    code = """
        import time
        start = time.process_time()
        import numpy
        between = time.process_time()
        import storydiff
        print((time.process_time() - between) / (between - start))
    """
    assert min(float(run(textwrap.dedent(code))) for _ in range(5)) < 0.8


def test_comparing_needs_no_network() -> None:
    code = """
import socket
def refuse(*args, **kwargs): raise AssertionError("the network was asked")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import storydiff
storydiff.compare(["The bridge closed on Monday.", "On Monday the bridge closed."]).to_html()
storydiff.Encoder().encode(["A text."])
storydiff.Encoder("static").encode(["A text."])
"""
    run(code)


def test_every_public_name_is_documented() -> None:
    missing = []
    for name in storydiff.__all__:
        value = getattr(storydiff, name)
        if not (inspect.isclass(value) or inspect.isroutine(value)):
            continue
        if not inspect.getdoc(value):
            missing.append(name)
        for member, function in vars(value).items() if inspect.isclass(value) else ():
            public = not member.startswith("_") and (callable(function) or isinstance(function, property))
            if public and not inspect.getdoc(function):
                missing.append(f"{name}.{member}")
    assert missing == []


def installed() -> list[importlib.metadata.PackagePath]:
    try:
        files = importlib.metadata.files("storydiff") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    if not any(file.name == "__init__.py" for file in files):
        pytest.skip("not installed from a wheel")
    return files


def test_the_wheel_holds_licences_stubs_and_a_bill_of_materials() -> None:
    names = {re.sub(r"^storydiff-[^/]+/", "", file.as_posix()) for file in installed()}
    assert {
        "storydiff/py.typed",
        "storydiff/_storydiff.pyi",
        "storydiff/sample/beacon.txt",
        "storydiff/sample/dam/ledger.md",
        "licenses/LICENSE",
        "licenses/.licenses/third-party.txt",
        "sboms/storydiff.cyclonedx.json",
    } <= names
    assert not any("test" in name for name in names)


def test_the_wheel_is_small() -> None:
    assert sum(file.size or 0 for file in installed()) < 50_000_000
