"""Run the examples of the documentation and write what they print under them.

    .venv/bin/python python/docs/outputs.py            # every page
    .venv/bin/python python/docs/outputs.py --check    # run only; write nothing

The blocks of a page run one after the other in one namespace, in a folder with the bundled story in `stories/`. What a
block prints, and the value of its last line, stand in the block ``text title="Output"`` below it, where there is one.
In a ``console`` block the lines after a ``$`` are commands, and those between them what they print. A block after the
comment ``<!-- not run: why -->`` is left alone.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
BLOCK = re.compile(
    r"(?P<skip>^ *<!-- not run[^>]*-->\n+)?"
    r"^(?P<indent> *)```(?P<language>python|console)\n(?P<code>.*?)^(?P=indent)```\n"
    r"(?P<output>\n(?P=indent)```text title=\"Output\"\n.*?^(?P=indent)```\n)?",
    re.MULTILINE | re.DOTALL,
)


def in_shell(command: str) -> str:
    """What a command prints."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "88"}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout + done.stderr


def refreshed(page: str, name: str, printed: Callable[[str], str] = in_shell) -> str:
    """The page with what its examples print today; `printed` runs a command."""
    scope: dict[str, object] = {"__name__": "__main__"}

    def run(found: re.Match[str]) -> str:
        if found["skip"]:
            return found[0]
        indent, code = found["indent"], re.sub(rf"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
        if found["language"] == "console":
            lines = [line for command in commands(code, printed) for line in command]
            body = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
            return f"{indent}```console\n{body}{indent}```\n"
        told = executed(code, scope, name)
        if not found["output"]:
            return found[0]
        body = "".join(f"{indent}{line}".rstrip() + "\n" for line in told.splitlines())
        block = f"{indent}```python\n{found['code']}{indent}```\n"
        return f'{block}\n{indent}```text title="Output"\n{body}{indent}```\n'

    return BLOCK.sub(run, page)


def commands(block: str, printed: Callable[[str], str]) -> Iterator[list[str]]:
    """Each command of a console block, with what it prints."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield [line, *printed(line[2:].split("  #")[0]).rstrip("\n").splitlines()]


def executed(code: str, scope: dict[str, object], name: str) -> str:
    """What a block prints, and the value of its last line."""
    tree = ast.parse(code)
    end = tree.body[-1] if tree.body else None
    last = ast.Expression(end.value) if isinstance(end, ast.Expr) else None
    tree.body = tree.body if last is None else tree.body[:-1]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(tree, name, "exec"), scope)
        value = None if last is None else eval(compile(last, name, "eval"), scope)
        if value is not None:
            print(repr(value))
    return out.getvalue()


@contextlib.contextmanager
def workplace() -> Iterator[None]:
    """A folder with the bundled story, and pandas told to print what fits a page."""
    import pandas as pd

    import storydiff

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        stories = Path(folder) / "stories"
        stories.mkdir()
        for article in storydiff.sample_articles():
            (stories / f"{article.id}.txt").write_text(article.text, "utf-8")
        os.chdir(folder)
        with pd.option_context("display.width", 88, "display.max_colwidth", 36, "display.max_columns", 8):
            try:
                yield
            finally:
                os.chdir(before)


def main() -> None:
    """Refresh all pages, or run them."""
    for path in sorted(PAGES.rglob("*.md")):
        page = path.read_text("utf-8")
        with workplace():
            fresh = refreshed(page, path.name)
        if "--check" not in sys.argv and fresh != page:
            path.write_text(fresh, "utf-8")
            print(path.relative_to(PAGES))


if __name__ == "__main__":
    main()
