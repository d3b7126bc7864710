"""Whether data is a comparison: as `to_dict` gives it, by its schema, all names and offsets leading somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storydiff.write.json import FORMAT, VERSION, json_schema
from storydiff.write.schema import check

_SIDES = ("left", "right")


def check_comparison(data: Any) -> None:
    """Raise ValueError where data is no comparison; the message names the place."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"no storydiff comparison: expected an object with 'format': {FORMAT!r}")
    if data.get("version") != VERSION:
        raise ValueError(f"format version {data.get('version')!r} is unknown; this storydiff reads {VERSION}")
    schema = json_schema()
    try:
        check(data, schema, schema["$defs"])
        _References(data).check()
    except ValueError as error:
        raise ValueError(f"no sound storydiff comparison: {error}") from None


class _References:
    """What the parts of a comparison name: articles by id, sentences by position, and words by their offsets."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.texts: dict[str, str] = {}
        for at, article in enumerate(data["articles"]):
            if article["id"] in self.texts:
                raise ValueError(f"articles[{at}].id: {article['id']!r} is the id of an earlier article too")
            self.texts[article["id"]] = article["text"]

    def check(self) -> None:
        self.sentences()
        self.pairs()
        self.claims()
        for name in ("similarity", "containment"):
            if [len(row) for row in self.data[name]] != [len(self.texts)] * len(self.texts):
                raise ValueError(f"{name} must have a row and a column for each of {len(self.texts)} articles")
        self.each_once("terms", self.data["terms"], self.texts)

    def sentences(self) -> None:
        numbers = dict.fromkeys(self.texts, 0)
        for at, sentence in enumerate(self.data["sentences"]):
            self.words(f"sentences[{at}]", sentence["article"], sentence)
            self.numbered(f"sentences[{at}].index", sentence["index"], numbers[sentence["article"]])
            numbers[sentence["article"]] += 1

    def pairs(self) -> None:
        """What joins two sentences, or two articles."""
        for at, link in enumerate(self.data["links"]):
            sentences = [self.sentence(f"links[{at}].{side}", link[side]) for side in _SIDES]
            for number, spans in enumerate(link["spans"]):
                for sentence, span in zip(sentences, spans, strict=True):
                    self.within(f"links[{at}].spans[{number}]", sentence, *span)
        for at, conflict in enumerate(self.data["conflicts"]):
            for side in _SIDES:
                sentence = self.sentence(f"conflicts[{at}].{side}", conflict[side])
                self.within(f"conflicts[{at}].{side}_span", sentence, *conflict[f"{side}_span"])
        for at, passage in enumerate(self.data["passages"]):
            for side in _SIDES:
                self.known(f"passages[{at}].{side}", passage[side])
                self.span(f"passages[{at}].{side}_span", passage[side], *passage[f"{side}_span"])
        for at, copy in enumerate(self.data["copies"]):
            for side in _SIDES:
                self.known(f"copies[{at}].{side}", copy[side])

    def claims(self) -> None:
        """What is said by several articles, by one, or by somebody."""
        for at, dispute in enumerate(self.data["disputes"]):
            for number, value in enumerate(dispute["values"]):
                self.mentions(f"disputes[{at}].values[{number}]", value)
        for at, statement in enumerate(self.data["statements"]):
            self.numbered(f"statements[{at}].id", statement["id"], at)
            self.mentions(f"statements[{at}]", statement)
            for number, other in enumerate(statement.get("perhaps", ())):
                self.known(f"statements[{at}].perhaps[{number}]", other)
        for at, partial in enumerate(self.data.get("partials", ())):
            for number, said in enumerate(partial["sentences"]):
                where = f"partials[{at}].sentences[{number}]"
                sentence = self.sentence(f"{where}.sentence", said["sentence"])
                for start, end in said["spans"]:
                    self.within(f"{where}.spans", sentence, start, end)
        for at, span in enumerate(self.data["unique"]):
            self.words(f"unique[{at}]", span["article"], span)
            if span.get("antecedent"):
                self.words(f"unique[{at}].antecedent", span["article"], span["antecedent"])
        for at, quote in enumerate(self.data["quotes"]):
            self.words(f"quotes[{at}]", quote["article"], quote)
            sentence = self.sentence(f"quotes[{at}].sentence", quote["sentence"])
            self.same(f"quotes[{at}].sentence", sentence["article"], quote["article"])
            for number, other in enumerate(quote["others"]):
                self.known(f"quotes[{at}].others[{number}]", other)

    def mentions(self, place: str, holder: dict[str, Any]) -> None:
        """Of a statement, whose mentions name their article and words, or of one value of a dispute."""
        found = []
        for at, mention in enumerate(holder["mentions"]):
            where = f"{place}.mentions[{at}]"
            sentence = self.sentence(f"{where}.sentence", mention["sentence"])
            article = sentence["article"]
            self.same(f"{where}.article", mention.get("article", article), article)
            self.words(where, article, mention)
            self.within(where, sentence, mention["start"], mention["end"])
            found.append(article)
        self.each_once(f"{place}.articles", holder["articles"], found)

    def words(self, place: str, article: str, spanned: dict[str, Any]) -> None:
        """A span of an article that exists, and the words that stand there, where they are given."""
        self.known(f"{place}.article", article)
        start, end = spanned["start"], spanned["end"]
        self.span(place, article, start, end)
        if spanned.get("text", self.texts[article][start:end]) != self.texts[article][start:end]:
            raise ValueError(f"{place}.text is not what stands in article {article!r} from {start} to {end}")

    def span(self, place: str, article: str, start: int, end: int) -> None:
        n = len(self.texts[article])
        if not start <= end <= n:
            raise ValueError(f"{place}: {start} to {end} is no span of article {article!r}, which has {n} characters")

    def within(self, place: str, sentence: dict[str, Any], start: int, end: int) -> None:
        if not sentence["start"] <= start <= end <= sentence["end"]:
            raise ValueError(
                f"{place}: {start} to {end} is no span of its sentence, {sentence['start']} to {sentence['end']} of "
                f"article {sentence['article']!r}"
            )

    def sentence(self, place: str, at: int) -> dict[str, Any]:
        """The sentence in that position."""
        sentences: list[dict[str, Any]] = self.data["sentences"]
        if at >= len(sentences):
            raise ValueError(f"{place}: there is no sentence {at} among {len(sentences)}, counted from 0")
        return sentences[at]

    def numbered(self, place: str, number: int, expected: int) -> None:
        if number != expected:
            raise ValueError(f"{place} must be {expected}, got {number}")

    def known(self, place: str, article: str) -> None:
        if article not in self.texts:
            raise ValueError(f"{place}: there is no article {article!r}")

    def same(self, place: str, one: str, other: str) -> None:
        if one != other:
            raise ValueError(f"{place} leads to article {one!r}, and the rest to {other!r}")

    def each_once(self, place: str, given: Iterable[str], expected: Iterable[str]) -> None:
        if sorted(given) != sorted(set(expected)):
            raise ValueError(f"{place} must name {', '.join(map(repr, dict.fromkeys(expected)))}, each once")
