"""How comparisons and their records show themselves in notebooks: HTML with its own style, no script, no network."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storydiff.views.markup import Mark, marked, without_formulas
from storydiff.views.names import labels_in, values_of
from storydiff.views.page import SHEETS, kind_of_story, rules, story, stylesheet, template, trusted
from storydiff.views.summary import led_in, listed, plural

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import (
        Conflict,
        Copy,
        Dispute,
        Link,
        Mention,
        Partial,
        Passage,
        Quote,
        Sentence,
        Statement,
        Unique,
    )

TITLES = {
    "glance": "At a glance",
    "sources": "Articles",
    "reader": "Side by side",
    "timeline": "Over time",
    "matrix": "Who says what",
    "words": "Quotes and copies",
    "pairs": "Two by two",
    "overlap": "Overlap",
    "terms": "Distinctive terms",
}
MOST_ROWS = 50

_shown = itertools.count(1)


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """HTML that a notebook shows; a console names the views in it. `missing` says of which there is nothing to see, and
    why, where they were asked for."""

    html: str
    names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<View: {'; '.join(filter(None, [', '.join(TITLES[name] for name in self.names), *self.missing]))}>"

    def _repr_html_(self) -> str:
        return self.html


def view(comparison: Comparison, names: tuple[str, ...] = (), *, asked: bool = True) -> View:
    """The named views of a comparison, by default all, the first open; of an empty one that was `asked` for, why."""
    for name in names:
        if name not in TITLES:
            raise ValueError(f"unknown view {name!r}; expected some of {', '.join(map(repr, TITLES))}")
    root = _fresh(comparison)
    told = story(comparison, prefix=f"{root}-", root=root)
    wanted = names or tuple(TITLES)
    lacking = {name: why for name in wanted if (why := _lacking(told, name))}
    present = [name for name in wanted if name not in lacking]
    missing = tuple(f"“{TITLES[name]}” is empty: {why}" for name, why in lacking.items() if asked and name in names)
    if not told.n:
        missing = ("nothing to see: there is no article",)
    style = stylesheet("base.css", "jupyter.css", *SHEETS[1:], "notebook.css") + rules(told)
    html = template("notebook.html").render(
        root=root,
        story=told,
        style=trusted(style),
        names=present,
        missing=missing,
        titles=TITLES,
        title=told.headline or kind_of_story(told.n),
    )
    return View(without_formulas(_live_links(html)), tuple(present), missing)


def _live_links(html: str) -> str:
    """The HTML without links to what the views chosen do not hold."""
    ids = set(re.findall(r' id="([^"]+)"', html))
    return re.sub(r' href="#([^"]+)"', lambda link: link[0] if link[1] in ids else "", html)


def _lacking(told: Any, name: str) -> str:
    """Why there is nothing to see in a view; nothing where there is."""
    if not told.n:
        return "there is no article"
    if name == "timeline" and told.timeline is None:
        return "it takes two articles that appeared at different times, and say when in `published`"
    if name == "words" and not (told.quoted or told.summary.passages):
        return "nobody is quoted, and no two articles have words in common"
    if name in ("matrix", "pairs", "overlap") and not told.rows:
        return "nothing is told as shared"
    return ""


def _fresh(comparison: Comparison) -> str:
    """An id that no other view has: two of one comparison may stand on a page, and pages may be put together."""
    digest = hashlib.sha256(repr(comparison.min_probability).encode())
    for article in comparison.articles:
        digest.update(f"{article.id}\0{article.text}\0".encode("utf-8", "replace"))
    return f"sd{digest.hexdigest()[:8]}n{next(_shown)}"


def record(value: object) -> str:
    """One record as HTML."""
    kind = _kind(value)
    if kind not in _CELLS:
        raise TypeError(f"no view of {kind}")
    return _CELLS[kind](value)


def _kind(value: object) -> str:
    """The name of its class, or of the one that it derives from: records import what shows them, not the reverse."""
    names = [base.__name__ for base in type(value).__mro__]
    return next((name for name in names if name in _TABLES), names[0])


def _article(value: Article) -> str:
    about = [value.id, value.title, value.source, value.published]
    return _render(heading=" · ".join(filter(None, about)), body=trusted(marked(value.text, [])))


def _sentence(value: Sentence) -> str:
    names = labels_in(value)
    return _render(heading=f"sentence {value.index + 1} of {names[value.article.id]}, {value.kind}", text=value.text)


def _statement(value: Statement) -> str:
    names = labels_in(value)
    columns, row = _TABLES["Mention"]
    return _render(
        heading=f"{plural(value.n_articles, 'article')}: {_listed(value.articles, names)}",
        text=led_in(value),
        columns=columns,
        rows=[row(mention, names) for mention in value.mentions],
    )


def _partial(value: Partial) -> str:
    names = labels_in(value)
    told = zip(value.sentences, value.spans, strict=True)
    return _render(
        heading=f"{plural(value.n_articles, 'article')} in part, probability {value.probability:.2f}",
        columns=["article", "sentence, what others repeat marked"],
        rows=[(names[sentence.article.id], _with_marks(sentence, spans)) for sentence, spans in told],
    )


def _link(value: Link) -> str:
    names = labels_in(value)
    rows = [(names[side.article.id], _side(value, at)) for at, side in enumerate((value.left, value.right))]
    reasons = [(reason.relation, reason.text) for reason in value.reasons]
    return _render(
        heading=f"same statement with probability {value.probability:.2f}",
        columns=["article", "sentence, what matches marked"],
        rows=[*rows, *reasons],
    )


def _conflict(value: Conflict) -> str:
    names = labels_in(value)
    return _render(
        heading=f"{value.kind}: {value}, probability {value.probability:.2f}",
        columns=["article", "sentence"],
        rows=[(names[side.article.id], side.text) for side in (value.left, value.right)],
    )


def _dispute(value: Dispute) -> str:
    names = labels_in(value)
    told = zip(value.values, values_of(value), strict=True)
    mentions = [(text, mention) for each, text in told for mention in each.mentions]
    n = plural(value.n_articles, "article")
    return _render(
        heading=f"{value.kind}: {value.what}, {n}, probability {value.probability:.2f}",
        columns=["value", "article", "sentence"],
        rows=[(text, names[mention.article.id], mention.sentence.text) for text, mention in mentions],
    )


def _unique(value: Unique) -> str:
    name = labels_in(value)[value.article.id]
    return _render(heading=f"only in {name}: {'; '.join(value.reasons)}", text=led_in(value))


def _mention(value: Mention) -> str:
    name = labels_in(value)[value.article.id]
    return _render(heading=f"{name}, probability {value.probability:.2f}", text=_in_sentence(value))


def _passage(value: Passage) -> str:
    names = labels_in(value)
    return _render(heading=f"{_listed([value.left, value.right], names)}, {value.n_words} words", text=value.text)


def _copy(value: Copy) -> str:
    columns, row = _TABLES["Copy"]
    names = labels_in(value)
    heading = f"{_listed([value.left, value.right], names)}: {value.n_words} words"
    return _render(heading=heading, columns=columns, rows=[row(value, names)])


def _quote(value: Quote) -> str:
    names = labels_in(value)
    also = f", also in {_listed(value.others, names)}" if value.others else ""
    return _render(heading=f"{value.speaker or 'quoted'}, in {_listed([value.article], names)}{also}", text=value.text)


def records(values: list[Any]) -> str:
    """A list of records of one kind as a table."""
    kind = _kind(values[0]) if values else ""
    columns, row = _TABLES[kind] if values else ([], None)
    shown = list(values[:MOST_ROWS])
    names = labels_in(shown)
    rows = [row(value, names) for value in shown] if row else []
    heading = plural(len(values), _NOUNS.get(kind, kind.lower())) if values else "nothing"
    return _render(heading=heading, columns=columns, rows=rows, more=max(0, len(values) - MOST_ROWS))


_Names = dict[str, str]
_Row = Callable[[Any, _Names], tuple[Any, ...]]
_NOUNS = {"Unique": "span", "Copy": "pair"}
_TABLES: dict[str, tuple[list[str], _Row]] = {
    "Article": (
        ["id", "title", "source", "published", "characters"],
        lambda a, names: (a.id, a.title or "", a.source or "", a.published or "", len(a.text)),
    ),
    "Sentence": (["article", "n", "kind", "text"], lambda s, names: (names[s.article.id], s.index, s.kind, s.text)),
    "Statement": (
        ["articles", "statement", "asserted by"],
        lambda s, names: (s.n_articles, led_in(s), _listed(s.articles, names)),
    ),
    "Partial": (
        ["articles", "probability", "sentences, what others repeat marked"],
        lambda p, names: (
            p.n_articles,
            float(p.probability),
            trusted(
                "<br>".join(
                    f"{_name(sentence.article, names)} {_with_marks(sentence, spans)}"
                    for sentence, spans in zip(p.sentences, p.spans, strict=True)
                )
            ),
        ),
    ),
    "Link": (
        ["probability", "left", "right", "why"],
        lambda k, names: (
            float(k.probability),
            trusted(f"{_name(k.left.article, names)} {_side(k, 0)}"),
            trusted(f"{_name(k.right.article, names)} {_side(k, 1)}"),
            "; ".join(reason.text for reason in k.reasons),
        ),
    ),
    "Conflict": (
        ["probability", "kind", "what", "left", "right"],
        lambda c, names: (
            float(c.probability),
            c.kind,
            str(c),
            f"{names[c.left.article.id]}: {c.left.text}",
            f"{names[c.right.article.id]}: {c.right.text}",
        ),
    ),
    "Dispute": (
        ["articles", "kind", "what", "said by"],
        lambda d, names: (
            d.n_articles,
            d.kind,
            str(d),
            "; ".join(f"{told}: {_listed(v.articles, names)}" for v, told in zip(d.values, values_of(d), strict=True)),
        ),
    ),
    "Mention": (
        ["article", "in its sentence", "probability"],
        lambda m, names: (names[m.article.id], _in_sentence(m), float(m.probability)),
    ),
    "Copy": (
        ["words", "left", "share of it", "right", "share of it", "direction"],
        lambda c, names: (
            c.n_words,
            names[c.left.id],
            float(c.share_left),
            names[c.right.id],
            float(c.share_right),
            c.direction or "not known",
        ),
    ),
    "Quote": (
        ["article", "speaker", "words", "also in"],
        lambda q, names: (names[q.article.id], q.speaker or "", q.text, _listed(q.others, names)),
    ),
    "Passage": (
        ["words", "left", "right", "text"],
        lambda p, names: (p.n_words, names[p.left.id], names[p.right.id], p.text),
    ),
    "Unique": (["article", "text", "why"], lambda u, names: (names[u.article.id], led_in(u), "; ".join(u.reasons))),
}


def _listed(articles: list[Article], names: _Names) -> str:
    return listed([names[article.id] for article in articles], 12)


_CELLS: dict[str, Callable[[Any], str]] = {
    "Article": _article,
    "Sentence": _sentence,
    "Statement": _statement,
    "Partial": _partial,
    "Link": _link,
    "Conflict": _conflict,
    "Dispute": _dispute,
    "Unique": _unique,
    "Mention": _mention,
    "Passage": _passage,
    "Copy": _copy,
    "Quote": _quote,
}


def _name(article: Article, names: _Names) -> str:
    return f'<b class="count">{marked(names[article.id], [])}</b>'


def _in_sentence(mention: Mention) -> Any:
    sentence = mention.sentence
    start, end = min(sentence.start, mention.start), max(sentence.end, mention.end)
    mark = Mark(mention.start - start, mention.end - start, "m most")
    return trusted(marked(mention.article.text[start:end], [mark]))


def _side(link: Link, side: int) -> Any:
    return _with_marks((link.left, link.right)[side], [pair[side] for pair in link.spans])


def _with_marks(sentence: Sentence, spans: list[tuple[int, int]]) -> Any:
    marks = [Mark(start - sentence.start, end - sentence.start, "m most") for start, end in spans]
    return trusted(marked(sentence.text, marks))


def _render(**values: Any) -> str:
    known = {"heading": "", "text": "", "body": "", "columns": [], "rows": [], "more": 0}
    style = trusted(stylesheet("base.css", "jupyter.css", "notebook.css"))
    return without_formulas(template("record.html").render(style=style, **{**known, **values}))
