"""The commands that need no story: `terms` and `split`."""

from __future__ import annotations

import sys

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
    with_columns,
)
from storydiff.cli.listing import screen_width


@click.command(cls=Reading, short_help="The words that set each article apart.", help=f"""\
Print the words that set each article apart from the others, by TF-IDF.

{FILES_HELP}""")  # fmt: skip
@click.argument("files", nargs=-1, required=True)
@click.option("-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="Terms for each article.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@language_option
@with_columns
@errors_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def terms(
    files: tuple[str, ...], columns: dict[str, str], errors: Errors, number: int, form: str, language: str, quiet: bool
) -> None:
    """``storydiff terms``."""
    import storydiff
    from storydiff.views.names import names_of
    from storydiff.views.plain import printable, wrap

    articles = read(files, columns, errors)
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        comparison = storydiff.compare(articles, language=language, encoder="static", progress=progress)
    found = {article.id: comparison.terms(article, number) for article in comparison.articles}
    if form == "json":
        listed = {id: [{"term": term, "weight": round(weight, 6)} for term, weight in row] for id, row in found.items()}
        click.echo(as_json(listed))
    elif form == "csv":
        rows = [(id, term, round(weight, 6)) for id, row in found.items() for term, weight in row]
        print_csv(("article", "term", "weight"), rows)
    else:
        width, names = screen_width(), names_of(comparison)
        for id, row in found.items():
            click.secho(printable(names[id]), bold=True)
            for line in wrap(printable(", ".join(term for term, _ in row)), width - 2):
                click.echo(f"  {line}")
    end(comparison.articles)


@click.command(cls=Reading, short_help="Split articles into sentences.", help=f"""\
Print the sentences of each article, one a line.

{FILES_HELP}""")  # fmt: skip
@click.argument("files", nargs=-1, required=True)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="json (one object a line) and csv add the article and the offsets.")  # fmt: skip
@language_option
@with_columns
@errors_option
@click.option(
    "-q", "--quiet", is_flag=True, expose_value=False, help="Accepted as by other commands; there is no progress."
)
def split(files: tuple[str, ...], columns: dict[str, str], errors: Errors, form: str, language: str) -> None:
    """``storydiff split``."""
    from storydiff import split_sentences
    from storydiff.views.plain import printable

    rows = [
        (article.id, start, end, article.text[start:end])
        for article in read(files, columns, errors)
        for start, end in split_sentences(article.text, language)
    ]
    if form == "csv":
        print_csv(("article", "start", "end", "text"), rows)
    elif form == "json":
        for id, start, end, text in rows:
            click.echo(as_json({"article": id, "start": start, "end": end, "text": text}))
    else:
        for *_, text in rows:
            click.echo(printable(text))
