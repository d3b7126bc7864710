"""Train the reader: the upper layers of the embedded transformer, for late interaction over the pairs of a story.

    python tests/benchmarks/reader/train.py EVAL MODEL.safetensors OUT.safetensors [--held FOLD] [--teacher FILE.npz]

EVAL holds `labelled.py` and the labelled stories; MODEL is
`src/encode/models/minilm-l6-int4/model.safetensors`, of which the lower layers stay as they are. A sentence is
read once; a pair is scored by the idf-weighted best match of each token on the other side (ColBERT, Khattab and
Zaharia 2020), with learned token weights, in a small network. A step is a story, its loss is over all of its
pairs. `--teacher` names soft answers of a larger model, by story and pair: they count as much as the labels.
Needs torch; some ten minutes a pass on two busy cores. `pack.py` packs what comes out.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from bert import Layer, unpack
from safetensors.numpy import load_file, save_file
from stories import Story, invented_stories, labelled_stories
from tokenizers import BertWordPieceTokenizer
from torch import nn

ROOT = Path(__file__).resolve().parents[3]
N_LOWER, N_LAYERS, N_HEADS = 4, 6, 12
EPSILON = 1e-12
MOST_PIECES = 60
WIDTH = 128
N_SIGNALS = 10


class Reader(nn.Module):
    def __init__(self, tensors: dict) -> None:
        super().__init__()
        d = len(tensors["embeddings.LayerNorm.weight"])
        self.layers = nn.ModuleList(Layer(tensors, at, N_HEADS) for at in range(N_LOWER, N_LAYERS))
        self.project = nn.Linear(d, WIDTH, bias=False)
        self.weigh = nn.Linear(d, 1)
        self.idf = nn.Parameter(torch.tensor(1.0))
        self.bend = nn.Parameter(torch.tensor([0.6, 12.0]))
        self.line, self.dense, self.out = nn.Linear(N_SIGNALS, 1), nn.Linear(N_SIGNALS, 32), nn.Linear(32, 1)
        for of in (self.weigh.weight, self.weigh.bias, self.out.weight, self.out.bias, self.line.weight):
            nn.init.zeros_(of)
        with torch.no_grad():
            self.line.weight[0, 8:] = torch.tensor([1.5, 0.5])
        nn.init.constant_(self.line.bias, -4.5)

    def upper(self, x: torch.Tensor, mask: torch.Tensor, dropout: float) -> torch.Tensor:
        """The tuned layers, over sentences of like length together: padding costs as much as words."""
        n_of, parts = mask.sum(1), []
        order = torch.argsort(n_of)
        for part in order.split(max(8, len(order) // 4 + 1)):
            length = int(n_of[part].max())
            y = x[part, :length]
            for layer in self.layers:
                y = layer(y, mask[part, None, None, :length], dropout, EPSILON)
            parts.append(F.pad(y, (0, 0, 0, x.shape[1] - length)))
        return torch.cat(parts)[torch.argsort(order)]

    def signals(self, x: torch.Tensor, mask: torch.Tensor, idf: torch.Tensor, dropout: float) -> torch.Tensor:
        """(n, n, N_SIGNALS) of the n sentences of a story; `idf` is 0 on what frames a sentence."""
        x = self.upper(x, mask, dropout)
        inside = (idf > 0).float()
        mean = F.normalize((x * inside[..., None]).sum(1), dim=-1)
        v = F.normalize(self.project(x), dim=-1)
        w = torch.exp(self.weigh(x).squeeze(-1) + self.idf * torch.log(idf.clamp(min=1e-3))) * inside
        n, length, d = v.shape
        total = w.sum(1)
        parts = []
        for i in range(0, n, 16):
            a, wa, k = v[i : i + 16], w[i : i + 16], len(v[i : i + 16])
            s = (
                (a.reshape(k * length, d) @ v.reshape(n * length, d).T)
                .reshape(k, length, n, length)
                .permute(0, 2, 1, 3)
            )
            left = s.masked_fill((inside == 0)[None, :, None, :], -1).amax(3)
            right = s.masked_fill((inside[i : i + 16] == 0)[:, None, :, None], -1).amax(2)
            ca = (left * wa[:, None]).sum(2) / total[i : i + 16, None]
            cb = (right * w[None]).sum(2) / total[None]
            soft = [torch.sigmoid((side - self.bend[0]) * self.bend[1]) for side in (left, right)]
            ma, mb = (soft[0] * wa[:, None]).sum(2), (soft[1] * w[None]).sum(2)
            ra, rb = ma / total[i : i + 16, None], mb / total[None]
            low, high = torch.minimum, torch.maximum
            cosine = mean[i : i + 16] @ mean.T
            of = [
                low(ca, cb),
                high(ca, cb),
                low(ra, rb),
                high(ra, rb),
                low(ma, mb).log1p(),
                high(ma, mb).log1p(),
                cosine,
            ]
            parts.append(torch.stack([*of, (ca + cb) / 2], -1))
        return torch.cat(parts)

    def forward(self, x, mask, idf, dropout: float = 0.1) -> torch.Tensor:
        signals = self.signals(x, mask, idf, dropout)
        # How a pair stands among all of the story.
        i, j = torch.triu_indices(len(x), len(x), 1)
        among = [(signals[..., at] - signals[i, j, at].mean()) / (signals[i, j, at].std() + 1e-6) for at in (7, 1)]
        signals = torch.cat([signals, torch.stack(among, -1)], -1)
        return (self.line(signals) + self.out(F.gelu(self.dense(signals)))).squeeze(-1)

    def arrays(self) -> dict[str, np.ndarray]:
        out = {name: value for layer in self.layers for name, value in layer.arrays().items()}
        for name, value in self.named_parameters():
            if not name.startswith("layers"):
                out[name] = value
        return {
            n: v.detach().numpy().astype(np.float16 if v.ndim == 2 and v.numel() > 5000 else np.float32)
            for n, v in out.items()
        }


class Lower:
    """The lower layers, once per sentence of all stories."""

    def __init__(self, tensors: dict) -> None:
        self.tokenizer = BertWordPieceTokenizer(str(ROOT / "src/encode/models/vocab.txt"), lowercase=True)
        self.tokenizer.enable_truncation(MOST_PIECES)
        self.words = unpack(tensors, "embeddings.word_embeddings.weight")
        self.positions = unpack(tensors, "embeddings.position_embeddings.weight")
        self.types = unpack(tensors, "embeddings.token_type_embeddings.weight")[0]
        self.norm = [unpack(tensors, f"embeddings.LayerNorm.{kind}") for kind in ("weight", "bias")]
        self.layers = [Layer(tensors, at, N_HEADS).eval() for at in range(N_LOWER)]

    @torch.no_grad()
    def read(self, texts: list[str]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Piece ids and rows of each text, [CLS] and [SEP] included."""
        ids = [np.array(e.ids) for e in self.tokenizer.encode_batch(texts)]
        rows: list = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(ids[at]))
        for first in range(0, len(order), 64):
            part = order[first : first + 64]
            length = max(len(ids[at]) for at in part)
            padded = np.zeros((len(part), length), np.int64)
            mask = np.zeros((len(part), length), bool)
            for row, at in enumerate(part):
                padded[row, : len(ids[at])], mask[row, : len(ids[at])] = ids[at], True
            x = F.embedding(torch.from_numpy(padded), self.words) + self.positions[:length] + self.types
            x = F.layer_norm(x, (x.shape[2],), *self.norm, EPSILON)
            for layer in self.layers:
                x = layer(x, torch.from_numpy(mask)[:, None, None, :], 0.0, EPSILON)
            for row, at in enumerate(part):
                rows[at] = x[row, : len(ids[at])].half().numpy()
        return ids, rows


def batch(ids: list[np.ndarray], rows: list[np.ndarray]):
    """Padded rows, their mask, and each piece's idf in the story; 0 on [CLS] and [SEP]."""
    n, length = len(ids), max(len(i) for i in ids)
    x, mask, idf = (
        np.zeros((n, length, rows[0].shape[1]), np.float32),
        np.zeros((n, length), bool),
        np.zeros((n, length), np.float32),
    )
    df: dict[int, int] = {}
    for i in ids:
        for piece in set(i.tolist()):
            df[piece] = df.get(piece, 0) + 1
    for at, (i, r) in enumerate(zip(ids, rows, strict=True)):
        x[at, : len(i)], mask[at, : len(i)] = r, True
        idf[at, 1 : len(i) - 1] = [np.log((n + 1) / (df[p] + 1)) + 0.3 for p in i[1:-1].tolist()]
    return torch.from_numpy(x), torch.from_numpy(mask), torch.from_numpy(idf)


@torch.no_grad()
def start(model: Reader, read: list) -> None:
    """The projection begins as the main directions of the rows."""
    rows = []
    model.eval()
    for ids, states in read[::20]:
        x, mask, idf = batch(ids, states)
        rows.append(model.upper(x, mask, 0.0)[idf > 0])
    rows = torch.cat(rows)
    model.project.weight.copy_(torch.linalg.svd(rows[:20000], full_matrices=False)[2][:WIDTH])


def loss_of(model: Reader, story: Story, ids, rows, soft, near: float) -> torch.Tensor:
    real = story.planted == 0
    x, mask, idf = batch(ids, rows)
    asked = torch.from_numpy((story.shared >= 0) & real[:, None] & real[None])
    out = model(x, mask, idf)
    y = torch.from_numpy(story.shared.astype(np.float32))
    goal = y if soft is None else torch.where(torch.isnan(soft), y, 0.5 * y + 0.5 * torch.sigmoid(soft.nan_to_num()))
    each = F.binary_cross_entropy_with_logits(out, goal.clamp(min=0), reduction="none")
    loss = each[asked].mean() * 10
    planted = torch.from_numpy((story.shared >= 0) & ~(real[:, None] & real[None]))
    if planted.any():
        loss = loss + near * each[planted].mean()
    return loss


def measure(model: Reader, stories: list[Story], read: list) -> str:
    from score import average_precision, f1_at

    model.eval()
    kinds: dict[str, list] = {}
    planted, truth = [], []
    for story, (ids, rows) in zip(stories, read, strict=True):
        out = scores(model, story, ids, rows)
        upper = np.triu(story.shared >= 0, 1)
        real = (story.planted[:, None] == 0) & (story.planted[None] == 0) & upper
        y, s = story.shared[real], out[real]
        if y.sum():
            kinds.setdefault(story.kind, []).append((average_precision(s, y), f1_at(1 / (1 + np.exp(-s)), y, 0.5)[2]))
        planted += out[upper & ~real].tolist()
        truth += story.shared[upper & ~real].tolist()
    said = {k: tuple(np.round(np.mean(v, 0), 3).tolist()) for k, v in kinds.items()}
    real = [v for k, of in kinds.items() if k != "invented" for v in of]
    line = f"real stories AP, F1 at 0.5 {np.round(np.mean(real, 0), 3)} {said}"
    if planted:
        p, t = 1 / (1 + np.exp(-np.array(planted))), np.array(truth)
        near, paraphrases = (np.mean(p[t == same] >= 0.5) for same in (0, 1))
        line += f" planted AP {average_precision(p, t):.3f} linked: near {near:.3f} paraphrases {paraphrases:.3f}"
    return line


@torch.no_grad()
def scores(model: Reader, story: Story, ids, rows) -> np.ndarray:
    model.eval()
    return model(*batch(ids, rows), dropout=0.0).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "model", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--invented", type=Path, default=Path(__file__).parent / "invented")
    parser.add_argument("--held", type=int, default=-1, help="the fold that is measured and not trained on")
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument(
        "--near", type=float, default=0.3, help="what the planted pairs of a story count beside all others"
    )
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--cache", type=Path, help="where what the lower layers give is kept between runs")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    tensors = load_file(arguments.model)
    stories = labelled_stories(arguments.folder) + invented_stories(arguments.invented)
    begin = time.time()
    lower = Lower(tensors)
    if arguments.cache and arguments.cache.exists():
        read = pickle.loads(arguments.cache.read_bytes())
    else:
        read = [lower.read(story.texts) for story in stories]
        if arguments.cache:
            arguments.cache.write_bytes(pickle.dumps(read))
    teacher = np.load(arguments.teacher) if arguments.teacher else {}
    soft = [
        torch.from_numpy(teacher[s.name].astype(np.float32)) if s.name in teacher and s.kind != "invented" else None
        for s in stories
    ]
    print(f"{len(stories)} stories, lower layers read after {time.time() - begin:.0f} s", flush=True)
    model = Reader(tensors)
    start(model, read)
    chosen = [at for at, story in enumerate(stories) if story.fold != arguments.held]
    held = [at for at, story in enumerate(stories) if story.fold == arguments.held]
    body = [p for n, p in model.named_parameters() if n.startswith(("layers", "project"))]
    heads = [p for n, p in model.named_parameters() if not n.startswith(("layers", "project"))]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=1e-4, weight_decay=0.01)
    step, total = 0, arguments.passes * len(chosen)
    for number in range(arguments.passes):
        random.shuffle(chosen)
        model.train()
        losses = []
        for at in chosen:
            done = step / total
            slope = min(done / 0.05 + 0.01, 1 - done)
            for group, factor in zip(optimizer.param_groups, (1, 20), strict=True):
                group["lr"] = arguments.rate * factor * slope
            loss = loss_of(model, stories[at], *read[at], soft[at], arguments.near)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(float(loss.detach()))
            step += 1
            if step % 20 == 0:
                print(
                    f"  {time.time() - begin:.0f} s, step {step} of {total}, loss {np.mean(losses[-100:]):.3f}",
                    flush=True,
                )
        save_file(model.arrays(), arguments.out)
        if held:
            print(number + 1, measure(model, [stories[at] for at in held], [read[at] for at in held]), flush=True)
    if held:
        said = {stories[at].name: scores(model, stories[at], *read[at]).astype(np.float16) for at in held}
        np.savez_compressed(arguments.out.with_suffix(".npz"), **said)


if __name__ == "__main__":
    main()
