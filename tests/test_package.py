"""What is installed: small, quick to import, complete, and independent of the network and of optional packages."""

import importlib.metadata
import inspect
import re
import subprocess
import sys
from itertools import chain
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


def test_import_is_quick() -> None:
    """Counted, as clocks tell how busy the machine is: 52 modules beside NumPy's, in three quarters of NumPy's time."""
    code = "import numpy, sys; before = {*sys.modules}; import storydiff; print(*{*sys.modules} - before)"
    loaded = run(code).split()
    slow = {"concurrent.futures", "email.utils", "importlib.resources", "logging", "socket", "subprocess", "tempfile"}
    assert sorted(slow & {*loaded}) == []
    assert len(loaded) < 70


def test_what_loads_late_is_there() -> None:
    assert storydiff.find_stories(["The ferry sank.", "The choir sang."]).story_of.keys() == {"1", "2"}
    for name in storydiff.__all__:
        assert getattr(storydiff, name) is getattr(storydiff, name)


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
        bases = value.__mro__ if inspect.isclass(value) else ()
        own = [vars(base).items() for base in bases if base.__module__.startswith("storydiff")]
        for member, function in chain.from_iterable(own):
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
    assert sum(file.size or 0 for file in installed()) < 111_000_000
