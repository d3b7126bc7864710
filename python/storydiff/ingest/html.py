"""The article on a web page."""

from __future__ import annotations

from typing import Any

from storydiff.ingest.records import Record, missing


def read_html(data: bytes | str, name: str) -> list[Record]:
    """The main text of a page and what the page says about it, found by trafilatura.

    A paragraph that stands on the page twice, as lead texts and captions do, is kept where it comes first.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise missing(name, "trafilatura", "html") from error

    page: Any = bare_extraction(data, include_comments=False, with_metadata=True)
    if page is None or not page.text:
        raise ValueError("no article was found on the page")
    text = _without_repeats(page.text)
    return [{"text": text, "title": page.title, "source": page.sitename, "url": page.url, "published": page.date}]


def _without_repeats(text: str) -> str:
    seen: set[str] = set()
    kept = []
    for paragraph in text.split("\n"):
        key = " ".join(paragraph.split())
        # Short ones stay: "Yes." may well be said twice.
        if key not in seen or key.count(" ") < 3:
            kept.append(paragraph)
            seen.add(key)
    return "\n".join(kept)
