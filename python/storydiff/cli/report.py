"""The commands that write a report of one story: `compare` and `sample`."""

from __future__ import annotations

import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from storydiff.cli.console import (
    FILES_HELP,
    Errors,
    Progress,
    Reading,
    check_folder,
    end,
    errors_option,
    read,
    tell_limits,
    warn,
    with_columns,
)
from storydiff.cli.listing import coloured, judging, screen_width, styled
from storydiff.views.summary import plural
from storydiff.write.whole import write

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison

MOST = 12
"""Statements under each heading of text, where the user does not say how many."""
FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".markdown": "md", ".txt": "text"}


def comparing(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that write a report."""
    options = [
        click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                     help="Write the result here; the ending says what: .html .json .md .txt."),
        click.option("-f", "--format", "form", type=click.Choice(["text", "html", "json", "md"]),
                     help="What to print, or to write where the ending says nothing.  [default: text]"),
        click.option("--open", "show", is_flag=True, help="Write an HTML report and open it in the browser."),
        click.option("--reranker", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
                     help="A cross-encoder of yours that looks at the links again."),
        click.option("-t", "--heading", help="The heading of an HTML report."),
        click.option("-n", "--most", type=click.IntRange(1),
                     help="Statements to print under each heading, and a quarter as many of the rest; of text and "
                     f"Markdown.  [default: {MOST} as text, else all]"),
        click.option("-a", "--all", "everything", is_flag=True, help="Print everything, however long."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return judging(command)


@click.command(
    cls=Reading,
    short_help="Compare articles on one story.",
    help=f"""Compare articles on one story.

Prints what all of them say, what most say, and what only one of them says; with -o writes a report instead.

Under each heading the main news comes first: what most articles tell, and tell early, and surely say. So a line of
three articles may stand above one of four. The probability behind a line says how sure it is: that each of the articles
named says it, that both values of a difference cannot be true, or that nobody else says it. At 0.51 it is as likely as
not.

{FILES_HELP}""",
    epilog="""\
\b
Examples:
  storydiff compare articles/*.txt
  storydiff compare articles/ -o report.html
  storydiff compare wire.txt paper.txt --min-probability 0.8
  storydiff compare export.csv --text body --id key --published date
  storydiff compare articles/*.txt --format json | jq '.statements[].text'
  cat story.jsonl | storydiff compare - -o report.html
""",
)
@click.argument("files", nargs=-1, required=True)
@comparing
@with_columns
@errors_option
def compare(files: tuple[str, ...], columns: dict[str, str], errors: Errors, **options: Any) -> None:
    """``storydiff compare``."""
    form = _form(options.pop("form"), options["output"], options["show"])
    _compare(read(files, columns, errors, options["output"]), form=form, **options)


@click.command(
    cls=Reading,
    short_help="Try storydiff on a story it carries.",
    epilog="\b\nExamples:\n  storydiff sample\n  storydiff sample --story dam -o report.html\n"
    "  storydiff sample --to articles",
)
@click.option(
    "--story",
    type=click.Choice(["bridge", "dam"]),
    default="bridge",
    show_default=True,
    help="A ship struck a bridge: five newspapers of one night. A dam failed: six articles over two days.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the articles there as files, and compare nothing.",
)
@comparing
def sample(story: Literal["bridge", "dam"], to: Path | None, **options: Any) -> None:
    """Compare a bundled story. Its events, places, people and newspapers are invented."""
    from storydiff.read.sample import sample_articles, sample_folder

    if to is None:
        form = _form(options.pop("form"), options["output"], options["show"])
        _compare(sample_articles(story), form=form, **options)
        return
    to.mkdir(parents=True, exist_ok=True)
    with sample_folder(story) as folder:
        written = [shutil.copyfile(file, to / file.name) for file in folder.iterdir() if file.is_file()]
    click.echo(f"{len(written)} articles written to {to}")


def _form(form: str | None, output: Path | None, show: bool) -> str:
    """What to write: as the option or the ending says, which must not contradict each other."""
    ending = None if output is None else FORMATS.get(output.suffix.lower())
    if show:
        if form not in (None, "html"):
            raise click.BadParameter(f"opens an HTML report, not {form}", param_hint="'--open'")
        if output is not None and form is None and ending != "html":
            raise click.BadParameter(f"opens an HTML report, and {output.name} is none", param_hint="'--open'")
        form = "html"
    if output is None:
        return form or "text"
    if form is not None and ending not in (None, form):
        raise click.BadParameter(
            f"{form!r} contradicts the ending of {output.name}; change one of them", param_hint="'--format'"
        )
    if form is None and ending is None:
        raise click.BadParameter(
            f"cannot tell the format from {output.name!r}: end it in one of {' '.join(FORMATS)}, or give --format",
            param_hint="'--output'",
        )
    return form or str(ending)


def _compare(
    articles: list[Article],
    *,
    output: Path | None,
    form: str,
    show: bool,
    reranker: Path | None,
    heading: str | None,
    most: int | None,
    everything: bool,
    color: bool | None,
    quiet: bool,
    **options: Any,
) -> None:
    import storydiff

    check_folder(output)
    if show and output is None:
        output = Path(tempfile.mkdtemp(prefix="storydiff-")) / "report.html"
    tell_limits(options["language"])
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        comparison = storydiff.compare(
            articles,
            reranker=None if reranker is None else storydiff.Reranker.load(reranker),
            progress=progress,
            **options,
        )
    if most is not None and form in ("html", "json"):
        warn(f"-n is for text and Markdown; {form} holds everything")
    limit = None if everything else MOST if most is None and form == "text" else most
    if output is None:
        _print(comparison, form, heading, limit, color)
    else:
        write(_rendered(comparison, form, heading, limit).encode(), output)
        _tell(output, sum(bool(article.text.strip()) for article in articles), show, quiet)
    end(articles)


def _tell(output: Path, n: int, show: bool, quiet: bool) -> None:
    if show and not webbrowser.open(output.absolute().as_uri()):
        warn(f"no browser was found; open {output} yourself")
    elif not quiet:
        click.echo(f"{plural(n, 'article')} compared; the report is in {output}", err=True)


def _print(comparison: Comparison, form: str, heading: str | None, most: int | None, color: bool | None) -> None:
    if form != "text":
        click.echo(_rendered(comparison, form, heading, most).rstrip("\n"))
        return
    text = _plain(comparison, most, width=screen_width(), style=styled)
    click.echo(text, nl=False, color=coloured(color))


def _rendered(comparison: Comparison, form: str, heading: str | None, most: int | None) -> str:
    if form == "html":
        return comparison.to_html(title=heading)
    if form == "json":
        return comparison.to_json(indent=1) + "\n"
    if form == "md":
        from storydiff.views.markdown import render

        return render(comparison, **_limits(most))
    return _plain(comparison, most)


def _plain(comparison: Comparison, most: int | None, **options: Any) -> str:
    from storydiff.views.plain import render

    return render(comparison, **_limits(most), **options)


def _limits(most: int | None) -> dict[str, Any]:
    """Of what is no statement a quarter as many are listed as of those, or everything."""
    return {"most": sys.maxsize, "each": sys.maxsize} if most is None else {"most": most, "each": max(1, most // 4)}
