"""What every command needs: reading its arguments, one line for an error or a warning, progress, JSON and CSV."""

from __future__ import annotations

import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from storydiff.article import Article

INTERRUPTED = 130
FILES_HELP = """\
FILES are files, folders that hold some, or patterns such as 'stories/*.txt'. Text and Markdown (.txt, .md) and web
pages (.html, needs storydiff[html]) hold one article each; .json, .jsonl, .csv, .tsv and .parquet (needs
storydiff[arrow]) hold items with a "text" and, where known, "id", "title", "source", "url" and "published". A single
dash reads standard input: JSON Lines of such items, or plain text, which is one article."""


class Failure(click.ClickException):
    """An error of the input: told in one line, exit status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        warn(self.message)


class Reading(click.Command):
    """A command whose errors about the input end it with one line and status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        from storydiff import StorydiffError

        try:
            with told_warnings():
                return super().invoke(ctx)
        except (ImportError, OSError, ValueError, StorydiffError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise Failure(_told(error)) from error


class Program(click.Group):
    """Ctrl-C ends it with one line and the status that shells expect of it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            warn("stopped")
            raise click.exceptions.Exit(INTERRUPTED) from None


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, ModuleNotFoundError) and error.name == "pyarrow":
        return "this needs pyarrow: pip install 'storydiff[arrow]'"
    return str(error)


def warn(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    from storydiff.views.plain import printable

    click.echo(f"storydiff: {printable(message)}", err=True)


@contextmanager
def told_warnings() -> Iterator[None]:
    """What the package warns of in here is told in one line each."""

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        try:
            yield
        finally:
            for message in dict.fromkeys(str(each.message) for each in told):
                warn(message.removeprefix("articles: "))


def read(files: tuple[str, ...], output: Path | None = None) -> list[Article]:
    """The articles behind the arguments; a dash is standard input.

    Files named twice, which are read once, and articles without a text are told. What will be written over is none of a
    folder's or a pattern's articles, and an error where it is named.
    """
    from storydiff import read_articles

    paths = [file for file in files if file != "-"]
    for path, times in Counter(paths).items():
        if times > 1:
            warn(f"{path} is named {times} times and read once")
    if output is not None and output.exists():
        paths = _besides(paths, output)
    articles = list(read_articles(paths)) if paths else []
    articles += standard_input() if "-" in files else []
    for article in articles:
        if not article.text.strip():
            warn(f"article {article.id!r} is empty")
    return articles


def _besides(paths: list[str], output: Path) -> list[str]:
    """The paths, or what they stand for without a file that will be written over."""
    from storydiff.read.files import matching

    kept: list[str] = []
    for path in paths:
        files = matching(path)
        others = [file for file in files if not file.samefile(output)]
        if Path(path).is_file() and not others:
            raise click.BadParameter(
                f"{path} is one of the articles, and would be written over", param_hint="'--output'"
            )
        kept += [path] if len(others) == len(files) else map(str, others)
    return kept


def standard_input() -> list[Article]:
    """JSON Lines where standard input begins with a brace, else one article of plain text."""
    from storydiff import Article
    from storydiff.read.decode import decode
    from storydiff.read.formats import read_jsonl
    from storydiff.read.rows import row_article

    try:
        text = decode(sys.stdin.buffer.read())
        if text.lstrip().startswith("{"):
            return [row_article(row, str(number)) for number, row in enumerate(read_jsonl(text), 1)]
        return [Article("stdin", text)]
    except (TypeError, ValueError) as error:
        raise ValueError(f"standard input: {error}") from error


def as_json(value: Any) -> str:
    """The value on one line."""
    return json.dumps(value, ensure_ascii=False)


def print_csv(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """The rows on standard output."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


class Progress:
    """One line on standard error that says how far the work is, gone when the work is done."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self.shown = ""

    def __enter__(self) -> Progress | None:
        return self if self.enabled else None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show the stage and the part done."""
        text = f"{stage} {done / total:4.0%}" if total else stage
        if text != self.shown:
            click.echo(f"\r\x1b[K{text} ", err=True, nl=False)
            self.shown = text

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)
