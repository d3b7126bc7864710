"""From what people have (paths, strings, frames) to articles."""

from storydiff.ingest.files import Articles, ReadError, read_articles
from storydiff.ingest.objects import added_articles, as_articles, left_out, nothing_to_compare, wrong_language
from storydiff.ingest.sample import sample_articles

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
