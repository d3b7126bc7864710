"""A comparison read back from its data, in place of the compiled one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.article import Article, as_tuple
from storydiff.write.json_check import check_comparison

_LONGEST_PATH = 1024


class JsonCore:
    """Answers as the compiled comparison did when `to_dict` wrote it down; positions stand for ids again."""

    def __init__(self, data: dict[str, Any]) -> None:
        check_comparison(data)
        self._data = data
        self._position = {article["id"]: at for at, article in enumerate(data["articles"])}

    def data(self) -> dict[str, Any]:
        """As `to_dict` gave it."""
        return self._data

    def articles(self) -> list[Article]:
        """The articles with their texts."""
        return [Article(**article) for article in self._data["articles"]]

    def article_ids(self) -> list[str]:
        """In order."""
        return list(self._position)

    @property
    def min_probability(self) -> float:
        """Of the statements."""
        return float(self._data["min_probability"])

    def sentences(self) -> list[Any]:
        """``(article, index, start, end, kind)``"""
        return [
            (self._position[s["article"]], s["index"], s["start"], s["end"], s["kind"]) for s in self._data["sentences"]
        ]

    def links(self, min_probability: float) -> list[Any]:
        """``(left, right, probability, spans, reasons)``"""
        if np.float32(min_probability) < np.float32(self._data["links_from"]):
            raise ValueError(
                f"links were written from a probability of {self._data['links_from']} on, got {min_probability}; "
                "write more with to_json(min_probability=...)"
            )
        return [_link(link) for link in self._data["links"] if link["probability"] >= min_probability]

    def conflicts(self) -> list[Any]:
        """``(kind, what, left, right, left span, right span, probability)``"""
        return [
            (
                c["kind"],
                c["what"],
                c["left"],
                c["right"],
                tuple(c["left_span"]),
                tuple(c["right_span"]),
                c["probability"],
            )
            for c in self._data["conflicts"]
        ]

    def disputes(self) -> list[Any]:
        """``(kind, what, [[(sentence, start, end, probability)]])``"""
        return [
            (
                d["kind"],
                d["what"],
                [
                    [(m["sentence"], m["start"], m["end"], m["probability"]) for m in value["mentions"]]
                    for value in d["values"]
                ],
            )
            for d in self._data["disputes"]
        ]

    def passages(self, min_words: int) -> list[tuple[int, tuple[int, int], int, tuple[int, int], int]]:
        """``(left, left span, right, right span, words)``"""
        if min_words < self._data["passages_from"]:
            raise ValueError(f"passages were written from {self._data['passages_from']} words on, got {min_words}")
        at = self._position
        return [
            (at[p["left"]], tuple(p["left_span"]), at[p["right"]], tuple(p["right_span"]), p["n_words"])
            for p in self._data["passages"]
            if p["n_words"] >= min_words
        ]

    def statements(self) -> list[Any]:
        """``([(sentence, start, end, probability, entails)], text, origins, probability, perhaps, antecedent)``"""
        return [
            (
                [(m["sentence"], m["start"], m["end"], m["probability"], m.get("entails", 1.0)) for m in s["mentions"]],
                s["text"],
                s["n_origins"],
                s["probability"],
                [self._position[id] for id in s.get("perhaps", ())],
                s.get("antecedent_text"),
            )
            for s in self._data["statements"]
        ]

    def unique(self) -> list[Any]:
        """``(article, start, end, score, probability, reasons, (start, end) of what is read first)``"""

        def place(first: Any) -> tuple[int, int] | None:
            return first and (first["start"], first["end"])

        return [
            (
                self._position[u["article"]],
                u["start"],
                u["end"],
                u["score"],
                u["probability"],
                u["reasons"],
                place(u.get("antecedent")),
            )
            for u in self._data["unique"]
        ]

    def partials(self) -> list[Any]:
        """``([(sentence, spans)], probability)``"""
        return [
            (
                [(said["sentence"], [(start, end) for start, end in said["spans"]]) for said in p["sentences"]],
                p["probability"],
            )
            for p in self._data.get("partials", ())
        ]

    def copies(self) -> list[Any]:
        """``(left, right, share of the left, share of the right, words)``"""
        at = self._position
        return [
            (at[c["left"]], at[c["right"]], c["share_left"], c["share_right"], c["n_words"])
            for c in self._data["copies"]
        ]

    def quotes(self) -> list[Any]:
        """``(article, sentence, start, end, speaker, others)``"""
        at = self._position
        return [
            (at[q["article"]], q["sentence"], q["start"], q["end"], q["speaker"], [at[id] for id in q["others"]])
            for q in self._data["quotes"]
        ]

    def coverage(self) -> npt.NDArray[np.bool_]:
        """Statements x articles."""
        covered = np.zeros((len(self._data["statements"]), len(self._position)), dtype=np.bool_)
        for row, statement in enumerate(self._data["statements"]):
            covered[row, [self._position[id] for id in statement["articles"]]] = True
        return covered

    def likeness(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Similarity and containment."""
        n = len(self._position)
        similarity, containment = (
            np.array(self._data[name], dtype=np.float32).reshape(n, n) for name in ("similarity", "containment")
        )
        return similarity, containment

    def terms(self, article: int, n: int) -> list[tuple[str, float]]:
        """Those written down."""
        id = self._data["articles"][article]["id"]
        return [(term["term"], term["weight"]) for term in self._data["terms"][id][:n]]

    def add(
        self,
        articles: list[Any],
        *,
        reranker: _storydiff.Reranker | Callable[..., Any] | None = None,
        n_threads: int | None = None,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> _storydiff.Comparison:
        """All articles and more, compared afresh as they were when they were written down."""
        return _storydiff.compare(
            [*map(as_tuple, self.articles()), *articles],
            language=self.language,
            min_probability=self.min_probability,
            encoder=self.encoder,
            reranker=reranker,
            n_threads=n_threads,
            progress=progress,
        )

    @property
    def language(self) -> str:
        """Of the articles."""
        return str(self._data.get("language", "en"))

    @property
    def encoder(self) -> str | None:
        """The encoder asked for, None for the default."""
        return self._data.get("encoder")

    @property
    def reader(self) -> Any:
        """Which tier read the story."""
        return self._data.get("reader", "fast")

    def rethreshold(self, min_probability: float) -> JsonCore:
        """Only the compiled comparison can."""
        raise ValueError(
            "a comparison read from JSON cannot form statements anew; compare its articles again: "
            f"storydiff.compare(comparison.articles, min_probability={min_probability})"
        )


def _link(link: dict[str, Any]) -> Any:
    spans = [(tuple(left), tuple(right)) for left, right in link["spans"]]
    reasons = [(reason["relation"], reason["text"]) for reason in link["reasons"]]
    return link["left"], link["right"], link["probability"], spans, reasons


def from_json(text: str | bytes) -> JsonCore:
    """Read what `to_json` wrote."""
    if not isinstance(text, str | bytes):
        raise TypeError(f"text must be what to_json gave, as str or bytes, got {type(text).__name__}")
    try:
        return JsonCore(json.loads(text))
    except RecursionError as error:
        raise ValueError("no storydiff comparison: its JSON is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"no storydiff comparison: it is no text in UTF-8, from byte {error.start} on") from error
    except json.JSONDecodeError as error:
        if len(text) < _LONGEST_PATH and text.lstrip()[:1] not in ("{", b"{"):
            raise ValueError(
                f"no storydiff comparison: expected the text that to_json gave, got {text!r}; give a file's content"
            ) from error
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            n = f"{len(error.doc):,} characters"
            raise ValueError(f"no storydiff comparison: its JSON breaks off after {n}") from error
        where = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"no storydiff comparison: no sound JSON at {where}: {error.msg}") from error
