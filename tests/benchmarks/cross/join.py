"""Put the parts of the large cross-encoder together with its words and positions, as it is embedded.

What only training needs stays behind: the head that marks words, and the kinds of the sentences before.

    python tests/benchmarks/cross/join.py WORK BASE.safetensors OUT.safetensors

WORK holds `large_0.safetensors` to `large_4.safetensors` as `train.py` wrote them, BASE is what it began from. Needs
numpy and safetensors.
"""

import argparse
from pathlib import Path

from safetensors.numpy import load_file, save_file

N_PARTS = 5
WORDS = ("embeddings.word_embeddings.weight.q4", "embeddings.word_embeddings.weight.scale")
POSITIONS = "embeddings.position_embeddings.weight"
KINDS = "embeddings.token_type_embeddings.weight"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("work", "base", "out"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    base = load_file(arguments.base)
    joined = {name: base[name] for name in (*WORDS, POSITIONS)}
    for part in range(N_PARTS):
        joined |= load_file(arguments.work / f"large_{part}.safetensors")
    joined = {name: tensor for name, tensor in joined.items() if not name.startswith("head.tokens")}
    joined[KINDS] = joined[KINDS][:2]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(joined, arguments.out)


if __name__ == "__main__":
    main()
