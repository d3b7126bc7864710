"""The examples of the documentation run, each page in a folder of its own."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "python" / "docs"
OUTPUTS = runpy.run_path(str(DOCS / "outputs.py"))
PAGES = sorted((DOCS / "pages").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS / "pages").as_posix())
def test_page_runs(path: Path) -> None:
    with OUTPUTS["workplace"]():
        OUTPUTS["refreshed"](path.read_text("utf-8"), path.name)
