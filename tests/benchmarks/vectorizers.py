"""TfidfVectorizer against scikit-learn's: time and peak memory of fit_transform, in turns, results compared.

    python tests/benchmarks/vectorizers.py PROSE.jsonl.gz... [--rounds 3] [--json OUT]

Each file holds one JSON object with a `text` per line. Every run is a process of its own; peak memory is the
growth of its resident set over the moment before fit_transform, read from the kernel's high-water mark.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

CASES = {
    "words": {},
    "words (1,2)": {"ngram_range": (1, 2)},
    "char_wb (3,5)": {"analyzer": "char_wb", "ngram_range": (3, 5)},
    "char (3,5)": {"analyzer": "char", "ngram_range": (3, 5)},
}


def read(paths: list[str]) -> list[str]:
    texts = []
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    return texts


def status(key: str) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) / 1024


def run(library: str, case: str, paths: list[str]) -> dict[str, float]:
    """One fit_transform in this process."""
    if library == "storydiff":
        from storydiff import TfidfVectorizer
    else:
        from sklearn.feature_extraction.text import TfidfVectorizer
    texts = read(paths)
    TfidfVectorizer(**CASES[case]).fit_transform(["warm up: tables, threads", "warm é"])
    Path("/proc/self/clear_refs").write_text("5")  # resets the high-water mark
    before = status("VmRSS")
    start = time.perf_counter()
    vectorizer = TfidfVectorizer(**CASES[case])
    X = vectorizer.fit_transform(texts)
    seconds = time.perf_counter() - start
    peak = status("VmHWM") - before
    start = time.perf_counter()
    vocabulary = vectorizer.vocabulary_
    asked = time.perf_counter() - start
    check = float(X.sum()) + sum(len(term) * (column % 97) for term, column in vocabulary.items())
    return {"seconds": seconds, "vocabulary": asked, "peak": peak, "nnz": X.nnz, "terms": X.shape[1], "check": check}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cases", nargs="*", default=list(CASES))
    parser.add_argument("--one", nargs=2, metavar=("LIBRARY", "CASE"))
    parser.add_argument("--json")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(run(*arguments.one, arguments.paths)))
        return
    results = {}
    for case in arguments.cases:
        runs: dict[str, list[dict[str, float]]] = {"sklearn": [], "storydiff": []}
        for _ in range(arguments.rounds):
            for library, done in runs.items():
                command = [sys.executable, __file__, *arguments.paths, "--one", library, case]
                output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                done.append(json.loads(output))
        for key in ("nnz", "terms"):
            assert len({run[key] for done in runs.values() for run in done}) == 1, f"{case}: {key} differs"
        checks = [run["check"] for done in runs.values() for run in done]
        assert max(checks) - min(checks) <= 1e-9 * max(checks), f"{case}: results differ"
        median = {
            library: {key: statistics.median(run[key] for run in done) for key in done[0]}
            for library, done in runs.items()
        }
        results[case] = median
        ours, other = median["storydiff"], median["sklearn"]
        print(
            f"{case:14} {other['seconds']:7.3f} s -> {ours['seconds']:6.3f} s"
            f"  {other['seconds'] / ours['seconds']:5.1f}x"
            f"  (vocabulary_ asked for: +{ours['vocabulary']:.3f} s)"
            f"   {other['peak']:6.1f} MB -> {ours['peak']:6.1f} MB  {ours['peak'] / other['peak']:.2f}"
            f"   {int(ours['terms'])} terms, {int(ours['nnz'])} values",
            flush=True,
        )
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
