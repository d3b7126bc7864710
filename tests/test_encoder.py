"""The embedded encoders, models from folders against NumPy, and folders that are broken."""

import json
import math
import signal
import struct
import threading

import numpy as np
import pytest
from folders import WORDS, bert_folder, hidden_rows, ids, save_tensors, static_folder

from storydiff import Encoder, ModelError, Reranker

TEXTS = ["The bridge closed on Monday.", "Ships, ships on the bridge", "xyzzy", "", "closes " * 30]


def unit(rows):
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)


@pytest.mark.parametrize("name", ["minilm", "static"])
def test_embedded_rows_have_length_one(name):
    encoder = Encoder(name)
    rows = encoder.encode(["The bridge closed.", "Rates rose."])
    assert rows.shape == (2, encoder.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_embedded_transformer_tells_paraphrases_from_strangers():
    a, b, c = Encoder().encode(["The bridge was closed on Monday.", "On Monday they shut the bridge.", "Rates rose."])
    assert a @ b > 0.8 > 0.3 > a @ c


@pytest.mark.parametrize("name", ["minilm", "static"])
def test_embedded_rows_are_the_same_on_any_number_of_threads(name):
    encoder = Encoder(name)
    texts = [f"Ship {i} passed the bridge" + " again" * (i % 40) for i in range(60)]
    one = encoder.encode(texts, n_threads=1)
    assert np.array_equal(one, encoder.encode(texts, n_threads=2))
    assert np.array_equal(one[::-1], encoder.encode(texts[::-1]))


def test_embedded_encoder_works_in_many_threads_at_once():
    encoder, found = Encoder(), []
    expected = encoder.encode(["The bridge closed."])
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(["The bridge closed."]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(np.array_equal(rows, expected) for rows in found)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that sends a signal")
@pytest.mark.parametrize("method", ["encode", "token_vectors"])
def test_a_signal_handler_stops_the_work(method):
    def stop(*_):
        raise InterruptedError

    texts = ["The bridge closed on Monday, and nobody knew when it would open again. " * 3] * 40_000
    encoder = Encoder()
    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(InterruptedError):
            getattr(encoder, method)(texts)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ["minilm", "static"])
def test_token_vectors_count_code_points(name):
    text = "😀 Zoë’s ship \ud800 sank."
    spans, vectors = Encoder(name).token_vectors([text])[0]
    assert "".join(text[start:end] for start, end in spans).removeprefix("😀") == "Zoë’sshipsank."
    assert vectors.shape == (len(spans), Encoder(name).dimension)


def test_a_text_instead_of_a_list_is_an_error():
    with pytest.raises(TypeError, match="texts must be a list"):
        Encoder("static").encode("The bridge closed.")
    with pytest.raises(ValueError, match='"static" or "minilm"'):
        Encoder("huge")


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8"])
@pytest.mark.parametrize(("weights", "mapping"), [(False, False), (True, False), (False, True), (True, True)])
def test_static_folders_agree_with_numpy(tmp_path, dtype, weights, mapping):
    for normalize in (True, False):
        table = static_folder(tmp_path, dtype=dtype, weights=weights, mapping=mapping, normalize=normalize)
        known = [[i for i in ids(text.replace(",", " ,")) if WORDS[i] != "[UNK]"] for text in TEXTS]
        rows = np.array([table[i].mean(0) if i else np.zeros(10) for i in known])
        encoder = Encoder.load(tmp_path)
        np.testing.assert_allclose(encoder.encode(TEXTS), unit(rows) if normalize else rows, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"pooling": "mean_tokens"},
        {"pooling": "cls_token", "normalize": False},
        {"pooling": "max_tokens", "prefix": "bert."},
        {"model_type": "xlm-roberta", "type_vocab_size": 1, "pad_token_id": 1, "max_position_embeddings": 22},
        {"hidden_act": "relu", "num_attention_heads": 1, "layer_norm_eps": 1e-5},
        {"dtype": "float16"},
        {"lowercase": False},
    ],
    ids=str,
)
def test_transformer_folders_agree_with_numpy(tmp_path, options):
    tensors, shape = bert_folder(tmp_path, **options)
    expected = []
    for text in TEXTS:
        pieces = [2, *ids(text.replace(",", " ,"), lowercase=options.get("lowercase", True))[:18], 3]
        hidden = hidden_rows(tensors, shape, pieces)
        pools = {"cls_token": lambda x: x[0], "max_tokens": lambda x: x.max(0)}
        expected.append(pools.get(options.get("pooling"), lambda x: x.mean(0))(hidden))
    rows = np.array(expected)
    found = Encoder.load(tmp_path).encode(TEXTS)
    np.testing.assert_allclose(found, unit(rows) if options.get("normalize", True) else rows, atol=1e-4)


def test_token_vectors_of_a_folder_agree_with_numpy(tmp_path):
    tensors, shape = bert_folder(tmp_path)
    text = "The bridge closed on Monday."
    spans, vectors = Encoder.load(tmp_path).token_vectors([text])[0]
    assert [text[start:end] for start, end in spans] == ["The", "bridge", "clos", "ed", "on", "Monday", "."]
    hidden = hidden_rows(tensors, shape, [2, *ids(text), 3])
    np.testing.assert_allclose(vectors, unit(hidden[1:-1]), atol=1e-4)


@pytest.mark.parametrize("n_labels", [1, 2])
def test_reranker_agrees_with_numpy(tmp_path, n_labels):
    tensors, shape = bert_folder(tmp_path, prefix="bert.")
    random = np.random.default_rng(9)
    head = {
        "bert.pooler.dense.weight": random.normal(size=(24, 24)),
        "bert.pooler.dense.bias": random.normal(size=24),
        "classifier.weight": random.normal(size=(n_labels, 24)),
        "classifier.bias": random.normal(size=n_labels),
    }
    saved = {f"bert.{name}": tensor for name, tensor in tensors.items()} | head
    save_tensors(tmp_path / "model.safetensors", {name: x.astype(np.float32) for name, x in saved.items()})
    pairs = [("The bridge closed.", "the bridge on Monday"), ("ships", "ships"), ("", "bridge")] * 5
    expected = []
    for left, right in pairs:
        first = [2, *ids(left), 3]
        second = [*ids(right), 3]
        hidden = hidden_rows(tensors, shape, first + second, [0] * len(first) + [1] * len(second))
        pooled = np.tanh(hidden[0] @ head["bert.pooler.dense.weight"].T + head["bert.pooler.dense.bias"])
        labels = pooled @ head["classifier.weight"].T + head["classifier.bias"]
        expected.append(1 / (1 + math.exp(-(labels[-1] - (labels[0] if n_labels == 2 else 0)))))
    np.testing.assert_allclose(Reranker.load(tmp_path).score(pairs), expected, atol=1e-4)


def _cut(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-7])


def _huge_header(folder):
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", 1 << 60) + b"{}")


def _huge_tensor(folder):
    header = json.dumps({"x": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)


def _garbage(folder):
    (folder / "model.safetensors").write_bytes(bytes(range(256)) * 4)


def _config(**changes):
    def change(folder):
        path = folder / "config.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    return change


def _vocabulary(folder):
    path = folder / "tokenizer.json"
    settings = json.loads(path.read_text())
    settings["model"]["vocab"]["extra"] = 5000
    path.write_text(json.dumps(settings))


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (_cut, "its header describes"),
        (_huge_header, "its header claims"),
        (_huge_tensor, "its header describes"),
        (_garbage, "its header claims"),
        (lambda folder: (folder / "model.safetensors").unlink(), "it cannot be read"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"abc"), "too few"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "tokenizer.json"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "bert"}'), "missing field"),
        (_vocabulary, "rows for 5001 pieces"),
        (_config(model_type="mpnet"), "architecture must be one of"),
        (_config(hidden_act="silu"), "hidden_act must be"),
        (_config(hidden_size=1 << 40), "heads cannot share|must have shape"),
        (_config(num_hidden_layers=1 << 40), "no tensor encoder.layer.2"),
        (_config(num_attention_heads=0), "heads cannot share"),
        (_config(max_position_embeddings=1 << 50), "must have shape"),
        (_config(position_embedding_type="relative_key"), "must be absolute"),
    ],
)
def test_broken_folders_are_clear_errors(tmp_path, breaks, message):
    bert_folder(tmp_path)
    breaks(tmp_path)
    with pytest.raises(ModelError, match=message):
        Encoder.load(tmp_path)


def test_broken_static_folders_are_clear_errors(tmp_path):
    static_folder(tmp_path, mapping=True)
    rows = np.zeros((6, 10), np.float32)
    for mapping in (np.full(len(WORDS), 6), np.full(len(WORDS), -1), np.zeros(3, np.int64)):
        save_tensors(tmp_path / "model.safetensors", {"embeddings": rows, "mapping": mapping})
        with pytest.raises(ModelError):
            Encoder.load(tmp_path)
    save_tensors(tmp_path / "model.safetensors", {"embeddings": rows})
    with pytest.raises(ModelError, match="6 rows for 14 pieces"):
        Encoder.load(tmp_path)


def test_a_module_that_would_change_the_numbers_is_an_error(tmp_path):
    bert_folder(tmp_path, pooling="mean_tokens")
    modules = json.loads((tmp_path / "modules.json").read_text())
    modules.append({"type": "sentence_transformers.models.Dense", "path": "3_Dense"})
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match='got "Dense"'):
        Encoder.load(tmp_path)


def test_a_hub_name_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "huggingface_hub", None)
    with pytest.raises(ModelError, match=r"storydiff\[hub\]"):
        Encoder.load("owner/model")
    with pytest.raises(FileNotFoundError, match="no folder"):
        Encoder.load("no/such/folder")
