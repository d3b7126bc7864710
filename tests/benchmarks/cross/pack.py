"""Pack a trained cross-encoder in 8 bits.

    python tests/benchmarks/cross/pack.py TRAINED.safetensors OUT.safetensors

TRAINED holds floats under BERT's names, the segments, and the heads `head.dense`, `head.out` and `head.tokens`. The
matrices of the layers become signed bytes in groups of 32 along the input, each group with a float16 scale: its largest
number over 127. `head.dense` becomes float16, the rest float32. Words and positions are those of
`src/encode/models/minilm-l6-int4`, which training left as they are. Needs numpy and safetensors.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

GROUP = 32
N_LAYERS = 6
WIDTH = 384
WIDE = 1536
N_SIGNALS = 14
MATRICES = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (WIDE, WIDTH),
    "output.dense": (WIDTH, WIDE),
}
HEADS = {"head.dense": (WIDTH, WIDTH), "head.out": (N_SIGNALS, WIDTH), "head.tokens": (2, WIDTH)}

Floats = npt.NDArray[np.float32]


def quantize(matrix: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Each number as a multiple of its group's scale, and the scales; a group that rounds to 0 has scale 0."""
    groups = matrix.reshape(len(matrix), -1, GROUP)
    scale = (np.abs(groups).max(2) / np.float32(127)).astype(np.float16)
    step = scale.astype(np.float32)[:, :, None]
    numbers = np.divide(groups, step, out=np.zeros_like(groups), where=step > 0)
    return np.clip(np.rint(numbers), -127, 127).astype(np.int8).reshape(matrix.shape), scale


def pack(trained: dict[str, npt.NDArray[np.generic]]) -> dict[str, npt.NDArray[np.generic]]:
    packed: dict[str, npt.NDArray[np.generic]] = {}

    def take(name: str, shape: tuple[int, ...]) -> Floats:
        tensor = trained[name].astype(np.float32)
        if tensor.shape != shape or not np.isfinite(tensor).all():
            raise SystemExit(f"{name} must hold finite numbers of shape {shape}, got shape {tensor.shape}")
        return tensor

    def norm(name: str) -> None:
        for kind in ("weight", "bias"):
            packed[f"{name}.{kind}"] = take(f"{name}.{kind}", (WIDTH,))

    name = "embeddings.token_type_embeddings.weight"
    packed[name] = take(name, (2, WIDTH))
    norm("embeddings.LayerNorm")
    for layer in (f"encoder.layer.{at}" for at in range(N_LAYERS)):
        for part, shape in MATRICES.items():
            weight = f"{layer}.{part}.weight"
            packed[f"{weight}.q8"], packed[f"{weight}.scale"] = quantize(take(weight, shape))
            packed[f"{layer}.{part}.bias"] = take(f"{layer}.{part}.bias", shape[:1])
        norm(f"{layer}.attention.output.LayerNorm")
        norm(f"{layer}.output.LayerNorm")
    for head, shape in HEADS.items():
        tensor = take(f"{head}.weight", shape)
        packed[f"{head}.weight"] = tensor.astype(np.float16) if head == "head.dense" else tensor
        packed[f"{head}.bias"] = take(f"{head}.bias", shape[:1])
    return packed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("trained", "out"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    packed = pack(load_file(arguments.trained))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(packed, arguments.out)


if __name__ == "__main__":
    main()
