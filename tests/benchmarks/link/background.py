"""Write src/link/background.txt: how common each stem is in news prose, as numbers.

    python tests/benchmarks/link/background.py EVAL_FOLDER

EVAL_FOLDER holds `score.py` and `prose/`. A line of the table is a level (sentences in a million that hold the stem)
and the stems on it; `^` marks a stem mostly written with a capital.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from pathlib import Path

from storydiff import _storydiff, split_sentences

ROOT = Path(__file__).resolve().parents[3]
SETS = ["prose/reuters21578", "prose/bbc", "prose/fnc1_bodies", "prose/abc2006"]
N_DOCUMENTS = 5000
MIN_COUNT = 7
LEVELS_PER_E = 4
HEAD = (
    '# A level (sentences of English news in a million) and the stems that so many hold; "^": mostly written with a '
    "capital. Counted by\n# tests/benchmarks/link/background.py.\n"
)


def main(folder: str) -> None:
    sys.path.insert(0, folder)
    from score import read

    seen, capital = Counter(), Counter()
    n_sentences = 0
    for name in SETS:
        rows = read(name)
        random.Random(0).shuffle(rows)
        for row in rows[:N_DOCUMENTS]:
            text = row["text"]
            for start, end in split_sentences(text):
                n_sentences += 1
                stems = dict(_storydiff.stems(text[start:end]))
                seen.update(stems.keys())
                capital.update(stem for stem, is_name in stems.items() if is_name)
    levels: dict[int, list[str]] = {}
    for stem, count in seen.items():
        plain = stem.isascii() and stem.replace("'", "").replace(".", "").isalpha()
        if count >= MIN_COUNT and plain:
            level = round(math.log(count / n_sentences * 1e6) * LEVELS_PER_E)
            levels.setdefault(level, []).append("^" * (capital[stem] * 2 > count) + stem)
    lines = [f"{math.exp(level / LEVELS_PER_E):.4g} {' '.join(sorted(levels[level]))}" for level in sorted(levels)]
    table = ROOT / "src/link/background.txt"
    table.write_text(HEAD + "\n".join(lines) + "\n", encoding="ascii")
    print(f"{sum(map(len, levels.values()))} stems of {n_sentences} sentences, {table.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
