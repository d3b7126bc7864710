"""The subword tokenizer against the `tokenizers` package, and on its own."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storydiff
from storydiff import ModelError, Tokenizer

TEXTS = [
    "The Lantern Bridge closed on Monday; two ships had struck it.",
    "Two ships, 12,000 tonnes each, struck the Lantern Bridge. \u201cNobody was hurt,\u201d he said.",
    "Naïve cafés, e\u0301 and \U0001f600 emoji \U0001f468\u200d\U0001f469\u200d\U0001f467, हिन्दी, 桥关闭了.\r\n\tTabs.",
    "",
    " ",
]
MODELS = ["bpe", "wordpiece", "unigram"]


@pytest.fixture(scope="module", params=MODELS)
def tokenizer(request):
    return Tokenizer.train(TEXTS * 10, model=request.param, vocab_size=400, min_frequency=1, special_tokens=["<s>"])


def fields(encoding):
    return (encoding.ids, encoding.tokens, encoding.offsets, encoding.word_ids, encoding.type_ids)


def as_theirs(tokenizer):
    return pytest.importorskip("tokenizers").Tokenizer.from_str(tokenizer.to_str())


def test_ids_and_offsets_are_those_of_the_tokenizers_package(tokenizer):
    other = as_theirs(tokenizer)
    expected = other.encode_batch(TEXTS)
    got = tokenizer.encode_batch(TEXTS)
    assert [fields(encoding) for encoding in got] == [fields(encoding) for encoding in expected]
    for encoding in got:
        assert tokenizer.decode(encoding.ids) == other.decode(encoding.ids)


def test_random_texts_give_what_the_tokenizers_package_gives(tokenizer):
    other = as_theirs(tokenizer)

    @settings(max_examples=150, deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def check(text):
        got = tokenizer.encode(text)
        assert fields(got) == fields(other.encode(text))
        assert all(0 <= start <= end <= len(text) for start, end in got.offsets)

    check()


def test_pairs_padding_and_truncation_follow_the_file(tokenizer):
    tokenizers = pytest.importorskip("tokenizers")
    other = as_theirs(tokenizer)
    other.enable_truncation(12, stride=2)
    other.enable_padding(pad_id=0, pad_token="<s>")
    other.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B:1", special_tokens=[("<s>", other.token_to_id("<s>"))]
    )
    ours = Tokenizer.from_str(other.to_str())
    texts = [*TEXTS, (TEXTS[0], TEXTS[1])] * 200
    got, expected = ours.encode_batch(texts), other.encode_batch(texts)
    assert [fields(a) for a in got] == [fields(b) for b in expected]
    assert [a.attention_mask for a in got] == [b.attention_mask for b in expected]
    plain = ours.encode(TEXTS[0], TEXTS[1], add_special_tokens=False)
    assert fields(plain) == fields(other.encode(TEXTS[0], TEXTS[1], add_special_tokens=False))


def test_training_bpe_gives_the_same_tokenizer_every_time():
    texts = [f"{text} {i % 7}" for i, text in enumerate(TEXTS * 40)]
    trained = {Tokenizer.train(iter(texts), vocab_size=350, min_frequency=1, n_threads=n).to_str() for n in (1, 2, 3)}
    assert len(trained) == 1


def test_offsets_count_code_points(tokenizer):
    text = "\U0001f600 bridge"
    encoding = tokenizer.encode(text)
    assert encoding.offsets[-1][1] == len(text)
    assert len(encoding) == len(encoding.ids)


def test_files_round_trip(tokenizer, tmp_path: Path):
    path = tmp_path / "tokenizer.json"
    tokenizer.save(path)
    again = Tokenizer.from_file(path)
    assert json.loads(again.to_str()) == json.loads(path.read_text(encoding="utf-8"))
    assert fields(pickle.loads(pickle.dumps(tokenizer)).encode(TEXTS[1])) == fields(again.encode(TEXTS[1]))


def test_the_vocabulary_is_sorted_by_id(tokenizer):
    vocabulary = tokenizer.get_vocab()
    assert list(vocabulary.values()) == sorted(vocabulary.values())
    assert len(tokenizer) == tokenizer.vocab_size == len(vocabulary)
    assert tokenizer.id_to_token(tokenizer.token_to_id("<s>")) == "<s>"
    assert tokenizer.token_to_id("no such token") is None
    with pytest.raises(IndexError, match="1000000"):
        tokenizer.id_to_token(1_000_000)


def test_lone_surrogates_are_one_unknown_character(tokenizer):
    text = "a \ud800 bridge"
    assert tokenizer.encode(text).offsets == tokenizer.encode(text.replace("\ud800", "\ufffd")).offsets


def test_what_cannot_be_read_says_why(tmp_path):
    with pytest.raises(ModelError, match=r"missing\.json"):
        Tokenizer.from_file(tmp_path / "missing.json")
    with pytest.raises(ModelError, match="cannot read the tokenizer"):
        Tokenizer.from_str("{}")
    with pytest.raises(ValueError, match="model"):
        Tokenizer.train([], model="words")  # type: ignore[arg-type]


def test_errors_of_the_texts_come_through():
    def texts():
        yield "one"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        Tokenizer.train(texts(), vocab_size=300)
    assert storydiff.Tokenizer is Tokenizer
