"""Pack MPNet-base for `train.py`: words in 4 bits, as they ship, and the layers in 8, as they are trained on.

    python tests/benchmarks/cross/pack_mpnet.py FOLDER OUT.safetensors

FOLDER holds all-mpnet-base-v2 (config.json, model.safetensors, vocab.txt; Apache-2.0). Its pieces become those of our
vocabulary, its tensors get BERT's names, its positions start at the first one used. Needs numpy and safetensors.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/benchmarks/encode"))
from pack_minilm import quantize  # noqa: E402

POSITIONS = 256
RENAMED = {
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
}
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def pack(folder: Path) -> dict[str, np.ndarray]:
    ours = (ROOT / "src/encode/models/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    theirs = {word: at for at, word in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    packed = {}
    for name, tensor in load_file(folder / "model.safetensors").items():
        if "pooler" in name or name.endswith("position_ids"):
            continue
        for old, new in RENAMED.items():
            name = name.replace(old, new)
        if name.endswith("word_embeddings.weight"):
            tensor = tensor[[theirs[SPECIAL.get(word, word)] for word in ours]]
        if name.endswith("position_embeddings.weight"):
            packed[name] = tensor[2 : 2 + POSITIONS].astype(np.float16)
        elif tensor.ndim == 1 or "relative_attention_bias" in name:
            packed[name] = tensor.astype(np.float16)
        elif name.endswith("word_embeddings.weight"):
            packed[f"{name}.q4"], packed[f"{name}.scale"] = quantize(tensor)
        else:
            scale = (np.abs(tensor).max(1) / 127).astype(np.float16)
            packed[f"{name}.q8"] = np.rint(tensor / scale.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8)
            packed[f"{name}.scale"] = scale
    return packed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    save_file(pack(arguments.folder), arguments.out)


if __name__ == "__main__":
    main()
