"""Subword tokenizers in the Hugging Face format."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from storydiff import _storydiff
from storydiff._storydiff import Encoding
from storydiff.arguments import threads, whole
from storydiff.text import text_of, well_formed

__all__ = ["Encoding", "Tokenizer"]


class Tokenizer:
    """Turns texts into the subword tokens of a model, and back; reads, trains and writes ``tokenizer.json``.

    Made by `from_file`, `from_str` or `train`. An encoding has, each with one entry per token, ``ids``, ``tokens``,
    ``offsets`` (start and end in code points of the text as given), ``word_ids``, ``type_ids``, ``sequence_ids``,
    ``attention_mask`` and ``special_tokens_mask``; ``overflowing`` holds what truncation cut off, as encodings.

    Examples
    --------
    >>> texts = ["The bridge closed on Monday.", "Two ships struck the bridge."]
    >>> tokenizer = Tokenizer.train(texts, model="wordpiece", vocab_size=60, min_frequency=1)
    >>> encoding = tokenizer.encode(texts[0])
    >>> tokenizer.decode(encoding.ids)
    'The bridge closed on Monday.'
    >>> all(texts[0][start:end] == token.removeprefix("##")
    ...     for token, (start, end) in zip(encoding.tokens, encoding.offsets))
    True
    """

    def __init__(self, core: _storydiff.SubwordTokenizer) -> None:
        self._core = core

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Tokenizer:
        """Read a ``tokenizer.json``.

        Raises
        ------
        ModelError
            The file cannot be read, or is no tokenizer.
        """
        return cls(_storydiff.SubwordTokenizer.from_file(Path(path)))

    @classmethod
    def from_str(cls, json: str) -> Tokenizer:
        """Read the text of a ``tokenizer.json``.

        Raises
        ------
        ModelError
            The text is no tokenizer.
        """
        return cls(_storydiff.SubwordTokenizer.from_json(json))

    @classmethod
    def train(
        cls,
        texts: Iterable[str],
        *,
        model: Literal["bpe", "wordpiece", "unigram"] = "bpe",
        vocab_size: int = 30_000,
        min_frequency: int = 2,
        lowercase: bool = False,
        special_tokens: Sequence[str] = (),
        n_threads: int | None = None,
    ) -> Tokenizer:
        """Learn a tokenizer from texts.

        The same texts give the same BPE tokenizer every time. The trainers of WordPiece and Unigram walk hash tables
        in random order, so that ids, and rarely tokens, differ from run to run; save what you train.

        Parameters
        ----------
        texts : iterable of str
            Read once, a few hundred at a time.
        model : {'bpe', 'wordpiece', 'unigram'}, default='bpe'
            Byte-pair encoding on bytes, which knows every text; WordPiece with BERT's cleaning and splitting; or a
            unigram language model on text whose spaces are written as ``▁``.
        vocab_size : int, default=30000
            How many tokens to learn at most, special ones included.
        min_frequency : int, default=2
            How often a pair must occur to become a token; 'unigram' does not ask.
        lowercase : bool, default=False
            Whether text is lower-cased first.
        special_tokens : sequence of str, default=()
            Kept whole, and first among the ids. WordPiece puts ``[UNK]`` and Unigram ``<unk>`` before them.
        n_threads : int, optional
            One per core if not given.

        Raises
        ------
        ModelError
            The texts do not suffice for the model. With 'unigram' and a few words this may be chance: try again.
        """
        core = _storydiff.SubwordTokenizer.train(
            (text_of(f"texts[{at}]", text) for at, text in enumerate(texts)),
            model=model,
            vocab_size=whole("vocab_size", vocab_size, 0, 2**31 - 1),
            min_frequency=whole("min_frequency", min_frequency, 0, 2**63 - 1),
            lowercase=lowercase,
            special_tokens=list(special_tokens),
            n_threads=threads(n_threads),
        )
        return cls(core)

    def to_str(self, *, pretty: bool = False) -> str:
        """Write the tokenizer as the text of a ``tokenizer.json``."""
        return self._core.to_json(pretty)

    def save(self, path: str | os.PathLike[str], *, pretty: bool = True) -> None:
        """Write the tokenizer to a ``tokenizer.json``."""
        Path(path).write_text(self.to_str(pretty=pretty), encoding="utf-8")

    def encode(self, text: str, pair: str | None = None, *, add_special_tokens: bool = True) -> Encoding:
        """Encode one text, or a text and its pair."""
        texts = [text if pair is None else (text, pair)]
        return self.encode_batch(texts, add_special_tokens=add_special_tokens, n_threads=1)[0]

    def encode_batch(
        self,
        texts: Iterable[str | tuple[str, str]],
        *,
        add_special_tokens: bool = True,
        n_threads: int | None = None,
    ) -> list[Encoding]:
        """Encode texts, or pairs of texts, on all cores and without the GIL.

        Parameters
        ----------
        texts : iterable of str or (str, str)
        add_special_tokens : bool, default=True
            Whether the tokens are added that the model puts around a text, such as ``[CLS]``.
        n_threads : int, optional
            One per core if not given.
        """
        pairs = [
            (text_of(f"texts[{at}][0]", text[0]), text_of(f"texts[{at}][1]", text[1]))
            if isinstance(text, tuple | list) and len(text) == 2
            else (text_of(f"texts[{at}]", text), None)
            for at, text in enumerate(texts)
        ]
        return self._core.encode_batch(pairs, add_special_tokens, threads(n_threads))

    def decode(self, ids: Iterable[int], *, skip_special_tokens: bool = True) -> str:
        """Join the tokens of some ids to a text."""
        return self._core.decode([whole("an id", id, 0, 2**32 - 1) for id in ids], skip_special_tokens)

    @property
    def vocab_size(self) -> int:
        """Number of tokens, special ones included."""
        return self._core.vocabulary_size

    def get_vocab(self) -> dict[str, int]:
        """Make a dict of every token and its id, in the order of the ids."""
        return self._core.vocabulary()

    def token_to_id(self, token: str) -> int | None:
        """Look up the id of a token, None if there is none."""
        return self._core.id(well_formed(token))

    def id_to_token(self, id: int) -> str:
        """Look up the token of an id.

        Raises
        ------
        IndexError
            No token has this id.
        """
        if not 0 <= id < 2**32:
            raise IndexError(f"no token has the id {id}")
        return self._core.token(id)

    def __len__(self) -> int:
        return self.vocab_size

    def __repr__(self) -> str:
        return f"Tokenizer(vocab_size={self.vocab_size})"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Tokenizer.from_str, (self.to_str(),)
