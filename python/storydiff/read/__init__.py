"""From what people have (paths, strings, frames) to articles."""

from storydiff.read.errors import ReadError
from storydiff.read.files import Articles, read_articles
from storydiff.read.objects import added_articles, as_articles, comparable, doubts, left_out, no_dates, wrong_language
from storydiff.read.sample import sample_articles

__all__ = [
    "Articles",
    "ReadError",
    "added_articles",
    "as_articles",
    "comparable",
    "doubts",
    "left_out",
    "no_dates",
    "read_articles",
    "sample_articles",
    "wrong_language",
]
