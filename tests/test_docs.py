"""The examples of the documentation run, each page in a folder of its own."""

import glob
import runpy
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from storydiff.cli import main

DOCS = Path(__file__).parent.parent / "python" / "docs"
OUTPUTS = runpy.run_path(str(DOCS / "outputs.py"))
PAGES = sorted((DOCS / "pages").rglob("*.md"))


def in_process(command: str) -> str:
    """What a command prints: storydiff runs in this process, where a story is compared once, the rest in a shell."""
    own, _, rest = command.partition("|")
    program, *arguments = shlex.split(own)
    assert program == "storydiff"
    arguments = [path for argument in arguments for path in sorted(glob.glob(argument)) or [argument]]
    done = CliRunner(env={"COLUMNS": "88"}).invoke(main, arguments, prog_name=program)
    assert done.exit_code == 0, (command, done.output)
    if not rest:
        return done.output
    return subprocess.run(rest, shell=True, input=done.output, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS / "pages").as_posix())
@pytest.mark.usefixtures("remembers")
def test_page_runs(path: Path) -> None:
    with OUTPUTS["workplace"]():
        OUTPUTS["refreshed"](path.read_text("utf-8"), path.name, in_process)
