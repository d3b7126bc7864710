"""From what people have (paths, strings, frames) to articles."""

from storydiff.ingest.files import Articles, ReadError, read_articles
from storydiff.ingest.objects import as_articles
from storydiff.ingest.sample import sample_articles

__all__ = ["Articles", "ReadError", "as_articles", "read_articles", "sample_articles"]
