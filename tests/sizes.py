"""How large tests are: a share of the cases in every run, all of them where ``STORYDIFF_TESTS`` is ``full``."""

import os

FULL = os.environ.get("STORYDIFF_TESTS") == "full"


def examples(n: int) -> int:
    """How many of `n` random cases to try."""
    return n if FULL else max(n // 4, 10)
