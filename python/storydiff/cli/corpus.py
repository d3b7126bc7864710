"""The commands for a corpus: `stories` and `compare-stories`."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storydiff.cli.console import (
    FILES_HELP,
    Failure,
    Progress,
    Reading,
    being_written,
    check_folder,
    language_option,
    standard_rows,
    tell_folders_below,
    warn,
    with_columns,
)  # fmt: skip
from storydiff.cli.listing import MOST, Entry, counting, most_of, print_entries, screen_width
from storydiff.views.contents import days_of, title_of
from storydiff.views.plain import printable, shorten
from storydiff.views.summary import plural

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.corpus.stories import Stories, Story

TABLES = ("mentions", "statements", "partials", "unique", "conflicts", "disputes", "quotes", "copies")
"""What `compare-stories` writes where no table is named: all but what is large, or of use to few."""
# Errors of files and lines that are told one by one.
_MOST_ERRORS = 3
# Stories named by their title.
_MOST_TITLES = 5


@click.command(
    cls=Reading,
    short_help="Group a corpus into stories.",
    help=f"""Group the articles of a corpus by the event they report.

On a terminal it lists the stories, the largest first: a title, the id, how many articles, and from when to when.
Elsewhere and into a file it writes a row an article: its id, the id of its story, how similar it is to the nearest
article of the story, and when it was published.

{FILES_HELP}

Rows without a sound text are set aside and counted.""",
    epilog="""\
\b
Examples:
  storydiff stories corpus/*.parquet -o stories.parquet
  storydiff stories corpus/*.parquet --with stories.parquet -o newer.parquet
  storydiff stories articles/ --format text -n 5
  storydiff stories articles/ --format csv | cut -d, -f2 | sort | uniq -c | sort -n | tail
""",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the rows here: .parquet, .csv or .jsonl.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    help="What to print: text is the list of stories, json (one object a line) and csv hold a row an article.  "
    "[default: text on a terminal, else csv]",
)
@counting(f"How many stories, the largest first.  [default: {MOST} as text, else all]")
@click.option(
    "--with",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Stories found earlier: new articles join them or start their own.",
)
@click.option("--window", type=click.FloatRange(0), help="Days beyond which articles are not compared.  [default: 365]")
@click.option(
    "--decay", type=click.FloatRange(0, min_open=True), help="Days after which a similarity has fallen to 1/e."
)
@click.option(
    "--min-similarity",
    type=click.FloatRange(0, 1, min_open=True),
    help="How similar the articles of a story must be on average.  [default: 0.3]",
)
@click.option(
    "--scorer",
    type=click.Choice(["news", "cosine"]),
    default="news",
    show_default=True,
    help="What tells how similar two articles are: a model of the news, or TF-IDF alone.",
)
@click.option("--threads", type=click.IntRange(1), help="Threads to use; by default one per core.")
@with_columns
@click.option("--color/--no-color", default=None, help="Colours or none; by default on a terminal only.")
@click.option("-q", "--quiet", is_flag=True, help="No closing line.")
def stories(
    files: tuple[str, ...], columns: dict[str, str], output: Path | None, form: str | None, number: int | None,
    everything: bool, earlier: Path | None, threads: int | None, color: bool | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """``storydiff stories``."""
    import storydiff
    from storydiff.corpus import files as corpus

    if output is not None:
        _check_ending(output, form)
    check_folder(output)
    found = storydiff.find_stories(
        _corpus(files, columns, output=output),
        stories=None if earlier is None else corpus.read_stories(earlier),
        errors="collect",
        n_threads=threads,
        **options,
    )
    form = form or ("text" if output is None and sys.stdout.isatty() else "csv")
    largest = sorted(found.stories, key=lambda story: (-story.n_articles, story.id))
    most = most_of(number, everything, form)
    kept = largest[:most]
    if output is None and form == "text":
        print_entries([_story(each) for each in kept], len(found), color)
    else:
        rows = found if most is None else _only(found, kept)
        if output is None:
            click.echo(corpus.as_text(rows, form), nl=False)
        else:
            corpus.write_stories(rows, output)
    if not quiet:
        n_articles, n_stories = plural(len(found.articles), "article"), plural(len(found), "story")
        n_single = sum(story.n_articles == 1 for story in found.stories)
        single = f", {n_single:,} of them of one article" if n_single else ""
        click.echo(f"{n_articles} in {n_stories}{single}; {len(found.failures)} set aside", err=True)
        if form != "text":
            _tell_widest([(story.id, story.articles) for story in found.stories])


def _check_ending(output: Path, form: str | None) -> None:
    """Raise where the ending says nothing, or something else than the option."""
    from storydiff.corpus.files import ENDINGS

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise click.BadParameter(
            f"cannot tell the format from {output.name!r}: end it in one of {' '.join(ENDINGS)}",
            param_hint="'--output'",
        )
    if form is not None and ending != {"csv": ".csv", "json": ".jsonl"}.get(form):
        raise click.BadParameter(
            f"{form!r} contradicts the ending of {output.name}; change one of them", param_hint="'--format'"
        )


def _only(found: Stories, kept: list[Story]) -> Stories:
    """The articles of these stories, in the order given."""
    from storydiff.corpus.stories import Stories

    ids = {story.id for story in kept}
    articles = [article for article in found.articles if found.story_of[article.id] in ids]
    story_of = {article.id: found.story_of[article.id] for article in articles}
    similarity_of = {id: found.similarity_of[id] for id in story_of}
    return Stories(articles, story_of, similarity_of, found.failures)


def _story(story: Story) -> Entry:
    days = " to ".join(days_of(story.articles)) or "no date known"
    return title_of(story.articles) or story.id, [f"{story.id}; {plural(story.n_articles, 'article')}; {days}"]


@click.command(
    "compare-stories",
    cls=Reading,
    short_help="Compare each story of a corpus.",
    help=f"""Compare each story of a corpus, and write one Parquet file a table.

A run that was stopped goes on where it was, and a later run does only what is new: a story whose articles and settings
are the same is not compared again. Needs storydiff[arrow].

{FILES_HELP}

What is set aside, and the stories that fail, are in errors.parquet.""",
    epilog="""\
\b
Examples:
  storydiff compare-stories corpus/*.parquet --stories stories.parquet -o out/ --jobs 2
  storydiff compare-stories articles/*.jsonl --stories stories.csv -o out/ --reports
  storydiff compare-stories corpus/*.parquet -o out/ --table links --table mentions
""",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    required=True,
    help="Write the tables here.",
)
@click.option(
    "--stories",
    "grouping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Which story an article belongs to, as `storydiff stories` writes it.",
)
@click.option(
    "--story",
    default="story",
    show_default=True,
    metavar="COLUMN",
    help="Where the story is in the articles' own files, without --stories.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help=f"A table to write, once for each.  [default: {', '.join(TABLES)}]",
)
@click.option("--reports", is_flag=True, help="Also write a report a story, and index.html, which lists them.")
@click.option(
    "--min-articles", type=click.IntRange(1), default=2, show_default=True, help="Smaller stories are left out."
)
@click.option("--max-articles", type=click.IntRange(1), default=200, show_default=True, help="Larger stories fail.")
@click.option("--max-seconds", type=click.FloatRange(0, min_open=True), help="Stories that take longer fail.")
@click.option(
    "-p",
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="How sure a link between two sentences must be.",
)
@language_option
@click.option("--encoder", type=click.Choice(["mpnet", "minilm", "static"]), help="As for compare.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Processes; by default one per core.")
@with_columns
@click.option("-q", "--quiet", is_flag=True, help="No progress and no closing line.")
def compare_stories(
    files: tuple[str, ...], columns: dict[str, str], output: Path, grouping: Path | None, story: str,
    tables: tuple[str, ...], reports: bool, min_articles: int, max_articles: int, max_seconds: float | None,
    jobs: int | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """``storydiff compare-stories``."""
    import_module("pyarrow")  # said to be missing before any work is done
    from storydiff.corpus import files as corpus
    from storydiff.corpus.comparing import Job, cores, doubts_of, grouped
    from storydiff.corpus.folder import compare_into
    from storydiff.read.rows import Columns
    from storydiff.write.tables import check_tables

    names = check_tables(tables or TABLES)
    given = story if grouping is None else corpus.read_stories(grouping)
    every, failures = grouped(_corpus(files, columns, (story,)), given, Columns(), "collect")
    members = [(id, articles) for id, articles in every if len(articles) >= min_articles]
    if not members:
        raise Failure(_why_none(failures, min_articles))
    for message in doubts_of(members, options["language"]):
        warnings.warn(message, UserWarning, stacklevel=1)
    job = Job({**options, "reranker": None}, names, max_articles, max_seconds, reports)
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        n_before, n_failed = compare_into(output, members, job, failures, n_jobs=jobs or cores(), progress=progress)
    if not quiet:
        told = f"{plural(len(members), 'story')}, {n_before} of them compared before; {n_failed} failed"
        if n_small := len(every) - len(members):
            small = "one article" if min_articles == 2 else f"fewer than {min_articles} articles"
            told += f"; {plural(n_small, 'story')} of {small} left out"
        where = f"the tables are in {output}" + (f", the reports in {output / 'index.html'}" if reports else "")
        click.echo(f"{told}; {plural(len(failures), 'article')} set aside; {where}", err=True)
        _tell_widest(members)


def _tell_widest(stories: Iterable[tuple[str, list[Article]]]) -> None:
    """Name the stories of most articles by the title of the first article that has one."""
    titled = [
        (len(articles), id, title)
        for id, articles in stories
        if len(articles) > 1 and (title := next((article.title for article in articles if article.title), None))
    ]
    for n, id, title in sorted(titled, key=lambda each: (-each[0], each[1]))[:_MOST_TITLES]:
        line = shorten(printable(f"{plural(n, 'article')} in {id}: {title}"), screen_width() - 2)
        click.echo(f"  {line}", err=True)


def _why_none(failures: list[Any], min_articles: int) -> str:
    """Why there is no story to compare."""
    if not failures:
        return f"no story has {plural(min_articles, 'article')} or more: nothing to compare, and nothing written"
    usual = Counter(failure.error for failure in failures).most_common(1)[0][0]
    example = next(failure for failure in failures if failure.error == usual)
    others = "" if len(failures) == 1 else ", for one"
    return f"every article is set aside; {example.id!r}{others}: {usual}"


def _corpus(
    files: tuple[str, ...], columns: dict[str, str], beside: tuple[str, ...] = (), output: Path | None = None
) -> list[Any]:
    """The rows behind the arguments, sound or not; a dash is standard input."""
    from storydiff.corpus.files import read_rows
    from storydiff.read import ReadError
    from storydiff.read.rows import Columns

    paths = [file for file in files if file != "-"]
    tell_folders_below(paths)
    rows = read_rows(paths, Columns(columns), beside, but=being_written(output))
    errors = [row for row in rows if isinstance(row, ReadError)]
    for error in errors[:_MOST_ERRORS]:
        warn(str(error))
    if len(errors) > _MOST_ERRORS:
        warn(f"{len(errors) - _MOST_ERRORS:,} more cannot be read")
    return rows + standard_rows(columns, beside) if "-" in files else rows
