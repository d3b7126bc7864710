"""Pack a trained reader: what training added to the encoder's matrices, in 4 bits.

    python tests/benchmarks/reader/pack.py TRAINED.safetensors src/encode/models/minilm-l6-int4/model.safetensors OUT

The encoder's own matrices have 4 bits, and what training adds to them is far smaller than their steps: rounding the sum
would lose it. So the difference is stored with scales of its own.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "encode"))
from pack_minilm import quantize

GROUP = 32


def floats(q, scale):
    numbers = np.stack([q & 15, q >> 4], -1).reshape(len(q), -1).astype(np.float32) - 8
    return numbers * np.repeat(scale.astype(np.float32), GROUP, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("trained", "base", "out"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    base, packed = load_file(arguments.base), {}
    for name, tensor in load_file(arguments.trained).items():
        tensor = tensor.astype(np.float32)
        if f"{name}.q4" in base:
            added = tensor - floats(base[f"{name}.q4"], base[f"{name}.scale"])
            packed[f"{name}.q4"], packed[f"{name}.scale"] = quantize(added)
        elif name == "project.weight":
            packed["project.q4"], packed["project.scale"] = quantize(tensor)
            rest = tensor - floats(packed["project.q4"], packed["project.scale"])
            packed["project.more.q4"], packed["project.more.scale"] = quantize(rest)
        else:
            packed[name] = np.atleast_1d(tensor).astype(np.float32 if tensor.size < 1000 else np.float16)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(packed, arguments.out)


if __name__ == "__main__":
    main()
