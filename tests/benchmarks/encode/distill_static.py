"""Distil a sentence encoder into a table of one vector per word piece: how `static-128` was made.

    python tests/benchmarks/encode/distill_static.py TEACHER SENTENCES OUT.safetensors

TEACHER is a folder that `Encoder.load` reads; `static-128` had paraphrase-MiniLM-L3-v2, for a bag of pieces a better
teacher than all-MiniLM-L6-v2. SENTENCES holds one a line; `static-128` had 262,000 with free licences: WikiSplit and
Wikipedia summaries (CC BY-SA), WordNet glosses, MASC, UD EWT, presidential addresses. Needs numpy, scipy and
safetensors.

1. A piece's first vector is the teacher's row for that piece alone, centred, turned to the directions that hold most
   of the teacher's rows, and scaled by a / (a + p) for its share p of all pieces (Arora, Liang and Ma 2017).
2. Two epochs of Adam bring the mean of a sentence's pieces to the teacher's row: 1 - cosine, plus a tenth of InfoNCE at
   temperature 0.05 within a batch of 1,024.
3. A row's length is raised to the power 0.85, and the row rounded to a byte per number with one float32 factor.

This is the recipe, rewritten without torch; seeds and batches differ from the original run, so the numbers of a rerun
do too. Tried and of no use there: more dimensions, whole words or bigrams as units, more epochs on little text.
"""

import argparse
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

import storydiff

VOCABULARY = Path(__file__).parents[3] / "src" / "encode" / "models" / "vocab.txt"
SPECIAL = 5
DIMENSION, EPOCHS, BATCH, RATE, TEMPERATURE, SIF, POWER = 128, 2, 1024, 3e-3, 0.05, 1e-3, 0.85


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def tokenizer(words):
    model = models.WordPiece({word: index for index, word in enumerate(words)}, unk_token="[UNK]")
    made = Tokenizer(model)
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def counts(pieces, texts, n_words):
    """A row per text: how often it holds each piece, special ones left out."""
    rows, columns = [], []
    for row, encoding in enumerate(pieces.encode_batch(texts, add_special_tokens=False)):
        known = [index for index in encoding.ids if index >= SPECIAL]
        rows += [row] * len(known)
        columns += known
    return sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), n_words))


def first_vectors(teacher, words, targets, share):
    vectors = teacher.encode([word.removeprefix("##") for word in words])
    _, _, directions = np.linalg.svd(targets[:20_000], full_matrices=False)
    turn = directions[:DIMENSION].T
    table = (vectors - vectors[SPECIAL:].mean(0)) @ turn
    table /= np.linalg.norm(table[SPECIAL:], axis=1).mean()
    return (table * (SIF / (SIF + share))[:, None]).astype(np.float32), unit(targets @ turn)


def gradient(table, bag, target):
    """Of the loss to the table, and the mean cosine."""
    means = bag @ table
    lengths = np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    rows = means / lengths
    chances = rows @ target.T / TEMPERATURE
    chances = np.exp(chances - chances.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    np.fill_diagonal(chances, chances.diagonal() - 1)
    slope = (0.1 / TEMPERATURE * (chances @ target) - target) / len(rows)
    slope = (slope - (slope * rows).sum(1, keepdims=True) * rows) / lengths
    return bag.T @ slope, float((rows * target).sum(1).mean())


def train(table, bags, targets, random):
    mean, square, step = np.zeros_like(table), np.zeros_like(table), 0
    for epoch in range(EPOCHS):
        order = random.permutation(len(targets))
        batches = [order[start : start + BATCH] for start in range(0, max(len(order) - BATCH + 1, 1), BATCH)]
        for batch in batches:
            slope, cosine = gradient(table, bags[batch], targets[batch])
            step += 1
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            progress = step / (EPOCHS * len(batches))
            rate = RATE * min(progress / 0.05, (1 - progress) / 0.95 + 1e-3)
            table -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        print(f"epoch {epoch + 1}: cosine {cosine:.4f}", flush=True)


def pack(table):
    lengths = np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    table = table / lengths * lengths**POWER
    table[:SPECIAL] = 0
    factors = np.abs(table).max(1) / 127
    factors[factors == 0] = 1
    rows = np.clip(np.round(table / factors[:, None]), -127, 127).astype(np.int8)
    factors[:SPECIAL] = 0
    return {"embeddings": rows, "weights": factors.astype(np.float32)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    words = VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1]
    texts = arguments.sentences.read_text(encoding="utf-8").splitlines()
    bags = counts(tokenizer(words), texts, len(words))
    kept = np.flatnonzero(bags.sum(1) > 0)
    bags, texts = bags[kept], [texts[index] for index in kept]
    totals = bags.sum(0)
    share = (totals + 1) / (totals.sum() + len(words))
    bags = sp.csr_array(sp.diags_array(1 / bags.sum(1)) @ bags)
    teacher = storydiff.Encoder.load(arguments.teacher)
    table, targets = first_vectors(teacher, words, unit(teacher.encode(texts)), share)
    train(table, bags, targets.astype(np.float32), np.random.default_rng(0))
    save_file(pack(table), arguments.out)


if __name__ == "__main__":
    main()
