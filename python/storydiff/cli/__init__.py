"""The command line: `program` puts together the commands of `report`, `listing`, `words` and `corpus`.

What all of them need is in `console`.
"""

from storydiff.cli.program import main

__all__ = ["main"]
