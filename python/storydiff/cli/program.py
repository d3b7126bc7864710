"""The program: its help, and its commands."""

from __future__ import annotations

import io
import sys

import click

from storydiff.cli import corpus, listing, report, words
from storydiff.cli.console import Program

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
  1  the input could not be read, or holds nothing to compare; the message says why
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


for command in (
    report.compare, report.sample, words.terms, words.split, corpus.stories, corpus.compare_stories, *listing.COMMANDS
):  # fmt: skip
    main.add_command(command)
