"""Text into HTML, safely: every article is untrusted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from storydiff.text import well_formed

# HTML has no way to write these; a browser would drop or replace them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_LINE_END = re.compile("\r\n|\r|\n")


def clean(text: str) -> str:
    """The text with what HTML cannot hold replaced, one character for one."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", well_formed(text))


def escaped(text: str) -> str:
    """The text as HTML, for content and for quoted attributes.

    >>> escaped('<a href="x">')
    '&lt;a href=&quot;x&quot;&gt;'
    """
    return escape(clean(text))


def web_address(url: str | None) -> str | None:
    """The URL when it leads to the web; anything else, ``javascript:`` above all, never becomes a link."""
    return url if url and re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text to mark: code points `start` to `end`, dressed by `classes`, leading to `href`."""

    start: int
    end: int
    classes: str
    id: str | None = None
    href: str | None = None
    title: str | None = None


def marked(text: str, marks: list[Mark]) -> str:
    """The text as HTML with `marks` around its parts.

    Marks may overlap in any way. The text is cut wherever one begins or ends; a mark that would cross another is
    closed and opened again, so the elements always nest, and a shorter mark lies on a longer one. A mark's id stands
    on its first piece only. Links cannot nest in HTML: each piece leads where its innermost mark with an address leads.
    """
    starting: dict[int, list[Mark]] = defaultdict(list)
    cuts = {0, len(text)}
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            starting[mark.start].append(mark)
            cuts |= {mark.start, mark.end}
    out: list[str] = []
    opened: list[Mark] = []
    for start, end in pairwise(sorted(cuts)):
        keep = next((depth for depth, mark in enumerate(opened) if mark.end <= start), len(opened))
        reopened = [mark for mark in opened[keep:] if mark.end > start]
        out.append("</span>" * (len(opened) - keep))
        del opened[keep:]
        for mark in sorted(reopened + starting[start], key=lambda mark: (-mark.end, mark.start)):
            id = f' id="{escape(mark.id)}"' if mark.id and mark.start == start else ""
            out.append(f'<span class="{escape(mark.classes)}"{id}>')
            opened.append(mark)
        link = next((mark for mark in reversed(opened) if mark.href), None)
        # Line ends as elements: some exporters drop the empty lines of a page.
        piece = _LINE_END.sub("<br>", escaped(text[start:end]))
        if link:
            title = f' title="{escaped(link.title)}"' if link.title else ""
            piece = f'<a href="{escape(link.href or "")}"{title}>{piece}</a>'
        out.append(piece)
    out.append("</span>" * len(opened))
    return "".join(out)


# What starts or ends a formula where MathJax typesets the outputs of a notebook: "$31 a share, or $135 million".
_FORMULA = re.compile(r"[$\\]")
_PARTS = re.compile(r"(<style\b.*?</style>|<[^>]*>)", re.DOTALL)


def without_formulas(html: str) -> str:
    """The HTML with each dollar sign and backslash of its text in an element of its own; tags get entities.

    JupyterLab typesets what stands between two dollar signs of one piece of text, whatever classes ask it not to; it
    never looks for a formula across an element's border. Attributes hold no bare ones either, so that nothing that
    searches the source sees a formula.

    >>> without_formulas('<p title="$3">$31 or $135 million</p>')
    '<p title="&#36;3"><span>$</span>31 or <span>$</span>135 million</p>'
    """
    out = []
    for at, part in enumerate(_PARTS.split(html)):
        if at % 2 == 0:
            out.append(_FORMULA.sub(lambda found: f"<span>{found[0]}</span>", part))
        else:
            out.append(part if part.startswith("<style") else part.replace("$", "&#36;"))
    return "".join(out)
