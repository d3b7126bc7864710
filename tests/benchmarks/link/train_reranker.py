"""Fine-tune a cross-encoder on labelled pairs, and report what it adds to links on topics it has not seen.

    python tests/benchmarks/link/train_reranker.py EVAL_FOLDER STORIES_FOLDER MODEL_FOLDER OUTPUT_FOLDER

EVAL_FOLDER and STORIES_FOLDER as for `train.py`; MODEL_FOLDER holds a BERT-family encoder such as all-MiniLM-L6-v2.
Trains the upper `--layers` on two thirds of the topics and measures on the others; `OUTPUT_FOLDER` is then a folder for
`storydiff.Reranker.load`. Needs torch and transformers; on a CPU some ten pairs a second and thread.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import train as links
from transformers import AutoModelForSequenceClassification, AutoTokenizer

# Pairs a set gives at most, the positive ones first.
MOST = 5000
# Story pairs less probable than this are left alone, by the reranker and so by its training.
LEAST = 0.05


class Pair(NamedTuple):
    left: str
    right: str
    label: int
    # What the link model says.
    probability: float


def held_out(topics: list[str], fold: int) -> set[str]:
    return {topic for at, topic in enumerate(sorted(set(topics))) if at % links.N_FOLDS == fold}


def read_sets(folder: str, stories: str) -> dict[str, dict[str, list[Pair]]]:
    """Pairs by set and topic, each with what a link model says that has not seen its topic."""
    features, _ = links.load(folder, stories)
    raw = links.folds(features)
    from score import read

    sets: dict[str, dict[str, list[Pair]]] = {}
    for name, rows in features.items():
        trained = ("pyramid", "ecbplus.train", "ecbplus.dev", "msrp")
        if name == "superpal" or name.startswith(trained) or name in links.FAMILIES["stories"]:
            texts = (
                story_pairs(Path(stories) / name.removeprefix("stories."))
                if is_story(name)
                else [(row["a"], row["b"]) for row in read(f"pairs/{name if '.' in name else name + '.dev'}")]
            )
            probabilities = 1 / (1 + np.exp(-raw[name]))
            sets[name] = {}
            for (left, right), label, topic, probability in zip(texts, rows.y, rows.topic, probabilities, strict=True):
                sets[name].setdefault(topic, []).append(Pair(left, right, int(label), float(probability)))
    return sets


def is_story(name: str) -> bool:
    return name.startswith("stories.")


def story_pairs(stories: Path) -> list[tuple[str, str]]:
    """The texts of the pairs that `train.story` gives features of, in its order."""
    pairs = []
    for path in sorted(stories.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        sentences = data["sentences"]
        texts = [data["articles"][s["article"]]["text"][s["start"] : s["end"]] for s in sentences]
        places = itertools.combinations(range(len(texts)), 2)
        pairs += [(texts[i], texts[j]) for i, j in places if sentences[i]["article"] != sentences[j]["article"]]
    return pairs


def chosen(name: str, topics: list[list[Pair]]) -> list[Pair]:
    """The pairs to train on: of a story those that the link model does not rule out."""
    worth = (pair for topic in topics for pair in topic)
    pairs = [pair for pair in worth if not is_story(name) or pair.label or pair.probability >= LEAST]
    random.shuffle(pairs)
    pairs.sort(key=lambda pair: -pair.label)
    return pairs[: 2 * MOST] if is_story(name) else pairs[:MOST]


def scores_of(model, tokenizer, pairs: list[Pair], length: int) -> np.ndarray:
    model.eval()
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].left) + len(pairs[at].right))
    scores = np.zeros(len(pairs))
    with torch.no_grad():
        for first in range(0, len(order), 32):
            places = order[first : first + 32]
            scores[places] = model(**inputs(tokenizer, [pairs[at] for at in places], length)).logits[:, 0].numpy()
    return scores


def inputs(tokenizer, pairs: list[Pair], length: int) -> dict[str, torch.Tensor]:
    texts = ([pair.left for pair in pairs], [pair.right for pair in pairs])
    return dict(tokenizer(*texts, truncation=True, max_length=length, padding=True, return_tensors="pt"))


def train(model, tokenizer, pairs: list[Pair], *, layers: int, rate: float, length: int) -> None:
    frozen = [model.bert.embeddings, *model.bert.encoder.layer[: len(model.bert.encoder.layer) - layers]]
    for parameter in (parameter for module in frozen for parameter in module.parameters()):
        parameter.requires_grad = False
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    # Batches of pairs of like length, in random order.
    order = sorted(range(len(pairs)), key=lambda at: (len(pairs[at].left) + len(pairs[at].right), at))
    batches = [order[first : first + 16] for first in range(0, len(order), 16)]
    random.shuffle(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * len(batches)), 1 - step / len(batches))
    )
    model.train()
    start, losses = time.time(), []
    for step, batch in enumerate(batches):
        labels = torch.tensor([float(pairs[at].label) for at in batch])
        logits = model(**inputs(tokenizer, [pairs[at] for at in batch], length)).logits[:, 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
        if step % 100 == 99:
            seconds = time.time() - start
            print(
                f"  step {step + 1} of {len(batches)}, loss {np.mean(losses[-100:]):.3f}, {seconds:.0f} s", flush=True
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "stories", "model", "output"):
        parser.add_argument(name)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--length", type=int, default=96, help="word pieces of a pair that are read")
    parser.add_argument("--fold", type=int, default=0, help="the third of the topics to measure on")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(arguments.threads)
    sets = read_sets(arguments.folder, arguments.stories)
    from score import average_precision

    out = {name: held_out(list(topics), arguments.fold) for name, topics in sets.items()}
    # Topics of one family are held out together.
    for family in ("pyramid", "ecbplus", "msrp"):
        both = set().union(*(topics for name, topics in out.items() if name.startswith(family)))
        out |= {name: both for name in out if name.startswith(family)}
    kept = {name: [pairs for topic, pairs in sets[name].items() if topic not in out[name]] for name in sets}
    pairs = [pair for name, topics in kept.items() for pair in chosen(name, topics)]
    print(f"{len(pairs)} pairs, {sum(pair.label for pair in pairs)} of them positive", flush=True)
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = AutoModelForSequenceClassification.from_pretrained(arguments.model, num_labels=1)
    train(model, tokenizer, pairs, layers=arguments.layers, rate=arguments.rate, length=arguments.length)
    model.save_pretrained(arguments.output)
    tokenizer.save_pretrained(arguments.output)
    for name, topics in sets.items():
        pairs = [pair for topic, pairs in topics.items() if topic in out[name] for pair in pairs]
        link = np.array([pair.probability for pair in pairs])
        asked = np.flatnonzero((link >= LEAST) if is_story(name) else np.ones(len(pairs), bool))
        label = np.array([pair.label for pair in pairs])
        odds = np.log(link.clip(1e-6, 1 - 1e-6) / (1 - link.clip(1e-6, 1 - 1e-6)))
        both, own = odds.copy(), np.full(len(pairs), -20.0)
        own[asked] = scores_of(model, tokenizer, [pairs[at] for at in asked], arguments.length)
        both[asked] = (odds[asked] + own[asked]) / 2
        points = [average_precision(scores, label) for scores in (link, own, both)]
        print("{:16} link model AP {:.3f}, reranker alone {:.3f}, both {:.3f}".format(name, *points), flush=True)


if __name__ == "__main__":
    main()
