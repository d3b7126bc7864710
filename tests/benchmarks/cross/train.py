"""Train a cross-encoder: a large one on labelled pairs of sentences, a small one on the labels and its answers.

    python tests/benchmarks/cross/train.py large DATA.npz BASE.safetensors WORK --seconds 300
    python tests/benchmarks/cross/train.py small DATA.npz BASE.safetensors WORK --seconds 200

DATA is what `prepare.py` wrote. BASE of the large one is MPNet-base packed by `pack_mpnet.py`, of the small one
`src/encode/models/minilm-l6-int4/model.safetensors`. A pair is read as [CLS] a [SEP] b [SEP], the shorter text first;
the large one may get the sentences before the two as well: before_a [SEP] before_b [SEP].
From the row of [CLS]: log-odds that both assert a common claim, that they contradict each other, that they say all the
same, and the kind of conflict; from the row of a piece: whether it is among the words that differ, and of what is
shared.
The large one reads what stands before in half of the batches, so that it can do without, and learns its layers in 4
bits from half of the time on.
WORK gets `large_0.safetensors` to `large_4.safetensors` (packed, to be put together by `join.py`), `large.npz` (its
answers to every pair, without and with what stands before), `small.safetensors`, `small.npz` and a log. Needs torch and
a GPU.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from rows import KINDS, MAX_BEFORE, MAX_PIECES, SOURCES
from safetensors.numpy import load_file, save_file
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reader"))
from bert import Layer, batches, buckets, in_4_bits, unpack

# How often a pair of a source is seen in a pass.
SHARE = {
    "story": 1.0,
    "invented": 0.7,
    "variant": 3.0,
    "near_miss": 3.0,
    "superpal": 1.0,
    "pyramid": 0.7,
    "ecbplus": 0.35,
    "msrp": 0.7,
    "unlabelled": 0.0,
    "changed": 1.0,
}
SHARED, CONFLICT, SAME, FIRST_KIND = 0, 1, 2, 3
N_SIGNALS = FIRST_KIND + len(KINDS)
N_HEADS = 12
CLS, SEP = 0, 1


class Reader(nn.Module):
    def __init__(self, tensors: dict) -> None:
        super().__init__()
        words = unpack(tensors, "embeddings.word_embeddings.weight")
        d = words.shape[1]
        self.large = d == 768
        self.epsilon = 1e-5 if self.large else 1e-12
        n_layers = 1 + max(int(n.split(".")[2]) for n in tensors if n.startswith("encoder.layer."))
        self.register_buffer("words", words.half(), persistent=False)
        self.register_buffer("positions", unpack(tensors, "embeddings.position_embeddings.weight"), persistent=False)
        if self.large:
            self.types = nn.Parameter(torch.zeros(4, d))
            self.near = nn.Parameter(unpack(tensors, "encoder.relative_attention_bias.weight"))
            self.register_buffer("bucket", buckets(2 * (MAX_PIECES + MAX_BEFORE) + 5), persistent=False)
        else:
            # The base was trained on one text at a time.
            types = unpack(tensors, "embeddings.token_type_embeddings.weight")
            self.types = nn.Parameter(types[[0, len(types) - 1]].clone())
        self.gain = nn.Parameter(unpack(tensors, "embeddings.LayerNorm.weight"))
        self.bias = nn.Parameter(unpack(tensors, "embeddings.LayerNorm.bias"))
        self.layers = nn.ModuleList(Layer(tensors, at, N_HEADS) for at in range(n_layers))
        self.dense, self.out, self.tokens = nn.Linear(d, d), nn.Linear(d, N_SIGNALS), nn.Linear(d, 2)
        for linear, low in ((self.dense, 0.0), (self.out, -2.0), (self.tokens, -2.0)):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.constant_(linear.bias, low)
        if "head.out.weight" in tensors:
            with torch.no_grad():
                for name in ("dense", "out", "tokens"):
                    getattr(self, name).weight.copy_(unpack(tensors, f"head.{name}.weight"))
                    getattr(self, name).bias.copy_(unpack(tensors, f"head.{name}.bias"))

    def forward(self, ids, kinds, mask, dropout: float = 0.1):
        length = ids.shape[1]
        x = F.embedding(ids, self.words).float() + self.positions[:length] + self.types[kinds]
        x = F.dropout(F.layer_norm(x, (x.shape[2],), self.gain, self.bias, self.epsilon), dropout, self.training)
        bias = torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e4)[:, None, None, :]
        if self.large:
            bias = bias + self.near[self.bucket[:length, :length]].permute(2, 0, 1)[None]
        else:
            bias = bias.expand(-1, 1, length, -1)
        bias = bias.to(torch.bfloat16 if ids.is_cuda else torch.float32)
        for layer in self.layers:
            x = layer(x, bias, dropout, self.epsilon)
        pooled = F.gelu(self.dense(F.dropout(x[:, 0], dropout, self.training)))
        return self.out(pooled).float(), self.tokens(x).float()

    def arrays(self) -> dict[str, np.ndarray]:
        out = {name: value for layer in self.layers for name, value in layer.arrays().items()}
        out |= {"embeddings.token_type_embeddings.weight": self.types}
        out |= {"embeddings.LayerNorm.weight": self.gain, "embeddings.LayerNorm.bias": self.bias}
        if self.large:
            out["encoder.relative_attention_bias.weight"] = self.near
        for name in ("dense", "out", "tokens"):
            out[f"head.{name}.weight"], out[f"head.{name}.bias"] = getattr(self, name).weight, getattr(self, name).bias
        return {name: value.detach().float().cpu().numpy() for name, value in out.items()}


class Data:
    """All pairs, on the device; batches are put together there."""

    def __init__(self, path: Path, device: str, special: tuple[int, int]) -> None:
        raw = np.load(path)
        n_of = np.minimum(np.diff(raw["offsets"]), MAX_PIECES)
        left, right = raw["left"].astype(np.int64), raw["right"].astype(np.int64)
        # The shorter first; of equal ones the first in order of their ids.
        pieces, offsets = raw["pieces"], raw["offsets"]
        swapped = n_of[left] > n_of[right]
        for at in np.flatnonzero(n_of[left] == n_of[right]):
            a, b = (pieces[offsets[s] : offsets[s] + n_of[s]].tolist() for s in (left[at], right[at]))
            swapped[at] = a > b
        left, right = np.where(swapped, right, left), np.where(swapped, left, right)
        self.source, self.fold, self.conflict = raw["source"], raw["fold"], raw["conflict"]
        self.shared = raw["shared"]
        self.n_pieces = n_of[left] + n_of[right] + 3
        before = np.where(swapped, raw["right_before"], raw["left_before"]).astype(np.int64)
        after = np.where(swapped, raw["left_before"], raw["right_before"]).astype(np.int64)
        sizes = [np.where(text >= 0, np.minimum(n_of[text], MAX_BEFORE), 0) for text in (before, after)]
        self.n_all = self.n_pieces + np.where(np.maximum(before, after) >= 0, sizes[0] + sizes[1] + 2, 0)
        to = lambda x, kind: torch.from_numpy(np.ascontiguousarray(x.astype(kind))).to(device)  # noqa: E731
        self.pieces, self.starts, self.n_of = to(pieces, np.int64), to(offsets[:-1], np.int64), to(n_of, np.int64)
        self.left, self.right = to(left, np.int64), to(right, np.int64)
        self.left_before, self.right_before = to(before, np.int64), to(after, np.int64)
        self.labels = {name: to(raw[name], np.int64) for name in ("shared", "conflict", "same", "kind")}
        self.weight = to(raw["weight"], np.float32)
        self.special, self.device = special, device
        marked = np.unique(raw["marks"][:, 0])
        row_of = np.zeros(len(left), np.int64)
        row_of[marked] = np.arange(1, len(marked) + 1)
        marks = np.full((len(marked) + 1, 2, MAX_PIECES, 2), -1, np.int8)
        for pair, _, _, _, layer in raw["marks"]:
            marks[row_of[pair], :, :, layer] = 0
        for pair, side, start, end, layer in raw["marks"]:
            marks[row_of[pair], side ^ int(swapped[pair]), start : min(end, MAX_PIECES), layer] = 1
        self.row_of, self.marks = to(row_of, np.int64), to(marks, np.int8)

    def batch(self, at: np.ndarray, *, before: bool):
        """Piece ids, the kind of text that each is of, the mask and the marks; with what stands before, if asked."""
        length = int((self.n_all if before else self.n_pieces)[at].max())
        at = torch.from_numpy(at).to(self.device)
        texts = [self.left[at], self.right[at]]
        sizes = [self.n_of[text] for text in texts]
        starts = [self.starts[text] for text in texts]
        if before:
            texts = [self.left_before[at], self.right_before[at]]
            has = torch.maximum(*texts) >= 0
            for text in texts:
                size = torch.where(text >= 0, self.n_of[text.clamp(min=0)].clamp(max=MAX_BEFORE), 0)
                # Where neither has one before, there is no separator either.
                sizes.append(torch.where(has, size, -1))
                starts.append(self.starts[text.clamp(min=0)])
        place = torch.arange(length, device=self.device)[None]
        ids = torch.full((len(at), length), self.special[SEP], device=self.device)
        ids[:, 0] = self.special[CLS]
        kinds, end = torch.zeros_like(ids), torch.ones_like(at)[:, None]
        rows, target = self.row_of[at], torch.full((len(at), length, 2), -1, dtype=torch.int8, device=self.device)
        for kind, (size, start) in enumerate(zip(sizes, starts, strict=True)):
            size = size[:, None]
            of = place - end
            inside = (of >= 0) & (of < size)
            ids = torch.where(inside, self.pieces[torch.where(inside, start[:, None] + of, 0)], ids)
            kinds = torch.where((of >= 0) & (of <= size), kind, kinds)
            if kind < 2:
                marks = self.marks[rows[:, None], kind, of.clamp(0, MAX_PIECES - 1)]
                target = torch.where(inside[..., None], marks, target)
            end = end + size + 1
        return ids, kinds, place < end, target


def masked(loss: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return (loss * weight).sum() / weight.sum().clamp(min=1.0)


def loss_of(out, tokens, target, at: torch.Tensor, data: Data, said: torch.Tensor | None, gold: float) -> torch.Tensor:
    """`said` are a teacher's log-odds; where a label is known it counts for `gold` of the goal."""
    weight = data.weight[at]
    loss = torch.zeros((), device=out.device)
    for column, name, factor in ((SHARED, "shared", 1.0), (CONFLICT, "conflict", 1.0), (SAME, "same", 0.3)):
        y = data.labels[name][at]
        known, goal = (y >= 0).float(), y.clamp(min=0).float()
        if said is not None:
            belief = torch.sigmoid(said[:, column])
            goal = torch.where(y >= 0, gold * goal + (1 - gold) * belief, belief)
            known = torch.ones_like(known)
        part = F.binary_cross_entropy_with_logits(out[:, column], goal, reduction="none")
        loss = loss + factor * masked(part, known * weight)
    kind = data.labels["kind"][at]
    clash = ((kind >= 0) & (data.labels["conflict"][at] == 1)).float()
    part = F.cross_entropy(out[:, FIRST_KIND:], kind.clamp(min=0), reduction="none")
    loss = loss + 0.2 * (part * clash).sum() / clash.sum().clamp(min=4)
    looked = (target >= 0).float()
    part = F.binary_cross_entropy_with_logits(tokens, target.clamp(min=0).float(), reduction="none")
    return loss + 0.3 * (part * looked).sum() / looked.sum().clamp(min=100)


def train(model: Reader, data: Data, share: np.ndarray, arguments, teacher: torch.Tensor | None) -> None:
    random = np.random.default_rng(arguments.seed)
    body = [p for n, p in model.named_parameters() if not n.startswith(("dense", "out", "tokens", "types"))]
    heads = [p for n, p in model.named_parameters() if n.startswith(("dense", "out", "tokens", "types"))]
    groups = [{"params": body, "scale": 1.0}, {"params": heads, "scale": 5.0}]
    cuda = data.device == "cuda"
    optimizer = torch.optim.AdamW(groups, lr=1e-5, weight_decay=0.01, betas=(0.9, 0.98), fused=cuda)
    begin, step, seen, losses = time.time(), 0, 0, []
    chosen = np.flatnonzero(share > 0)
    model.train()
    done = 0.0
    while done < 1:
        copies = np.floor(share[chosen] + random.random(len(chosen))).astype(int)
        rows = np.repeat(chosen, copies)
        print(f"{time.time() - begin:.0f} s: a pass of {len(rows)} pairs", flush=True)
        for at in batches(rows, data.n_pieces, arguments.pieces, random):
            done = max((time.time() - begin) / arguments.seconds, seen / (arguments.passes * share.sum()))
            if done >= 1:
                break
            if model.large and done > arguments.rounded_from:
                for layer in model.layers:
                    layer.rounds = True
            for group in optimizer.param_groups:
                group["lr"] = arguments.rate * group["scale"] * max(min(done / 0.05, (1 - done) / 0.95), 0.01)
            ids, kinds, mask, target = data.batch(at, before=model.large and random.random() < 0.5)
            place = torch.from_numpy(at).to(data.device)
            with torch.autocast(data.device, torch.bfloat16, enabled=cuda):
                out, tokens = model(ids, kinds, mask)
            said = None if teacher is None else teacher[place]
            loss = loss_of(out, tokens, target, place, data, said, arguments.gold)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            step, seen = step + 1, seen + len(at)
            if step % 500 == 0:
                told = torch.stack(losses[-500:]).mean()
                print(f"  {time.time() - begin:.0f} s, step {step}, {seen} pairs, loss {told:.4f}", flush=True)
    print(f"{step} steps, {seen} pairs in {time.time() - begin:.0f} s", flush=True)


@torch.no_grad()
def score(model: Reader, data: Data, rows: np.ndarray, *, before: bool = False, pieces: int = 60_000) -> np.ndarray:
    model.eval()
    out = np.zeros((len(rows), N_SIGNALS), np.float16)
    size = data.n_all if before else data.n_pieces
    order = np.argsort(size[rows], kind="stable")
    start = 0
    while start < len(order):
        n = max(8, pieces // int(size[rows[order[min(start + 500, len(order) - 1)]]]))
        part = order[start : start + n]
        ids, kinds, mask, _ = data.batch(rows[part], before=before)
        with torch.autocast(data.device, torch.bfloat16, enabled=data.device == "cuda"):
            out[part] = model(ids, kinds, mask)[0].cpu().numpy()
        start += n
    return out


def packed(model: Reader) -> list[dict[str, np.ndarray]]:
    """The large one as it ships, but for words and positions: layers in 4 bits, three in each part, and the rest."""
    parts: list[dict[str, np.ndarray]] = [{} for _ in range(5)]
    for name, value in model.arrays().items():
        if not name.startswith("encoder.layer.") or value.ndim == 1:
            parts[4][name] = value.astype(np.float16 if name == "head.dense.weight" else np.float32)
            continue
        numbers, scale = in_4_bits(torch.from_numpy(value))
        bytes_ = (numbers.view(value.shape) + 8).byte().numpy()
        part = parts[int(name.split(".")[2]) // 3]
        part[f"{name}.q4"] = np.ascontiguousarray(bytes_[:, ::2] | bytes_[:, 1::2] << 4)
        part[f"{name}.scale"] = scale[..., 0].numpy().astype(np.float16)
    return parts


def average_precision(y: np.ndarray, s: np.ndarray) -> float:
    order = np.argsort(-s, kind="stable")
    hits = y[order] == 1
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else float("nan")


def report(data: Data, said: np.ndarray, rows: np.ndarray, layout: dict | None) -> None:
    """Average precision on what was held, by source; of stories the mean over stories."""
    full = np.full((len(data.source), said.shape[1]), np.nan)
    full[rows] = said.astype(np.float32)
    for at, name in enumerate(SOURCES):
        for column, labels in ((SHARED, data.shared), (CONFLICT, data.conflict)):
            own = rows[(data.source[rows] == at) & (labels[rows] >= 0)]
            y, s = labels[own], full[own, column]
            if len(own) and 0 < (y == 1).sum() < len(y):
                line = f"{name} {('shared', 'conflict')[column]}: {len(y)} pairs, {(y == 1).sum()}"
                line += f", AP {average_precision(y, s):.3f}"
                print(f"{line}, at 0: P {y[s > 0].mean():.3f} R {(s[y == 1] > 0).mean():.3f}", flush=True)
    if layout:
        told = []
        for story in layout.values():
            own = np.array([pair[0] for pair in story["pairs"]])
            if story["fold"] == 0 and len(own) and not np.isnan(full[own, SHARED]).any():
                told.append(average_precision(data.shared[own], full[own, SHARED]))
        print(f"{len(told)} held stories: mean AP {np.nanmean(told):.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=["large", "small"])
    for name in ("data", "base", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--vocabulary", type=Path, default=Path("src/encode/models/vocab.txt"))
    parser.add_argument("--layout", type=Path)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--passes", type=float, default=5.0, help="at most, however much time is left")
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--pieces", type=int, default=12_000, help="word pieces in a batch")
    parser.add_argument("--rounded-from", type=float, default=0.5, help="share of the time, of the large one")
    parser.add_argument("--gold", type=float, default=0.5)
    parser.add_argument("--unlabelled", type=float, default=1.0)
    parser.add_argument("--start", type=Path, help="a model to go on from")
    parser.add_argument("--limit", type=int, help="of rows, for a try")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.manual_seed(arguments.seed)
    begin = time.time()
    vocabulary = arguments.vocabulary.read_text(encoding="utf-8").split("\n")
    data = Data(arguments.data, device, (vocabulary.index("[CLS]"), vocabulary.index("[SEP]")))
    layout = None
    if arguments.layout:
        layout = json.loads(arguments.layout.read_text())
    share = np.array([SHARE[s] for s in SOURCES])[data.source]
    # What both say, and what contradicts, is rare in a story.
    of_story = data.source == SOURCES.index("story")
    share[of_story] *= np.where(data.shared[of_story] == 1, 1.5, 0.7)
    share[np.isin(data.source, (0, 1)) & (data.conflict == 1)] *= 4
    teacher = None
    if arguments.size == "small" and (arguments.work / "large.npz").exists():
        teacher = torch.from_numpy(np.load(arguments.work / "large.npz")["said"].astype(np.float32)).to(device)
        # Most unlabelled pairs plainly have nothing to do with each other.
        asked = data.source == SOURCES.index("unlabelled")
        likely = teacher[:, [SHARED, CONFLICT]].amax(1).cpu().numpy() > -3.5
        share[asked & likely], share[asked & ~likely] = arguments.unlabelled, arguments.unlabelled * 0.15
        share[of_story & ~likely & (data.shared == 0)] *= 0.4
    held = (data.fold == 0) | (data.fold == -2)
    share[held] = 0
    if arguments.limit:
        share[np.random.default_rng(0).permutation(len(share))[arguments.limit :]] = 0
    tensors = load_file(arguments.base)
    if arguments.start:
        tensors |= load_file(arguments.start)
    model = Reader(tensors).to(device)
    print(f"ready after {time.time() - begin:.0f} s on {device}", flush=True)
    train(model, data, share, arguments, teacher)
    arguments.work.mkdir(parents=True, exist_ok=True)
    if model.large:
        for at, part in enumerate(packed(model)):
            save_file(part, arguments.work / f"large_{at}.safetensors")
    else:
        save_file(model.arrays(), arguments.work / "small.safetensors")
    rows = np.flatnonzero(held) if arguments.limit else np.arange(len(share))
    if arguments.limit:
        rows = rows[:: max(1, len(rows) // 300)]
    said = []
    for before in (False, True)[: 1 + model.large]:
        said.append(score(model, data, rows, before=before))
        print(f"scored {len(rows)} after {time.time() - begin:.0f} s", flush=True)
        report(data, said[-1][held[rows]], rows[held[rows]], None if arguments.limit else layout)
    if not arguments.limit:
        columns = said[0][:, :FIRST_KIND] if len(said) == 1 else np.concatenate([of[:, :FIRST_KIND] for of in said], 1)
        np.savez_compressed(arguments.work / f"{arguments.size}.npz", said=columns)


if __name__ == "__main__":
    main()
