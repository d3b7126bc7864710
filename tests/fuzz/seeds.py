"""Good inputs to start from, which no fuzzer would find by itself: `python tests/fuzz/seeds.py`."""

import itertools
import sys
import tempfile
from pathlib import Path

import storydiff
from storydiff import Tokenizer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from folders import bert_folder, static_folder  # noqa: E402


def model(folder: Path) -> bytes:
    files = ["config.json", "tokenizer.json", "modules.json", "model.safetensors"]
    paths = [folder / file for file in files]
    return b"\xff\xfe".join(path.read_bytes() if path.exists() else b"" for path in paths)


def seeds() -> dict[str, list[bytes]]:
    articles = [article.text for article in storydiff.sample_articles()]
    odd = "“No. 5,” said Dr. A. Holm (42) — 1,000.50 a.m.; zwei Schiffe!\r\n桥关闭了。 e\u0301\n\n- $2.4bn\t50%"
    short = [text[:600] for text in articles] + [odd]
    tokenizers = [
        Tokenizer.train(articles, model=model, vocab_size=300).to_str() + "\0" + odd
        for model in ("bpe", "wordpiece", "unigram")
    ]
    story = storydiff.compare(short[:2])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        static_folder(place / "static", dtype="int8", mapping=True, weights=True)
        shape = {"hidden_size": 4, "num_attention_heads": 2, "num_hidden_layers": 1, "intermediate_size": 4}
        bert_folder(place / "bert", pooling="mean", **shape)
        bert_folder(place / "half", prefix="bert.", dtype="float16", **shape)
        models = [model(found) for found in sorted(place.iterdir())]
    return {
        "text": [text.encode() for text in short],
        "clean": ["\0".join(["a", "Bridge closed", "Gazette", text]).encode() for text in short],
        "compare": ["\0".join([a, b]).encode() for a, b in itertools.pairwise(short)],
        "score": ["\n".join(s.text for s in story.sentences[:6]).encode()],
        "saved": [story._core.to_json(), storydiff.compare(["A. B.", "A. C."])._core.to_json()],
        "tokenizer": [text.encode() for text in [*tokenizers, odd]],
        "model": models,
        "counts": [odd.encode()],
        "similarity": [bytes(range(256))],
    }


if __name__ == "__main__":
    for target, inputs in seeds().items():
        folder = HERE / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(inputs):
            (folder / f"seed-{number}").write_bytes(content)
