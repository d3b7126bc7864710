"""What users write, checked by mypy and pyright: the annotations of the public API must carry it."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

import storydiff


def widest(folder: Path) -> list[tuple[str, list[str]]]:
    articles: list[storydiff.Article] = storydiff.read_articles(folder)
    cmp = storydiff.compare(articles, min_probability=0.6, n_threads=1)
    return [(statement.text, [article.id for article in statement.articles]) for statement in cmp.shared()]


def from_texts(texts: dict[str, str]) -> npt.NDArray[np.float32]:
    cmp: storydiff.Comparison = storydiff.compare(texts)
    for link in cmp.links(min_probability=0.0):
        (left_start, left_end), (right_start, right_end) = link.spans[0]
        print(link.left.article.text[left_start:left_end], link.right.article.text[right_start:right_end])
        print(link.probability + 1.0, [str(reason) for reason in link.reasons])
    for unique in cmp.unique("wire"):
        print(unique.article.id, unique.text, unique.score + 1.0, ", ".join(unique.reasons))
    covered: npt.NDArray[np.bool_] = cmp.coverage
    print(covered.sum(axis=0), cmp.terms("wire", n=3)[0][0].upper())
    return cmp.similarity + cmp.containment


def bundled() -> list[str | None]:
    return [article.published for article in [*storydiff.sample_articles(), *storydiff.sample_articles("dam")]]


def from_list() -> int:
    cmp = storydiff.compare(["One article.", "Another article."])
    article = storydiff.Article("a", "text", title=None, source="Wire", url=None, published="2026-01-01")
    return cmp.statements[0].n_articles + len(cmp.rethreshold(0.9).sentences) + len(article.text)


def reranked(texts: list[str], model: storydiff.Reranker) -> list[storydiff.Comparison]:
    def longest(left: list[str], right: list[str]) -> list[float]:
        return [1.0 / (1 + abs(len(a) - len(b))) for a, b in zip(left, right, strict=True)]

    def halves(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
        return np.full(len(left), 0.5, dtype=np.float32)

    cmp = storydiff.compare(texts, reranker=longest)
    return [cmp, cmp.add("One more.", reranker=halves), storydiff.compare(texts, reranker=model)]


def words(text: str) -> list[str]:
    spans: list[storydiff.Span] = storydiff.split_sentences(text, language="en")
    return [text[span.start : span.end] for span in spans] + [token.text for token in storydiff.tokenize(text)]
