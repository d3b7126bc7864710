"""Threads, processes and Ctrl-C."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import numpy as np
import pytest
from sizes import FULL

import storydiff
from storydiff import Article

# In Python 3.12 and later, a fork with threads running warns; that it works here is what is tested.
pytestmark = [pytest.mark.alone, pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")]


def outcome(cmp: storydiff.Comparison) -> list[object]:
    """Everything a comparison found, by id of article, to compare with another."""
    at = sorted(range(len(cmp)), key=lambda position: cmp.articles[position].id)
    links = [(link.left.start, link.right.start, link.probability, link.spans) for link in cmp.links(0.0)]
    statements = [
        (s.text, sorted((m.article.id, m.start, m.end, m.probability) for m in s.mentions)) for s in cmp.statements
    ]
    unique = [(u.article.id, u.start, u.end, u.score, u.reasons) for u in cmp.unique()]
    terms = [cmp.terms(cmp.articles[position]) for position in at]
    matrices = [matrix[np.ix_(at, at)].tobytes() for matrix in (cmp.similarity, cmp.containment)]
    return [links, statements, unique, terms, *matrices, cmp.coverage[:, at].tobytes()]


@pytest.fixture(scope="module")
def as_ever(brief: list[Article]) -> list[object]:
    """What is found in the beginnings of three articles."""
    return outcome(storydiff.compare(brief[:3]))


@pytest.mark.parametrize("n_threads", [1, 2, 8])
def test_the_number_of_threads_changes_nothing(brief: list[Article], as_ever: list[object], n_threads: int) -> None:
    assert outcome(storydiff.compare(brief[:3], n_threads=n_threads)) == as_ever


def test_the_order_of_the_articles_changes_nothing(brief: list[Article], as_ever: list[object]) -> None:
    assert outcome(storydiff.compare(brief[2::-1])) == as_ever


@pytest.mark.parametrize("n_threads", [0, -1, 100_000, 2**70])
def test_an_impossible_number_of_threads_is_an_error(sample: list[Article], n_threads: int) -> None:
    with pytest.raises(ValueError, match=f"n_threads must be a whole number from 1 to 1024, got {n_threads}"):
        storydiff.compare(sample, n_threads=n_threads)


def test_the_variable_sets_the_threads(sample: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYDIFF_NUM_THREADS", "1")
    storydiff.compare(sample[:2], encoder="static")
    for nonsense in ("many", "-1", "1.5", "9" * 30):
        monkeypatch.setenv("STORYDIFF_NUM_THREADS", nonsense)
        expected = f"STORYDIFF_NUM_THREADS must be a whole number from 0 to 1024, got {nonsense}"
        with pytest.raises(ValueError, match=expected):
            storydiff.compare(sample)


def test_many_python_threads_agree(brief: list[Article]) -> None:
    two = brief[:2]
    expected = outcome(storydiff.compare(two))
    with ThreadPoolExecutor(5) as threads:
        counts = [None, 1, 1, 2, 3]
        comparisons = threads.map(lambda n_threads: storydiff.compare(two, n_threads=n_threads), counts)
        assert all(outcome(cmp) == expected for cmp in comparisons)


def forked(sample: list[Article], encoder: Literal["static"] | None = None) -> int:
    """The exit code of a forked child that compares: 0 if it did, minus a signal if it had to be ended."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        os._exit(0 if storydiff.compare(sample, encoder=encoder).statements else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_compares(brief: list[Article]) -> None:
    storydiff.compare(brief[:2])
    assert forked(brief[:2]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_forked_while_threads_work_compares(sample: list[Article]) -> None:
    stop = threading.Event()

    def work(n_threads: int) -> None:
        while not stop.is_set():
            storydiff.compare(sample, encoder="static", n_threads=n_threads)

    workers = [threading.Thread(target=work, args=(n,)) for n in (1, 2)]
    for worker in workers:
        worker.start()
    try:
        assert [forked(sample[:2], "static") for _ in range(5)] == [0] * 5
    finally:
        stop.set()
        for worker in workers:
            worker.join()


def test_the_lock_of_python_is_free_while_rust_works() -> None:
    texts = [" ".join(f"Ship {i} struck pier {j} on day {i * j % 31}." for i in range(20)) for j in range(4)]
    ticks = 0
    done = threading.Event()

    def work() -> None:
        storydiff.compare(texts, n_threads=1)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.wait(0.01):
        ticks += 1
    worker.join()
    assert ticks > 3, "no other thread ran while articles were compared"


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_stops_within_a_second() -> None:
    """Counted in time of the processor, which other work on the machine does not change."""
    code = """
        import os, random, signal, storydiff, threading, time
        signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may ignore it
        random.seed(1)
        words = [f"word{i}" for i in range(20_000)]
        story = [random.choices(words, k=20) for _ in range(400)]
        def retold(sentence):
            changed = [random.choice(words) if random.random() < 0.3 else word for word in sentence]
            return " ".join(changed).capitalize() + "."
        texts = [" ".join(map(retold, story)) for _ in range(8)]
        sent, timers = [], []
        def interrupt():
            sent.append(time.process_time())
            os.kill(os.getpid(), signal.SIGINT)
        def progress(stage, done, total):
            if stage == "linking" and not timers:
                timers.append(threading.Timer(0.1, interrupt))
                timers[0].start()
        try:
            storydiff.compare(texts, n_threads=1, progress=progress)
        except KeyboardInterrupt:
            print(time.process_time() - sent[0])
        else:
            print("finished")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, check=True, text=True)
    assert float(done.stdout) < 1.5


def test_signals_are_looked_at_all_the_time() -> None:
    """At each call of `progress`, which no stage leaves out for long; counted in time of the processor."""
    times = [time.process_time()]
    texts = [
        f"The bridge over the river closed on Monday after ship {n} struck it. It cost ${n}.5m."
        for n in range(3000 if FULL else 1000)
    ]
    cmp = storydiff.compare(texts, n_threads=1, progress=lambda *_: times.append(time.process_time()))
    assert cmp.statements
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) < 1.0
