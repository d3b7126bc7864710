"""What every command needs: reading its arguments, one line for an error or a warning, progress, JSON and CSV."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

import click

from storydiff.languages import checked, primary
from storydiff.read import ReadError
from storydiff.read.rows import FIELDS

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.read.rows import Columns, Row

Errors = Literal["raise", "skip"]
SKIP = "--errors skip"
INTERRUPTED = 130
NOTHING_TO_COMPARE = 1
FILES_HELP = """\
FILES are files, folders that hold some, or patterns such as 'stories/*.txt'. Text and Markdown (.txt, .md) and web
pages (.html, needs storydiff[html]) hold one article each; .json, .jsonl, .csv, .tsv, .parquet and .pq (needs
storydiff[arrow]) hold items with a "text" and, where known, "id", "title", "source", "url" and "published"; options
say where these have other names. A single dash reads standard input: such items in JSON or JSON Lines, or plain text,
which is one article."""


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
    """Ctrl-C ends it with one line and the status that shells expect of it; files without a command are told of it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            warn("stopped")
            raise click.exceptions.Exit(INTERRUPTED) from None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that the first argument names."""
        if self.get_command(ctx, args[0]) is None and Path(args[0]).exists():
            ctx.fail(f"{args[0]!r} is no command; storydiff compare {args[0]} ... compares files")
        return super().resolve_command(ctx, args)


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

    told: set[str] = set()

    def show(
        message: Warning | str, category: type[Warning], filename: str, lineno: int,
        file: TextIO | None = None, line: str | None = None,
    ) -> None:  # fmt: skip
        if (text := str(message)) not in told:
            told.add(text)
            warn(text.removeprefix("articles: "))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = show
        yield


def with_columns(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what the columns of data files are called; the command takes them as `columns`."""

    @wraps(command)
    def taking(**options: Any) -> None:
        named = {field: options.pop(f"{field}_column") for field in FIELDS}
        command(columns={field: name for field, name in named.items() if name is not None}, **options)

    wrapped: Callable[..., None] = taking
    for field in ("published", "url", "source", "title", "id", "text"):
        what = {"published": "dates", "url": "addresses"}.get(field, f"{field}s")
        wrapped = click.option(
            f"--{field}", f"{field}_column", metavar="COLUMN",
            help=f"The column or field of data files with the {what}.  [default: {field}]",
        )(wrapped)  # fmt: skip
    return wrapped


def language_option(command: Callable[..., None]) -> Callable[..., None]:
    """``--language``, which has to be one."""

    def known(context: click.Context, parameter: click.Parameter, value: str) -> str:
        try:
            return checked(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return click.option("-l", "--language", default="en", show_default=True, metavar="CODE", callback=known,
                        help="The articles' language, ISO 639-1.")(command)  # fmt: skip


def errors_option(command: Callable[..., None]) -> Callable[..., None]:
    """``--errors``: what to do about a file, or an item of one, that cannot be read."""
    return click.option("--errors", type=click.Choice(["raise", "skip"]), default="raise", show_default=True,
                        help="Stop at a file or an item that cannot be read, or leave it out and say so.",
                        )(command)  # fmt: skip


def read(files: tuple[str, ...], columns: dict[str, str], errors: Errors, output: Path | None = None) -> list[Article]:
    """The articles behind the arguments, in their order; a dash is standard input.

    Told are files named twice, which are read once, what is left out, and articles without a text. What will be written
    over is none of a folder's or a pattern's articles, and an error where it is named.
    """
    from storydiff.read import files as reading
    from storydiff.read.paths import TABLES, matching
    from storydiff.read.rows import Columns

    paths = [file for file in files if file != "-"]
    for path, times in Counter(paths).items():
        if times > 1:
            warn(f"{path} is named {times} times and read once")
        if output is not None and output.exists() and Path(path).is_file() and output.samefile(path):
            raise click.BadParameter(
                f"{path} is one of the articles, and would be written over", param_hint="'--output'"
            )
    tell_folders_below(paths)
    found = _files(paths, output)
    if columns and "-" not in files and not any(file.suffix.lower() in TABLES for file in found):
        option = next(iter(columns))
        hint = "; the heading of a report is --heading" if option == "title" else ""
        raise click.BadParameter(f"names a column, and none of the files has columns{hint}", param_hint=f"'--{option}'")
    try:
        kept, unread = reading.read_files(found, reading.Reading(Columns(columns), skip=SKIP), errors)
    except ReadError as error:
        raise Failure(str(error)) from error
    for each in unread:
        warnings.warn(f"left out {each.path}: {each.reason}", UserWarning, stacklevel=1)
    articles = [article for _, article in kept]
    if "-" in files:
        first = {file.absolute() for path in files[: files.index("-")] for file in matching(path)[0]}
        at = sum(file.absolute() in first for file, _ in kept)
        articles[at:at] = standard_input(columns, errors)
    for article in articles:
        if not article.text.strip():
            warn(f"article {article.id!r} is empty, and not counted")
    return articles


def _files(paths: list[str], output: Path | None) -> list[Path]:
    """The files behind the paths, without what storydiff wrote: a shell puts all that matches in a pattern's place."""
    from storydiff.read.paths import found_files
    from storydiff.read.reports import own_output

    found, _ = found_files(paths, but=being_written(output))
    own = {file: reason for file in found if (reason := own_output(file)) is not None}
    if len(own) < len(found):
        for file, reason in own.items():
            warn(f"left out {file}: {reason}")
        found = [file for file in found if file not in own]
    return found


def being_written(output: Path | None) -> list[os.stat_result]:
    """The plain files that take what the command writes: `output`, and the one that a shell put after ``>``."""
    found = [output.stat()] if output is not None and output.exists() else []
    with suppress(OSError, ValueError):  # closed, or no file at all
        found.append(os.fstat(sys.stdout.fileno()))
    return [file for file in found if stat.S_ISREG(file.st_mode)]


def tell_folders_below(paths: list[str]) -> None:
    """Say of a folder that it is read without those in it."""
    from storydiff.read.paths import folders_below

    for path in dict.fromkeys(paths):
        if Path(path).is_dir() and (below := folders_below(Path(path))):
            names = ", ".join(folder.name for folder in below[:3]) + ", …" * (len(below) > 3)
            warn(
                f"{path} is read without the folders in it ({names}); name them, or a pattern such as '{path}/**/*.txt'"
            )


def standard_input(columns: dict[str, str], errors: Errors = "raise") -> list[Article]:
    """The articles of standard input: items of JSON or JSON Lines, or one of plain text."""
    from storydiff.read.rows import Columns, row_article

    articles = []
    with _errors_of_standard_input():
        named = Columns(columns)
        rows = _rows_of_standard_input(named)
        for id, row in rows:
            try:
                articles.append(row_article(row, id, named))
            except ValueError as error:
                if errors == "raise" and len(rows) > 1:
                    raise ValueError(f"{error}; {SKIP} leaves it out") from error
                if errors == "raise":
                    raise
                warn(f"left out, of standard input, {error}")
    return articles


def standard_rows(columns: dict[str, str], beside: tuple[str, ...]) -> list[dict[str, Any]]:
    """The items of standard input under our names, with what stands in the columns `beside`."""
    from storydiff.read.rows import Columns

    with _errors_of_standard_input():
        named = Columns(columns)
        rows = []
        for id, row in _rows_of_standard_input(named):
            if isinstance(row.values, ValueError):
                raise ValueError(f"{row.where}: {row.values}")
            rows.append({"id": id, **named.fields(row.values, beside)})
        return rows


def _rows_of_standard_input(named: Columns) -> list[tuple[str, Row]]:
    from storydiff.read.decode import decode
    from storydiff.read.formats import read_json
    from storydiff.read.rows import Row

    text = decode(sys.stdin.buffer.read())
    if text.lstrip().startswith("{") or _is_json_list(text):
        return [(str(number), row) for number, row in enumerate(read_json(text, named), 1)]
    return [("stdin", Row("", {named.named("text"): text}))]


@contextmanager
def _errors_of_standard_input() -> Iterator[None]:
    try:
        yield
    except (TypeError, ValueError) as error:
        raise ValueError(f"standard input: {error}") from error


def _is_json_list(text: str) -> bool:
    if not text.lstrip().startswith("["):
        return False
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def check_folder(output: Path | None) -> None:
    """Raise before the work where its outcome could not be written after it."""
    if output is not None and not output.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))


def tell_limits(language: str) -> None:
    """Say what is not done in this language."""
    if primary(language) != "en":
        warn(
            f"read as {language!r}: only in English are figures, days and names held against each other, so what is "
            "shown as shared may differ in one, and no contradiction is told"
        )


def end(articles: list[Article]) -> None:
    """Leave with a status that says whether anything could be compared."""
    from storydiff.read import comparable

    if not comparable(articles):
        click.get_current_context().exit(NOTHING_TO_COMPARE)


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
