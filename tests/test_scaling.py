"""Text made to be slow is not: four times the input takes about four times the time, where a square takes sixteen.

It is time of the processor that is measured, of one thread, and there is a factor of two to both sides: other work on
the machine changes nothing. Large stories have more than 300 sentences, from which on their pairs are bounded.
"""

import gc
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from sizes import FULL

import storydiff

pick = random.Random(1)
WORDS = ["".join(pick.choices("abcdefghijklmnop", k=pick.randint(3, 9))) for _ in range(3000)]


def sentences(n: int, seed: int = 1, n_words: int = len(WORDS)) -> list[str]:
    pick = random.Random(seed)
    return [" ".join(pick.choices(WORDS[:n_words], k=12)).capitalize() + "." for _ in range(n)]


STORIES: dict[str, tuple[int, Callable[[int], list[str]]]] = {
    "one line": (400, lambda n: [" ".join(sentences(n, seed, 300)) for seed in (1, 2)]),
    "no full stop": (40_000, lambda n: ["word " * n, "word " * n + "other"]),
    "one sentence of clauses": (
        2000,
        lambda n: ["and it closed the bridge, " * n, "and it closed the bridge, " * n + "x"],
    ),
    "a sentence that others quote": (
        1000,
        lambda n: [", and ".join(s[:-1] for s in sentences(n)), "\n\n".join(sentences(n))],
    ),
    "lines that repeat": (5000, lambda n: ["The bridge closed on Monday.\n" * n] * 2),
    "furniture": (5000, lambda n: ["It closed. It was shut. Nobody was hurt.\n\n" * 3 + "Read more\n\n" * n]),
    "labels": (2000, lambda n: ["".join(f"The bridge closed {i}.\n\nA label {i}\n\n" for i in range(n))]),
    "copies": (500, lambda n: ["Breaking: the bridge closed."] * n),
    "tiny articles": (500, sentences),
    "articles of one pattern": (
        800,
        lambda n: [f"The bridge over the river closed on Monday after ship {i} struck it." for i in range(n)],
    ),
    "an article in many copies": (10, lambda n: [" ".join(sentences(40))] * n),
    "one word": (40_000, lambda n: ["buffalo " * n, "Buffalo. " * n]),
    "names": (2000, lambda n: [" ".join(pick.choices(WORDS, k=n)).title() for _ in range(2)]),
    "numbers": (10_000, lambda n: [" ".join(map(str, range(n))), " ".join(map(str, range(1, n)))]),
    "figures": (200, lambda n: [" ".join(f"It cost ${i}.{j} million." for i in range(n)) for j in (5, 6)]),
    "quotes": (20_000, lambda n: ["“a” " * n, "word” " * n, '"a" " ' * n]),
    "brackets": (20_000, lambda n: ["(a " * n + ")" * n, "[b] " * n, "(" * n]),
    "one long word": (50_000, lambda n: ["a" * n, "a" * n + "b"]),
    "marks": (50_000, lambda n: ["Z" + "\u0335" * n, "e\u0301" * n]),
    "dots and dashes": (20_000, lambda n: ["a. " * n, ". . " * n, "— " * n, "-" * n]),
    "line ends": (20_000, lambda n: ["a\n\n" * n, "\n" * n + "b", "\r" * n]),
}

TEXTS: dict[str, str] = {
    "a word": "buffalo ",
    "a sentence": "The bridge closed on Monday. ",
    "a letter": "a",
    "a mark": "\u0301",
    "a sign": "\U0001f468\u200d",
    "an address": "http://a.b/c?",
    "an ellipsis": "... ",
    "a quotation mark": "“",
    "a figure": "1,000.",
    "an initial": "A. ",
    "a line": "a\n",
    "a character of Chinese": "桥",
}

FUNCTIONS: dict[str, tuple[int, Callable[[str], object]]] = {
    "split_sentences": (100_000, storydiff.split_sentences),
    "tokenize": (100_000, storydiff.tokenize),
    "CountVectorizer": (
        100_000,
        lambda text: storydiff.CountVectorizer(token_pattern=r"(?u)\b\w+\b").fit([text, "a b"]),
    ),
    "characters": (
        50_000,
        lambda text: storydiff.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit([text, "ab"]),
    ),
    "Encoder": (100_000, lambda text: storydiff.Encoder("static").encode([text])),
    "score_pairs": (50_000, lambda text: storydiff.score_pairs([text], [text + "x"])),
}


def seconds(call: Callable[[Any], object], given: object) -> float:
    gc.collect()
    gc.disable()  # its cost depends on what else there is
    start = time.process_time()
    call(given)
    taken = time.process_time() - start
    gc.enable()
    return taken


def check(call: Callable[[Any], object], small: object, large: object) -> None:
    for _ in range(3):
        call(small)  # what is made at first use, and what other work has pushed out of the caches
        few, many = seconds(call, small), seconds(call, large)
        if many < 8 * few + 0.02:
            return
    pytest.fail(f"{few:.3f} s, and {many:.3f} s for four times as much")


@pytest.mark.parametrize("name", STORIES)
def test_comparing_takes_no_square(name: str) -> None:
    n, story = STORIES[name]
    n = n if FULL else n // (8 if n > 2000 else 4)
    check(lambda texts: storydiff.compare(texts, n_threads=1, encoder="static"), story(n), story(4 * n))


def test_what_reads_by_default_takes_no_square() -> None:
    def story(n: int) -> list[str]:
        return [" ".join(sentences(n)), " ".join(sentences(n)[::-1])]

    check(lambda texts: storydiff.compare(texts, n_threads=1), story(8), story(32))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("unit", TEXTS)
def test_functions_take_no_square(name: str, unit: str) -> None:
    n_characters, call = FUNCTIONS[name]
    n_characters = n_characters if FULL else n_characters // 8
    text = TEXTS[unit] * (n_characters // len(TEXTS[unit]))
    check(call, text, text * 4)
