"""A few words around those that count, so that a figure can be judged where it is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storydiff.views.summary import one_line

if TYPE_CHECKING:
    from storydiff.records import DisputedValue

BEFORE, AFTER = 48, 60
"""How many letters of the sentence are shown on both sides: with the value itself, two lines of a narrow column."""


def in_context(value: DisputedValue) -> tuple[str, str, str]:
    """What stands before a disputed value in its sentence, the value's words, and what stands after them.

    Of several places that of the wording by which the value is called.
    """
    mention = next((each for each in value.mentions if each.text == value.text), value.mentions[0])
    text, start = mention.sentence.text, mention.start - mention.sentence.start
    end = start + len(mention.text)
    return head(text[:start], BEFORE), one_line(text[start:end]), tail(text[end:], AFTER)


def head(text: str, most: int) -> str:
    """The end of a text in whole words, after dots where some is left out.

    >>> head("Two of the five were", 12), head("Five", 12)
    ('… five were', 'Five')
    """
    line = _spaced(text)
    if len(line) <= most:
        return line
    kept = line[len(line) - most :]
    return "… " + (kept.partition(" ")[2] or kept)


def tail(text: str, most: int) -> str:
    """The beginning of a text in whole words, before dots where some is left out.

    >>> tail(" were hurt, police said.", 12), tail(" hurt.", 12)
    (' were hurt…', ' hurt.')
    """
    line = _spaced(text)
    if len(line) <= most:
        return line
    kept = line[:most]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.–—-") + "…"


def _spaced(text: str) -> str:
    """The text on one line; a blank beside what it was cut from stays."""
    line = one_line(text)
    return " " * (text[:1].isspace()) + line + " " * (text[-1:].isspace() and bool(line))
