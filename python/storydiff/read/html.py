"""The article on a web page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from storydiff.read.rows import Row, missing

# A longer paragraph that stands on the page twice is a lead text or a caption; a shorter one may be a line of a list
# or a refrain.
_LONGEST_LINE = 12
# Where pages say when they were published, the most reliable first.
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date_published",
    "publish_date", "publish-date", "publishdate", "published_time", "pubdate", "parsely-pub-date", "sailthru.date",
    "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date",
)  # fmt: skip
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")


def read_html(data: bytes | str, name: str) -> list[Row]:
    """The main text of a page and what the page says about it, found by trafilatura."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.utils import load_html
    except ImportError as error:
        raise missing(name, "trafilatura", "html", error) from error

    tree: Any = load_html(data)
    published = None if tree is None else _published(tree)
    whole = "" if tree is None else _shown(tree)
    page: Any = bare_extraction(data, include_comments=False, with_metadata=True)
    if page is None or not page.text:
        raise ValueError("no article was found on the page")
    text = _without_repeats(page.text, whole)
    return [
        Row("", {"text": text, "title": page.title, "source": page.sitename, "url": page.url, "published": published})
    ]


def _shown(tree: Any) -> str:
    """The text of the page in one line, without its scripts and its head."""
    parts = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title", "noscript"):
            parts.append(element.text or "")
        parts.append(element.tail or "")
    return " ".join("".join(parts).split())


def _without_repeats(text: str, whole: str) -> str:
    """The text without what extraction, or the page's lead, says twice; what its content repeats stays."""
    seen: Counter[str] = Counter()
    kept = []
    for paragraph in text.split("\n"):
        key = " ".join(paragraph.split())
        n_words = key.count(" ") + 1
        # Extraction marks the lines of lists, and may give a small article twice.
        most = 1 if n_words > _LONGEST_LINE else max(1, whole.count(key.removeprefix("- ")))
        if not key or n_words < 4 or seen[key] < most:
            kept.append(paragraph)
        seen[key] += 1
    return "\n".join(kept)


def _published(tree: Any) -> str | None:
    """When the page says itself that it was published, with time and zone where it gives them; never a guess."""
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if (key := (meta.get(attribute) or "").strip().lower()) in _PUBLISHED:
                said.setdefault(key, meta.get("content") or "")
    for time in tree.iter("time"):
        if time.get("itemprop", "").lower() == "datepublished" or time.get("pubdate") is not None:
            said.setdefault("datepublished", time.get("datetime") or "")
    stated = [*(said[key] for key in _PUBLISHED if key in said), *_linked_data(tree)]
    return next((date for text in stated if (date := _date(text))), None)


def _linked_data(tree: Any) -> Iterator[str]:
    """The dates of publication in the page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting: list[Any] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value
            elif isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting += value["@graph"] if isinstance(value.get("@graph"), list) else []


def _date(text: str) -> str | None:
    """An ISO 8601 date as it stands, one of mail and HTTP as ISO 8601; None for anything else."""
    text = text.strip()
    if _ISO.fullmatch(text):
        return text
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError):
        return None
