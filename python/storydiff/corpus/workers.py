"""Worker processes that compare stories.

Programs of their own, not copies of the caller's: a script needs no ``if __name__ == "__main__"``, a notebook works, no
thread is forked. One that dies takes the story it works on with it, and another takes its place. Tasks and outcomes
travel by pickle through pipes that nobody else holds.
"""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any

_LENGTH = struct.Struct("<Q")
# What a worker runs: the caller's paths first, so that it imports what the caller imports.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from storydiff.corpus.workers import serve; serve()"
# Tasks handed out ahead of the outcome that is next in order: enough that a long one holds nobody up.
_AHEAD = 8


class WorkerDiedError(RuntimeError):
    """A worker process ended before its task did."""


def run(function: Callable[[Any], Any], tasks: Iterable[Any], n_jobs: int) -> Iterator[Any]:
    """``map(function, tasks)``, in order, by `n_jobs` processes; the outcome of a lost task is an error."""
    if n_jobs == 1:
        yield from map(function, tasks)
        return
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker() for _ in range(n_jobs)]
    for worker in workers:
        idle.put(worker)

    def one(task: Any) -> Any:
        worker = idle.get()
        try:
            return worker.ask((function, task))
        except WorkerDiedError as error:
            return error
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(n_jobs) as threads:
        waiting: list[Future[Any]] = []
        try:
            for task in tasks:
                waiting.append(threads.submit(one, task))
                if len(waiting) >= _AHEAD * n_jobs:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()
            for worker in workers:
                worker.end()


class _Worker:
    """One process; started at its first task, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: Any) -> Any:
        """What the process makes of a task."""
        packed = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        if self._process is None:
            program = _PROGRAM.format(path=sys.path)
            self._process = subprocess.Popen(
                [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            _write(process.stdin, packed)
            found = _read(process.stdout)
        except OSError:
            found = None
        if found is None:
            self.end()
            raise WorkerDiedError(f"the process ended with status {process.returncode}, perhaps for want of memory")
        good, value = pickle.loads(found)
        if not good:
            raise value
        return value

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                with suppress(OSError):
                    stream.close()
            process.wait()


def serve() -> None:
    """What a worker does: tasks from standard input, outcomes to standard output, until there are no more."""
    import os

    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a task prints must not get between the outcomes
    while (packed := _read(source)) is not None:
        try:
            outcome = (True, _done(packed))
        except Exception as error:  # the caller's own callables may raise anything
            outcome = (False, error)
        try:
            found = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            found = pickle.dumps((False, RuntimeError(f"{outcome[1]!r} cannot be pickled: {error}")))
        _write(target, found)


def _done(packed: bytes) -> Any:
    """The outcome of a task."""
    try:
        function, task = pickle.loads(packed)
    except Exception as error:
        raise TypeError(
            f"what other processes work with, a reranker say, must be defined in a module that they can import, not in "
            f"a script or notebook, or be used with n_jobs=1; got {type(error).__name__}: {error}"
        ) from error
    return function(task)


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
