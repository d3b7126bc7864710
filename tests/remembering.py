"""`storydiff.compare` for tests of what is made of a comparison: a long story is compared once in a run of the tests.

At another `min_probability` statements are formed anew from what was found at the default. That this is what comparing
gives is seen to by the tests of `rethreshold`, which compare afresh. Tests may share a comparison, which cannot be
changed. Short stories, which may be warned of, are compared anew, as is what a model or a callable of the test reads.
"""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import storydiff


def remembering(folder: Path) -> Callable[..., storydiff.Comparison]:
    """`storydiff.compare` that keeps what it found, in this process and, as files in `folder`, for others."""
    compare, found = storydiff.compare, {}
    signature = inspect.signature(compare)
    usual = signature.parameters["min_probability"].default

    def remembered(*given: Any, **options: Any) -> storydiff.Comparison:
        call = signature.bind(*given, **options)
        call.apply_defaults()
        articles, at = call.arguments["articles"], call.arguments["min_probability"]
        call.arguments |= {"min_probability": usual, "progress": None, "n_threads": None}
        asked = {name: value for name, value in call.arguments.items() if name != "articles"}
        known = isinstance(articles, list) and all(isinstance(article, storydiff.Article) for article in articles)
        plain = all(isinstance(option, (str, int, float, tuple, type(None))) for option in asked.values())
        if not (known and plain) or sum(len(article.text) for article in articles) < 5000:
            return compare(*given, **options)
        told = repr(([astuple(article) for article in articles], asked))
        name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        if name not in found:
            found[name] = _kept(folder / name, lambda: compare(*call.args, **call.kwargs))
        return found[name] if at == usual else found[name].rethreshold(at)

    return remembered


def _kept(path: Path, make: Callable[[], storydiff.Comparison]) -> storydiff.Comparison:
    """What lies at the path, or is made and then put there, by one process while others wait."""
    import fcntl

    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return storydiff.load(path)
        made = make()
        made.save(path)
        return made
