"""From what people have (paths, strings, frames) to articles."""

from storydiff.read.files import Articles, ReadError, read_articles
from storydiff.read.objects import added_articles, as_articles, left_out, nothing_to_compare, wrong_language
from storydiff.read.sample import sample_articles

__all__ = [
    "Articles",
    "ReadError",
    "added_articles",
    "as_articles",
    "left_out",
    "nothing_to_compare",
    "read_articles",
    "sample_articles",
    "wrong_language",
]
