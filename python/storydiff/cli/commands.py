"""The command line: one function per command."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import webbrowser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from storydiff.cli import listing
from storydiff.cli.console import (
    FILES_HELP,
    Program,
    Progress,
    Reading,
    as_json,
    print_csv,
    read,
    standard_input,
    warn,
)
from storydiff.cli.listing import coloured, judging, screen_width, styled
from storydiff.views.summary import plural

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison

FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".markdown": "md", ".txt": "text"}
MAIN_HELP = """\
A diff for stories: what several articles share, word for word or in other words, and what only one of them says.

\b
Try it now on the bundled story of a ship and a bridge:
  storydiff sample

\b
Then on your own articles, one plain-text file each:
  storydiff compare articles/*.txt
  storydiff compare articles/*.txt -o report.html

Each command explains itself: storydiff compare --help
"""
MAIN_EPILOG = """\
\b
Exit status:
  0  done
  1  the input could not be read or compared; the message says why
  2  the command line was not understood
  130  stopped by Ctrl-C

\b
Environment:
  STORYDIFF_NUM_THREADS  threads to use; by default one per core
  NO_COLOR               set to anything: no colours
"""
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Program, context_settings=CONTEXT, help=MAIN_HELP, epilog=MAIN_EPILOG)
@click.version_option(package_name="storydiff", message="storydiff %(version)s")
def main() -> None:
    """Entry point of ``storydiff`` and ``python -m storydiff``."""
    for stream in (sys.stdout, sys.stderr):
        # Articles hold any character; a terminal that cannot show one gets a stand-in, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def comparing(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that write a report."""
    options = [
        click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                     help="Write the result here; the ending says what: .html .json .md .txt."),
        click.option("-f", "--format", "form", type=click.Choice(["text", "html", "json", "md"]),
                     help="What to write, whatever the ending.  [default: text]"),
        click.option("--open", "show", is_flag=True, help="Write an HTML report and open it in the browser."),
        click.option("--reranker", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
                     help="A cross-encoder of yours that looks at the links again."),
        click.option("-t", "--title", help="The heading of an HTML report."),
        click.option("-n", "--most", type=click.IntRange(1), default=12, show_default=True,
                     help="Statements to print under each heading, and a quarter as many of the rest."),
        click.option("-a", "--all", "everything", is_flag=True, help="Print everything, however long."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return judging(command)


@main.command(
    cls=Reading,
    short_help="Compare articles on one story.",
    help=f"""Compare articles on one story.

Prints what all of them say, what most say, and what only one of them says; with -o writes a report instead.

{FILES_HELP}""",
    epilog="""\
\b
Examples:
  storydiff compare articles/*.txt
  storydiff compare articles/ -o report.html
  storydiff compare wire.txt paper.txt --min-probability 0.8
  storydiff compare articles/*.txt --format json | jq '.statements[].text'
  cat story.jsonl | storydiff compare - -o report.html
""",
)
@click.argument("files", nargs=-1, required=True)
@comparing
def compare(files: tuple[str, ...], **options: Any) -> None:
    """``storydiff compare``."""
    _compare(read(files), **options)


@main.command(
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
        _compare(sample_articles(story), **options)
        return
    to.mkdir(parents=True, exist_ok=True)
    with sample_folder(story) as folder:
        written = [shutil.copyfile(file, to / file.name) for file in folder.iterdir() if file.is_file()]
    click.echo(f"{len(written)} articles written to {to}")


@main.command(cls=Reading, short_help="The words that set each article apart.", help=f"""\
Print the words that set each article apart from the others, by TF-IDF.

{FILES_HELP}""")  # fmt: skip
@click.argument("files", nargs=-1, required=True)
@click.option("-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="Terms for each article.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("-l", "--language", default="en", show_default=True, metavar="CODE", help="ISO 639-1.")
def terms(files: tuple[str, ...], number: int, form: str, language: str) -> None:
    """``storydiff terms``."""
    import storydiff
    from storydiff.views.names import names_of
    from storydiff.views.plain import printable, wrap

    comparison = storydiff.compare(read(files), language=language, encoder="static")
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


@main.command(cls=Reading, short_help="Split articles into sentences.", help=f"""\
Print the sentences of each article, one a line.

{FILES_HELP}""")  # fmt: skip
@click.argument("files", nargs=-1, required=True)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="json (one object a line) and csv add the article and the offsets.")  # fmt: skip
@click.option("-l", "--language", default="en", show_default=True, metavar="CODE", help="ISO 639-1.")
def split(files: tuple[str, ...], form: str, language: str) -> None:
    """``storydiff split``."""
    from storydiff import split_sentences
    from storydiff.views.plain import printable

    rows = [
        (article.id, start, end, article.text[start:end])
        for article in read(files)
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


@main.command(
    cls=Reading,
    short_help="Group a corpus into stories.",
    help=f"""Group the articles of a corpus by the event they report.

Writes a row an article: its id, the id of its story, how similar it is to the nearest article of the story, and when it
was published.

{FILES_HELP}

Rows without a sound text are set aside and counted.""",
    epilog="""\
\b
Examples:
  storydiff stories corpus/*.parquet -o stories.parquet
  storydiff stories corpus/*.parquet --with stories.parquet -o newer.parquet
  storydiff stories articles/ | cut -d, -f2 | sort | uniq -c | sort -n | tail
""",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the rows here: .parquet, .csv or .jsonl.  [default: print CSV]",
)
@click.option(
    "--with",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Stories found earlier: new articles join them or start their own.",
)
@click.option("--published", default="published", show_default=True, metavar="COLUMN", help="Where the date is.")
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
@click.option("-q", "--quiet", is_flag=True, help="No closing line.")
def stories(
    files: tuple[str, ...], output: Path | None, earlier: Path | None, published: str, threads: int | None,
    quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """``storydiff stories``."""
    import storydiff
    from storydiff.corpus import files as corpus

    found = storydiff.find_stories(
        _corpus(files, (published,)),
        published=published,
        stories=None if earlier is None else corpus.read_stories(earlier),
        errors="collect",
        n_threads=threads,
        **options,
    )
    if output is None:
        click.echo(corpus.as_text(found, "csv"), nl=False)
    else:
        corpus.write_stories(found, output)
    if not quiet:
        n_articles, n_stories = plural(len(found.articles), "article"), _n_stories(len(found))
        click.echo(f"{n_articles} in {n_stories}; {len(found.failures)} set aside", err=True)


@main.command(
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
    help="A table to write, once for each.  [default: mentions, statements, unique, conflicts]",
)
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
@click.option("-l", "--language", default="en", show_default=True, metavar="CODE", help="ISO 639-1.")
@click.option("--encoder", type=click.Choice(["minilm", "static"]), help="As for compare.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Processes; by default one per core.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no closing line.")
def compare_stories(
    files: tuple[str, ...], output: Path, grouping: Path | None, story: str, tables: tuple[str, ...],
    min_articles: int, max_articles: int, max_seconds: float | None, jobs: int | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """``storydiff compare-stories``."""
    from storydiff.corpus import files as corpus
    from storydiff.corpus.comparing import Job, cores, grouped
    from storydiff.corpus.folder import compare_into
    from storydiff.write.tables import check_tables

    names = check_tables(tables or ("mentions", "statements", "unique", "conflicts"))
    given = story if grouping is None else corpus.read_stories(grouping)
    members, failures = grouped(_corpus(files, (story,)), given, "published", "collect", min_articles)
    job = Job({**options, "reranker": None}, names, max_articles, max_seconds)
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        n_before, n_failed = compare_into(output, members, job, failures, n_jobs=jobs or cores(), progress=progress)
    if failures and not members:
        usual = Counter(failure.error for failure in failures).most_common(1)[0][0]
        example = next(failure for failure in failures if failure.error == usual)
        warn(f"every article is set aside; {example.id!r}, for one: {usual}")
    if not quiet:
        told = f"{_n_stories(len(members))}, {n_before} of them compared before; {n_failed} failed"
        click.echo(f"{told}; {plural(len(failures), 'article')} set aside; the tables are in {output}", err=True)


def _n_stories(n: int) -> str:
    return "1 story" if n == 1 else f"{n:,} stories"


def _corpus(files: tuple[str, ...], columns: tuple[str, ...]) -> list[Any]:
    """The rows behind the arguments; a dash is standard input."""
    from storydiff.corpus.files import read_rows

    rows = read_rows([file for file in files if file != "-"], columns)
    return rows + standard_input() if "-" in files else rows


@main.command(short_help="Print the script that completes commands in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes storydiff's commands and options in SHELL.

    \b
    bash:  storydiff completion bash >> ~/.bashrc
    zsh:   storydiff completion zsh >> ~/.zshrc
    fish:  storydiff completion fish > ~/.config/fish/completions/storydiff.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(main, {}, "storydiff", "_STORYDIFF_COMPLETE").source())


def _compare(
    articles: list[Article],
    *,
    output: Path | None,
    form: str | None,
    show: bool,
    reranker: Path | None,
    title: str | None,
    most: int,
    everything: bool,
    color: bool | None,
    quiet: bool,
    **options: Any,
) -> None:
    import storydiff

    if show and form not in (None, "html"):
        raise click.BadParameter(f"opens an HTML report, not {form}", param_hint="'--open'")
    if show and output is None:
        output = Path(tempfile.mkdtemp(prefix="storydiff-")) / "report.html"
    if form is None and output is not None:
        form = FORMATS.get(output.suffix.lower())
        if form is None:
            endings = " ".join(FORMATS)
            raise click.BadParameter(
                f"cannot tell the format from {output.name!r}: end it in one of {endings}, or give --format",
                param_hint="'--output'",
            )
        if show and form != "html":
            raise click.BadParameter(f"opens an HTML report, and {output.name} is none", param_hint="'--open'")
    with Progress(enabled=not quiet and sys.stderr.isatty()) as progress:
        comparison = storydiff.compare(
            articles,
            reranker=None if reranker is None else storydiff.Reranker.load(reranker),
            progress=progress,
            **options,
        )
    limit = None if everything else most
    if output is None:
        _print(comparison, form or "text", title, limit, color)
        return
    output.write_text(_rendered(comparison, form or "text", title, limit), encoding="utf-8", newline="")
    if show and not webbrowser.open(output.absolute().as_uri()):
        warn(f"no browser was found; open {output} yourself")
    elif not quiet:
        click.echo(f"{len(articles)} articles compared; the report is in {output}", err=True)


def _print(comparison: Comparison, form: str, title: str | None, most: int | None, color: bool | None) -> None:
    if form != "text":
        click.echo(_rendered(comparison, form, title, most).rstrip("\n"))
        return
    text = _plain(comparison, most, width=screen_width(), style=styled)
    click.echo(text, nl=False, color=coloured(color))


def _rendered(comparison: Comparison, form: str, title: str | None, most: int | None) -> str:
    if form == "html":
        return comparison.to_html(title=title)
    if form == "json":
        return comparison.to_json(indent=1) + "\n"
    if form == "md":
        return comparison.to_markdown()
    return _plain(comparison, most)


def _plain(comparison: Comparison, most: int | None, **options: Any) -> str:
    """As text; of what is no statement a quarter as many are listed as of those, or everything."""
    from storydiff.views.plain import render

    if most is None:
        return render(comparison, most=sys.maxsize, each=sys.maxsize, **options)
    return render(comparison, most=most, each=max(1, most // 4), **options)


for command in listing.COMMANDS:
    main.add_command(command)
