"""The command line: `commands`, of which `listing` makes those that print one list, and what all need in `console`."""

from storydiff.cli.commands import main

__all__ = ["main"]
