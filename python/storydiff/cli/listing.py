"""The commands that print one list of a comparison: what is disputed, said by one alone, copied, quoted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from storydiff.cli.console import (
    FILES_HELP,
    Errors,
    Progress,
    Reading,
    as_json,
    end,
    errors_option,
    language_option,
    print_csv,
    read,
    tell_limits,
    with_columns,
)  # fmt: skip
from storydiff.records import Copy, Dispute, Partial, Passage, Quote, Unique
from storydiff.views.names import values_of
from storydiff.views.plain import printable, wrap
from storydiff.views.summary import cited, how_sure, led_in, listed, names_of
from storydiff.write.json import short
from storydiff.write.tables import list_rows

if TYPE_CHECKING:
    from storydiff.comparison import Comparison

TONES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "all": {"fg": "bright_blue", "bold": True},
    "most": {"fg": "blue", "bold": True},
    "some": {"fg": "cyan"},
    "one": {"fg": "yellow", "bold": True},
    "dim": {"dim": True},
}
Entry = tuple[str, list[str]]
"""What is printed of one record: its text, and lines below."""
MOST = 20
"""Records that are printed to be read, where the user does not say how many."""


def judging(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that compares."""
    options: list[Callable[[Any], Any]] = [
        click.option("-p", "--min-probability", type=click.FloatRange(0, 1), default=0.5, show_default=True,
                     help="How sure a link between two sentences must be: higher shares less and errs less."),
        language_option,
        click.option("--encoder", type=click.Choice(["mpnet", "minilm", "static"]),
                     help="What compares words: minilm links better than static, which is many times faster; mpnet "
                     "finds a little more and takes longest.  [default: minilm up to 600 sentences]"),
        click.option("--threads", "n_threads", type=click.IntRange(1),
                     help="Threads to use; by default one per core."),
        click.option("--color/--no-color", default=None, help="Colours or none; by default on a terminal only."),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no closing line."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def compared(
    files: tuple[str, ...], columns: dict[str, str], errors: Errors, quiet: bool, **options: Any
) -> Comparison:
    """The articles behind the arguments, compared."""
    import storydiff

    articles = read(files, columns, errors)
    tell_limits(options["language"])
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        return storydiff.compare(articles, progress=progress, **options)


def styled(text: str, tone: str) -> str:
    """The text in the colour of its tone."""
    return click.style(text, **TONES[tone])


def coloured(color: bool | None) -> bool | None:
    """What `click.echo` is told of colours: by default, those of a terminal."""
    return False if color is None and os.environ.get("NO_COLOR") else color


def screen_width() -> int:
    """The columns of the terminal, within what reads well."""
    return min(shutil.get_terminal_size((88, 24)).columns, 100)


def _dispute(dispute: Dispute, names: dict[str, str]) -> Entry:
    said = [
        f"{told}: {listed([names[article.id] for article in value.articles])}"
        for value, told in zip(dispute.values, values_of(dispute), strict=True)
    ]
    return f"{dispute.what} ({dispute.kind}, {how_sure(dispute.probability)})", said


def _unique(span: Unique, names: dict[str, str]) -> Entry:
    return led_in(span), ["; ".join([names[span.article.id], how_sure(span.probability), *span.reasons])]


def _partial(partial: Partial, names: dict[str, str]) -> Entry:
    told = zip(partial.articles, partial.marked(), strict=True)
    head = f"{listed([names[article.id] for article in partial.articles])} ({how_sure(partial.probability)})"
    return head, [f"{names[article.id]}: {sentence}" for article, sentence in told]


def _passage(passage: Passage, names: dict[str, str]) -> Entry:
    return passage.text, [f"{listed([names[passage.left.id], names[passage.right.id]])}; {passage.n_words} words"]


def _copy(copy: Copy, names: dict[str, str]) -> Entry:
    left, right = cited(names[copy.left.id]), cited(names[copy.right.id])
    lines = [f"{copy.n_words} words: {copy.share_left:.0%} of {left}, {copy.share_right:.0%} of {right}"]
    if copy.direction is not None:
        lines.append(f"{left if copy.direction == 'left to right' else right} was published first")
    return f"{left} and {right}", lines


def _quote(quote: Quote, names: dict[str, str]) -> Entry:
    others = f"; also in {listed([names[article.id] for article in quote.others])}" if quote.others else ""
    where = f"in {cited(names[quote.article.id])}{others}"
    return f"“{quote.text}”", [f"{quote.speaker or 'no speaker named beside it'}; {where}"]


def counting(how_many: str) -> Callable[[Any], Any]:
    """The options that say how many to print."""

    def taking(command: Callable[..., None]) -> Callable[..., None]:
        every = click.option("-a", "--all", "everything", is_flag=True, help="Print all, however many.")
        return click.option("-n", "--number", type=click.IntRange(1), help=how_many)(every(command))

    return taking


def most_of(number: int | None, everything: bool, form: str) -> int | None:
    """How many to print: what the user says holds for every format; a program that reads json or csv wants all."""
    if everything:
        return None
    return MOST if number is None and form == "text" else number


def _command(
    name: str, kind: type, does: str, entry: Callable[[Any, dict[str, str]], Entry], *own: Callable[[Any], Any],
    sure: str = "",
) -> click.Command:  # fmt: skip
    """The command that prints what the method `name` of a comparison lists; `own` are the options of that method, and
    `sure` says of what its probability tells how sure it is."""

    @judging
    @with_columns
    @errors_option
    def command(
        files: tuple[str, ...], columns: dict[str, str], number: int | None, everything: bool, form: str,
        color: bool | None, **options: Any,
    ) -> None:  # fmt: skip
        given = {option: options.pop(option) for option in ("article", "min_words") if option in options}
        comparison = compared(files, columns, **options)
        names = names_of(comparison)
        if given.get("article") is not None and given["article"] not in names:  # its label will do, too
            called = {label: id for id, label in names.items()}
            given["article"] = called.get(given["article"], given["article"])
        try:
            found = getattr(comparison, name)(**given)
        except KeyError as error:
            raise click.BadParameter(str(error.args[0]), param_hint="'--article'") from error
        kept = found[: most_of(number, everything, form)]
        if form == "text":
            print_entries([entry(each, names) for each in kept], len(found), color)
        else:
            _print_table(*list_rows(kept, kind), form)
        end(comparison.articles)

    options = [
        click.argument("files", nargs=-1, required=True),
        *own,
        counting(f"How many to print.  [default: {MOST} as text, else all]"),
        click.option("-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
                     show_default=True, help="json (one object a line) and csv add the offsets."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    told = "\n\n".join(filter(None, [does, sure, FILES_HELP]))
    return click.command(name, cls=Reading, short_help=does, help=told)(command)


def _print_table(header: Iterable[str], rows: list[tuple[Any, ...]], form: str) -> None:
    names = tuple(header)
    if form == "csv":
        print_csv(names, [tuple(map(_cell, row)) for row in rows])
        return
    for row in rows:
        click.echo(as_json(dict(zip(names, map(_value, row), strict=True))))


def _value(value: Any) -> Any:
    """A value as JSON and CSV write it: 0.87, not the 0.8700000047683716 that is the same float32."""
    return short(value) if isinstance(value, float) else value


def _cell(value: Any) -> Any:
    """A value as a cell of CSV, which knows no lists: of stretches "12-19; 30-41"."""
    if isinstance(value, list):
        return "; ".join(each if isinstance(each, str) else "-".join(map(str, each.values())) for each in value)
    return _value(value)


def print_entries(entries: list[Entry], n: int, color: bool | None) -> None:
    """The entries, and how many of `n` they leave out."""
    lines = []
    for head, below in entries:
        lines += [styled(line, "title") for line in wrap(printable(head), screen_width())]
        lines += [f"  {line}" for each in below for line in wrap(printable(each), screen_width() - 2)]
    if n > len(entries):
        lines.append(styled(f"… and {n - len(entries):,} more; --all prints them", "dim"))
    if not n:
        lines.append("none found")
    for line in lines:
        click.echo(line, color=coloured(color))


COMMANDS = [
    _command("disputes", Dispute, "The facts that articles disagree on, and who says what.", _dispute,
             sure="The probability is that both values cannot be true of one thing."),
    _command("partials", Partial, "What articles share in part, sentence beside sentence.", _partial,
             sure="What the others repeat stands in brackets. The probability is that any two of the sentences make a "
             "common claim."),
    _command("unique", Unique, "What only one article says, the most telling first.", _unique,
             click.option("--article", metavar="NAME", help="Of this article alone, held against all others: "
                          "its id, or as it is called here."),
             sure="The probability is that no other article says it; below 0.5 another one probably does."),
    _command("passages", Passage, "What two articles have in common word for word, the longest first.", _passage,
             click.option("--min-words", type=click.IntRange(1), default=8, show_default=True,
                          help="Shorter ones are left out.")),
    _command("copies", Copy, "Which articles share text, and how much of it.", _copy),
    _command("quotes", Quote, "Who is quoted with what words, and who else has the quotation.", _quote),
]  # fmt: skip
