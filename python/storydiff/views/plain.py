"""Text for terminals: wrapped to the width by display columns, safe to print whatever the articles hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from storydiff.text import well_formed
from storydiff.views.cards import PERHAPS
from storydiff.views.names import values_of
from storydiff.views.speaking import speaking
from storydiff.views.summary import (
    absent,
    how_sure,
    led_in,
    listed,
    names_of,
    nothing_shared,
    one_line,
    plural,
    summarize,
)

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Statement
    from storydiff.views.summary import Ranked

Style = Callable[[str, str], str]

SENTENCES = 3
"""So many lines of what is shared take the room of one entry of what is shared in part."""

# Control characters could move the cursor or recolour the terminal, bidirectional overrides reorder what follows.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def no_style(text: str, style: str) -> str:
    """The text as it is."""
    return text


def printable(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return one_line(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", well_formed(one_line(text))))


def columns(text: str) -> int:
    """How many terminal columns the text takes: wide characters two, combining marks none.

    >>> columns("Brücke"), columns("橋")
    (6, 2)
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def wrap(text: str, width: int) -> list[str]:
    """Break a line at spaces into lines of at most `width` columns, and of one at least; a longer word is cut."""
    width = max(width, 1)
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = columns(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > width:
            head = cut(word, width)
            lines.append(head)
            word = word[len(head) :]
            size = columns(word)
        line, used = word, size
    return [*lines, line] if line else lines


def cut(text: str, width: int) -> str:
    """The longest beginning, of one character at least, that fits into `width` columns."""
    used = 0
    for at, character in enumerate(text):
        used += columns(character)
        if used > width:
            return text[: max(at, 1)]
    return text


def shorten(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it takes more than `width` columns; the ellipsis alone if nothing fits."""
    if columns(text) <= width:
        return text
    head = cut(text, width - 1)
    return (head.rstrip() if columns(head) < width else "") + "…"


def render(comparison: Comparison, *, width: int = 88, style: Style = no_style, most: int = 12, each: int = 3) -> str:
    """The comparison as text.

    Parameters
    ----------
    comparison : Comparison
    width : int
        Columns to use.
    style : callable
        Given a text and its tone (``"title"``, ``"all"``, ``"most"``, ``"some"``, ``"one"`` or ``"dim"``), returns it
        dressed.
    most : int
        Statements to list under each heading.
    each : int
        Unique spans to list for each article.
    """
    return "\n".join(_lines(speaking(comparison), max(width, 24), style, most, each)) + "\n"


def _lines(comparison: Comparison, width: int, style: Style, most: int, each: int) -> Iterator[str]:
    articles = comparison.articles
    if not articles:
        yield "No articles to compare."
        return
    names = {id: printable(label) for id, label in names_of(comparison).items()}
    summary = summarize(comparison)
    n = len(articles)
    counts = [plural(n, "article"), plural(len(comparison.sentences), "sentence")]
    if n > 1:
        counts.append(f"{plural(len(summary.shared), 'statement')} shared")
    yield style(" · ".join(counts), "title")
    yield from (style(line, "dim") for line in wrap(listed(list(names.values()), 12), width))

    def bullet(text: str, mark: str, tone: str, note: str = "", *, beside: bool = False) -> Iterator[str]:
        """The text behind its mark, and the note below, or `beside` its last line where there is room."""
        indent = " " * (columns(mark) + 3)
        lines = wrap(printable(text), width - len(indent))
        notes = wrap(note, width - len(indent))
        fits = beside and lines and columns(lines[-1]) + columns(note) + 3 <= width - len(indent)
        for number, line in enumerate(lines, 1):
            behind = " " + style(f"({note})", "dim") if fits and number == len(lines) else ""
            yield (f"  {style(mark, tone)} " if number == 1 else indent) + line + behind
        yield from (indent + style(line, "dim") for line in notes if not fits)

    def statements(heading: str, found: list[Statement], tone: str) -> Iterator[str]:
        yield ""
        yield style(heading, tone)
        for statement in found[:most]:
            asserted = {article.id for article in statement.articles}
            missing = [name for id, name in names.items() if id not in asserted]
            mark = f"{statement.n_articles}/{n}" if missing else "•"
            present = [name for id, name in names.items() if id in asserted]
            likely = [names[article.id] for article in statement.perhaps]
            who = [absent(missing, likely)]
            if missing and len(present) <= len(missing):
                who = [listed(present), absent([], likely)]
            note = "; ".join(filter(None, [*who, how_sure(statement.probability)]))
            yield from bullet(led_in(statement), mark, tone, note, beside=not missing)
        if len(found) > most:
            yield style(f"  … and {len(found) - most:,} more", "dim")

    if n > 1:
        everyone = "BOTH SAY" if n == 2 else f"ALL {n} SAY"
        if summary.all:
            yield from statements(everyone, summary.all, "all")
        if summary.most:
            yield from statements(f"{summary.most_of(n).upper()} SAY", summary.most, "most")
        if summary.some:
            yield from statements("SOME SAY", summary.some, "some")
        if not summary.shared:
            yield ""
            yield from wrap(nothing_shared(comparison), width)
    if summary.partials:
        yield ""
        yield style("SHARED IN PART", "some")
        few = max(1, most // SENTENCES)
        for partial in summary.partials[:few]:
            yield from bullet(how_sure(partial.probability), f"{partial.n_articles}/{n}", "some")
            for article, sentence in zip(partial.articles, partial.marked(), strict=True):
                yield from _behind(f"{names[article.id]}: ", printable(sentence), 4, width)
        if len(summary.partials) > few:
            yield style(f"  … and {len(summary.partials) - few:,} more", "dim")
    if summary.disputes:
        yield ""
        yield style("WHERE THEY DIFFER", "one")
        for dispute in summary.disputes[:most]:
            yield from bullet(dispute.what, "≠", "one", how_sure(dispute.probability), beside=True)
            for value, told in zip(dispute.values, values_of(dispute), strict=True):
                who = listed([names[article.id] for article in value.articles])
                yield from _behind(f"{printable(told)}: ", printable(who), 4, width)
        if len(summary.disputes) > most:
            yield style(f"  … and {len(summary.disputes) - most:,} more", "dim")

    def spans(heading: str, found: dict[str, list[Ranked]]) -> Iterator[str]:
        yield ""
        yield style(heading, "one")
        for id, own in found.items():
            if not own:
                continue
            yield "  " + style(names[id], "title") + style(f"  {plural(len(own), 'span')}", "dim")
            for _, span in own[:each]:
                why = "; ".join([*span.reasons, how_sure(span.probability)]) if n > 1 else ""
                yield from bullet(led_in(span), "·", "one", printable(why))
            if len(own) > each:
                yield style(f"    … and {len(own) - each:,} more", "dim")

    if n == 1:
        yield from spans("IT SAYS", {id: list(enumerate(own)) for id, own in summary.only.items()})
        return
    if summary.n_alone:
        yield from spans("ONLY ONE SAYS", summary.alone)
    if summary.n_alone and summary.n_unclear > each:
        yield style(f"  … and {summary.n_unclear:,} more, {PERHAPS}", "dim")
    elif summary.n_unclear:
        yield from spans(PERHAPS.upper(), summary.unclear)
    if summary.passages:
        yield ""
        yield style("WORD FOR WORD", "title")
        for passage in summary.passages[:each]:
            pair = listed([names[passage.left.id], names[passage.right.id]])
            who = f"{pair}, {plural(passage.n_words, 'word')}"
            yield from bullet(shorten(printable(passage.text), 3 * (width - 4)), "=", "all", who)
        if len(summary.passages) > each:
            yield style(f"  … and {len(summary.passages) - each:,} more", "dim")
    if n > 2:
        yield from _alike(comparison, names, width, style)


def _behind(start: str, text: str, indent: int, width: int) -> Iterator[str]:
    """The text behind its start, its lines below each other; a long start leaves no room, and is wrapped with it."""
    before = indent + columns(start)
    if before <= width // 2:
        lines, hanging = wrap(text, width - before), before
    else:
        # The second line and those below stand two columns further in than the first.
        lines, hanging, start = wrap(start + text, width - indent - 2), indent + 2, ""
    for number, line in enumerate(lines):
        yield f"{' ' * indent}{start}{line}" if number == 0 else " " * hanging + line


def _alike(comparison: Comparison, names: dict[str, str], width: int, style: Style) -> Iterator[str]:
    similarity = comparison.similarity
    ids = list(names)
    pairs = [(float(similarity[i, j]), ids[i], ids[j]) for i in range(len(ids)) for j in range(i + 1, len(ids))]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    yield ""
    yield style("MOST ALIKE", "title")
    for value, left, right in pairs[:3]:
        yield f"  {value:4.0%}  " + shorten(listed([names[left], names[right]]), width - 8)
