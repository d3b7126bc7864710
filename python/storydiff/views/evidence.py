"""How sure a claim of the report is, and why: the probability and the reasons behind each mention."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.views.summary import DOUBT, cited, enumerated, how_sure

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Link, Mention, Statement

Place = tuple[int, int]
"""A statement's id and the number of one of its mentions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a mention counts as one: the other article it was matched with, and what matches."""

    partner: str
    reasons: list[str]


def evidence(comparison: Comparison, statements: list[Statement]) -> dict[Place, Evidence]:
    """For each mention the most probable link that joins it to another one of its statement."""
    at_sentence: dict[tuple[str, int], list[tuple[int, int, Mention]]] = defaultdict(list)
    for statement in statements:
        for at, mention in enumerate(statement.mentions):
            at_sentence[mention.article.id, mention.sentence.index].append((statement.id, at, mention))
    found: dict[Place, Evidence] = {}
    fallback: dict[Place, Evidence] = {}
    for link in comparison.links():
        sides = [at_sentence.get((side.article.id, side.index)) for side in (link.left, link.right)]
        if not (sides[0] and sides[1]):
            continue
        for id, at, mention in sides[0]:
            for other_id, other_at, other in sides[1]:
                if id != other_id:
                    continue
                meets = _meets(link, 0, mention) and _meets(link, 1, other)
                for place, partner in (((id, at), other), ((id, other_at), mention)):
                    (found if meets else fallback).setdefault(place, _of(link, partner))
    return {**fallback, **found}


def _of(link: Link, partner: Mention) -> Evidence:
    return Evidence(partner.article.id, [reason.text for reason in link.reasons if reason.relation == "supports"])


def _meets(link: Link, side: int, mention: Mention) -> bool:
    return any(pair[side][0] < mention.end and mention.start < pair[side][1] for pair in link.spans)


STEPS = ((DOUBT, "under-7"), (0.9, "under-9"))
"""What a reader can ask for at least, and the class of what falls short of it."""


def short_of(probability: float) -> str:
    """The classes of what is less probable than a reader may ask for, with a blank before each.

    >>> short_of(0.95), short_of(0.8), short_of(0.5)
    ('', ' under-9', ' under-7 under-9')
    """
    return "".join(f" {name}" for least, name in STEPS if probability < least)


def doubts(statements: list[Statement], names: dict[str, str]) -> dict[int, str]:
    """What to tell of statements that some article asserts with little certainty, by the statement's id."""
    found = {}
    for statement in statements:
        surest: dict[str, float] = {}
        for mention in statement.mentions:
            surest[mention.article.id] = max(surest.get(mention.article.id, 0.0), mention.probability)
        doubted = {id: probability for id, probability in surest.items() if probability < DOUBT}
        if 0 < len(doubted) < len(surest):
            told = [f"{cited(names[id])} ({probability:.2f})" for id, probability in doubted.items()]
            found[statement.id] = f"less sure of {enumerated(told, 3)}"
        elif doubted or statement.probability < DOUBT:
            found[statement.id] = f"{how_sure(statement.probability)} that each of them says it"
    return found
