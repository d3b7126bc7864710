"""Small random models on disk, and what NumPy makes of them: the reference for `Encoder.load`."""

import json
import math
import struct

import numpy as np
from scipy.special import erf

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "bridge", "clos", "##ed", "##s", "ship", "on", "monday", ".", ","]
NAMES = {"float32": "F32", "float16": "F16", "int8": "I8", "int64": "I64"}


def save_tensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = np.ascontiguousarray(tensor).tobytes()
        header[name] = {
            "dtype": NAMES[tensor.dtype.name],
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def save_tokenizer(path, *, lowercase=True, special=True):
    cls, sep = WORDS.index("[CLS]"), WORDS.index("[SEP]")
    pieces = {"type": "BertProcessing", "cls": ["[CLS]", cls], "sep": ["[SEP]", sep]}
    settings = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": lowercase,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": pieces if special else None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: index for index, word in enumerate(WORDS)},
        },
    }
    path.write_text(json.dumps(settings))


def static_folder(folder, *, dtype="float32", weights=False, mapping=False, normalize=True):
    """A Model2Vec folder and its table of one row per piece."""
    random = np.random.default_rng(7)
    n_rows = 6 if mapping else len(WORDS)
    rows = random.normal(size=(n_rows, 10)) * (40 if dtype == "int8" else 1)
    tensors = {"embeddings": rows.astype(dtype)}
    table = tensors["embeddings"].astype(np.float64)
    if mapping:
        tensors["mapping"] = random.integers(0, n_rows, len(WORDS))
        table = table[tensors["mapping"]]
    if weights:
        tensors["weights"] = random.random(len(WORDS)).astype(np.float32)
        table = table * tensors["weights"][:, None]
    folder.mkdir(exist_ok=True)
    save_tensors(folder / "model.safetensors", tensors)
    save_tokenizer(folder / "tokenizer.json", special=False)
    (folder / "config.json").write_text(json.dumps({"model_type": "model2vec", "normalize": normalize}))
    return table


SHAPE = {
    "model_type": "bert",
    "hidden_size": 24,
    "num_attention_heads": 3,
    "num_hidden_layers": 2,
    "intermediate_size": 40,
    "hidden_act": "gelu",
    "max_position_embeddings": 20,
    "type_vocab_size": 2,
    "vocab_size": len(WORDS),
    "layer_norm_eps": 1e-12,
    "pad_token_id": 0,
}


def bert_tensors(shape, prefix="", dtype="float32"):
    random = np.random.default_rng(8)
    width, wide = shape["hidden_size"], shape["intermediate_size"]
    tensors = {}

    def add(name, *size):
        tensors[f"{prefix}{name}"] = (random.normal(size=size) / math.sqrt(size[-1])).astype(dtype)

    def linear(name, n_in, n_out):
        add(f"{name}.weight", n_out, n_in)
        add(f"{name}.bias", n_out)

    add("embeddings.word_embeddings.weight", shape["vocab_size"], width)
    add("embeddings.position_embeddings.weight", shape["max_position_embeddings"], width)
    add("embeddings.token_type_embeddings.weight", shape["type_vocab_size"], width)
    norms = ["embeddings.LayerNorm"]
    for layer in range(shape["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            linear(f"{name}.attention.self.{part}", width, width)
        linear(f"{name}.attention.output.dense", width, width)
        linear(f"{name}.intermediate.dense", width, wide)
        linear(f"{name}.output.dense", wide, width)
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    for name in norms:
        add(f"{name}.bias", width)
        tensors[f"{prefix}{name}.weight"] = (1 + random.normal(size=width) / 10).astype(dtype)
    return tensors


def bert_folder(folder, *, prefix="", dtype="float32", pooling=None, normalize=True, lowercase=True, **changes):
    """A Hugging Face folder, with sentence-transformers' files if `pooling` is given; its tensors and its shape."""
    shape = {**SHAPE, **changes}
    tensors = bert_tensors(shape, prefix, dtype)
    folder.mkdir(exist_ok=True)
    save_tensors(folder / "model.safetensors", tensors)
    save_tokenizer(folder / "tokenizer.json", lowercase=lowercase)
    (folder / "config.json").write_text(json.dumps(shape))
    if pooling:
        kinds = ["Transformer", "Pooling", *(["Normalize"] if normalize else [])]
        places = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}
        modules = [{"type": f"sentence_transformers.models.{kind}", "path": places[kind]} for kind in kinds]
        (folder / "modules.json").write_text(json.dumps(modules))
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text(json.dumps({f"pooling_mode_{pooling}": True}))
    return {name.removeprefix(prefix): tensor.astype(np.float64) for name, tensor in tensors.items()}, shape


def reranker_folder(folder, n_labels=1):
    """A cross-encoder's folder; its tensors, those of its head, and its shape."""
    tensors, shape = bert_folder(folder, prefix="bert.")
    random = np.random.default_rng(9)
    width = shape["hidden_size"]
    head = {
        "bert.pooler.dense.weight": random.normal(size=(width, width)),
        "bert.pooler.dense.bias": random.normal(size=width),
        "classifier.weight": random.normal(size=(n_labels, width)),
        "classifier.bias": random.normal(size=n_labels),
    }
    saved = {f"bert.{name}": tensor for name, tensor in tensors.items()} | head
    save_tensors(folder / "model.safetensors", {name: x.astype(np.float32) for name, x in saved.items()})
    return tensors, head, shape


def ids(text, *, lowercase=True):
    """Greedy longest match on words split at white space, as the texts of the tests need it."""
    found = []
    for word in (text.lower() if lowercase else text).replace(".", " . ").split():
        start, pieces = 0, []
        while start < len(word):
            ends = range(len(word), start, -1)
            names = (("##" if start else "") + word[start:end] for end in ends)
            match = next((name for name in names if name in WORDS), None)
            if match is None:
                pieces = ["[UNK]"]
                break
            pieces.append(match)
            start += len(match.removeprefix("##"))
        found += [WORDS.index(piece) for piece in pieces]
    return found


def hidden_rows(tensors, shape, ids, types=None):
    """The forward pass in float64, a line per formula."""

    def norm(x, name):
        x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + shape["layer_norm_eps"])
        return x * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    def linear(x, name):
        return x @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]

    first = 0 if shape["model_type"] == "bert" else shape["pad_token_id"] + 1
    x = tensors["embeddings.word_embeddings.weight"][ids]
    x = x + tensors["embeddings.position_embeddings.weight"][first : first + len(ids)]
    x = norm(x + tensors["embeddings.token_type_embeddings.weight"][types or [0] * len(ids)], "embeddings.LayerNorm")
    for layer in range(shape["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            linear(x, f"{name}.attention.self.{part}").reshape(len(ids), shape["num_attention_heads"], -1)
            for part in ("query", "key", "value")
        )
        scores = np.exp(np.einsum("ihd,jhd->hij", query, key) / math.sqrt(query.shape[2]))
        attended = np.einsum("hij,jhd->ihd", scores / scores.sum(2, keepdims=True), value).reshape(x.shape)
        x = norm(x + linear(attended, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        wide = linear(x, f"{name}.intermediate.dense")
        wide = wide * (1 + erf(wide / math.sqrt(2))) / 2 if shape["hidden_act"] == "gelu" else np.maximum(wide, 0)
        x = norm(x + linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    return x
