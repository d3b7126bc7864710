"""Train the entailment reader: a large one on labels, a small one on the labels and its answers.

    python tests/benchmarks/entail/train.py DATA.npz WORK --teacher 270 --pupil 200

DATA is what `prepare.py` wrote. Both go on from the cross-encoders that are embedded: the large one as a whole, the
small one with words, positions and the first layers as they are, so that only the layers above are stored again.
A question is read as [CLS] text [SEP] evidence [SEP]. From the row of [CLS]: log-odds that all of the text is said,
that any of it is, and that something contradicts it; from the row of a piece of the text: that it is said, and that it
is contradicted. Layers are learned in 4 bits from half of the time on.
WORK gets `pupil.safetensors` (packed, with the one head that ships), `teacher_0.safetensors` to
`teacher_4.safetensors`, `answers.npz` (what both say of what was held) and a log. Needs torch and a GPU.
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
from rows import MAX_EVIDENCE, MAX_PIECES, SOURCES
from safetensors.numpy import load_file, save_file
from torch import nn

ROOT = Path(__file__).resolve().parents[3]
sys.path[1:1] = [str(ROOT / "tests/benchmarks/reader"), str(ROOT / "tests/benchmarks/cross")]
from bert import GROUP, Layer, batches, buckets, in_4_bits, unpack  # noqa: E402

# How often a row of a source is seen in a pass.
SHARE = {
    "read": 4.0,
    "sentence": 0.8,
    "claim": 0.8,
    "invented": 1.0,
    "variant": 1.5,
    "near_miss": 1.5,
    "changed": 1.0,
    "superpal": 0.5,
    "pyramid": 0.3,
    "msrp": 0.5,
    "written": 4.0,
    "unlabelled": 0.0,
    "editor": 0.0,
}
ALL, SOME, CLASH, N_OUT = 0, 1, 2, 3
SAID, AGAINST = 0, 1
# The first layers of the small one, which it shares with the cross-encoder of pairs.
N_SHARED = 2
N_HEADS = 12


def floats(tensors: dict) -> dict:
    """Tensors in 8 bits by groups as floats; what is packed otherwise stays."""
    out = dict(tensors)
    for name in [name for name in tensors if name.endswith(".q8")]:
        scale = tensors[name.replace(".q8", ".scale")].astype(np.float32)
        out[name.removesuffix(".q8")] = tensors[name].astype(np.float32) * np.repeat(scale, GROUP, 1)
    return out


class Entailment(nn.Module):
    def __init__(self, tensors: dict) -> None:
        super().__init__()
        words = unpack(tensors, "embeddings.word_embeddings.weight")
        d = words.shape[1]
        self.large = d == 768
        self.epsilon = 1e-5 if self.large else 1e-12
        self.register_buffer("words", words.half(), persistent=False)
        self.register_buffer("positions", unpack(tensors, "embeddings.position_embeddings.weight"), persistent=False)
        self.types = nn.Parameter(unpack(tensors, "embeddings.token_type_embeddings.weight")[:2].clone())
        self.gain = nn.Parameter(unpack(tensors, "embeddings.LayerNorm.weight"))
        self.bias = nn.Parameter(unpack(tensors, "embeddings.LayerNorm.bias"))
        if self.large:
            self.near = nn.Parameter(unpack(tensors, "encoder.relative_attention_bias.weight"))
            self.register_buffer("bucket", buckets(256), persistent=False)
        n_layers = 1 + max(int(n.split(".")[2]) for n in tensors if n.startswith("encoder.layer."))
        self.layers = nn.ModuleList(Layer(tensors, at, N_HEADS) for at in range(n_layers))
        self.dense, self.out, self.tokens = nn.Linear(d, d), nn.Linear(d, N_OUT), nn.Linear(d, 2)
        with torch.no_grad():
            self.dense.weight.copy_(unpack(tensors, "head.dense.weight"))
            self.dense.bias.copy_(unpack(tensors, "head.dense.bias"))
            for linear in (self.out, self.tokens):
                nn.init.normal_(linear.weight, std=0.02)
                nn.init.zeros_(linear.bias)
        self.fixed = 0
        if not self.large:
            self.fixed = N_SHARED
            for part in (self.types, self.gain, self.bias, *self.layers[:N_SHARED].parameters()):
                part.requires_grad_(False)

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

    def own(self) -> dict[str, np.ndarray]:
        """What is not shared with the cross-encoder of pairs."""
        out = {name: value for layer in self.layers[self.fixed :] for name, value in layer.arrays().items()}
        if self.large:
            out |= {"embeddings.token_type_embeddings.weight": self.types}
            out |= {"embeddings.LayerNorm.weight": self.gain, "embeddings.LayerNorm.bias": self.bias}
            out["encoder.relative_attention_bias.weight"] = self.near
        for name in ("dense", "out", "tokens"):
            out[f"head.{name}.weight"], out[f"head.{name}.bias"] = getattr(self, name).weight, getattr(self, name).bias
        return {name: value.detach().float().cpu().numpy() for name, value in out.items()}

    def packed(self) -> dict[str, np.ndarray]:
        out = {}
        for name, value in self.own().items():
            if not name.startswith("encoder.layer.") or value.ndim == 1:
                out[name] = value.astype(np.float16 if name == "head.dense.weight" else np.float32)
                continue
            numbers, scale = in_4_bits(torch.from_numpy(value))
            bytes_ = (numbers.view(value.shape) + 8).byte().numpy()
            out[f"{name}.q4"] = np.ascontiguousarray(bytes_[:, ::2] | bytes_[:, 1::2] << 4)
            out[f"{name}.scale"] = scale[..., 0].numpy().astype(np.float16)
        return out


def shipped(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is embedded: of the heads the one that tells whether a piece is said."""
    out = {name: tensor for name, tensor in tensors.items() if not name.startswith("head.")}
    return out | {
        f"head.said.{of}": np.ascontiguousarray(tensors[f"head.tokens.{of}"][:1]) for of in ("weight", "bias")
    }


class Data:
    """All rows, on the device; batches are put together there."""

    def __init__(self, path: Path, device: str, special: tuple[int, int]) -> None:
        raw = np.load(path)
        self.raw = {name: raw[name] for name in ("source", "held", "all", "some", "clash", "said")}
        size = np.diff(raw["offsets"]).astype(np.int64)
        to = lambda x, kind: torch.from_numpy(np.ascontiguousarray(x.astype(kind))).to(device)  # noqa: E731
        n_text = np.minimum(size[raw["text"]], MAX_PIECES)
        n_of = [np.where(raw[name] >= 0, np.minimum(size[raw[name]], MAX_EVIDENCE), 0) for name in ("first", "second")]
        self.n_pieces = n_text + n_of[0] + n_of[1] + 3
        self.pieces = to(raw["pieces"], np.int64)
        starts = raw["offsets"][:-1]
        self.starts = [to(starts[np.maximum(raw[name], 0)], np.int64) for name in ("text", "first", "second")]
        self.sizes = [to(n, np.int64) for n in (n_text, *n_of)]
        self.labels = {name: to(raw[name], np.int64) for name in ("all", "some", "clash")}
        self.weight = to(raw["weight"], np.float32)
        default = np.stack([raw["said"], raw["against"]], 1).astype(np.int8)
        marked = np.unique(raw["marks"][:, 0])
        row_of = np.zeros(len(n_text), np.int64)
        row_of[marked] = np.arange(1, len(marked) + 1)
        marks = np.full((len(marked) + 1, MAX_PIECES, 2), -2, np.int8)
        for row, start, end, said, against in raw["marks"]:
            marks[row_of[row], start:end] = (said, against)
        self.default, self.row_of, self.marks = to(default, np.int64), to(row_of, np.int64), to(marks, np.int8)
        self.special, self.device = special, device

    def batch(self, at: np.ndarray):
        """Piece ids, which text each is of, the mask, and what is so of each piece of the text (-1: unknown)."""
        length = int(self.n_pieces[at].max())
        at = torch.from_numpy(at).to(self.device)
        place = torch.arange(length, device=self.device)[None]
        ids = torch.full((len(at), length), self.special[1], device=self.device)
        ids[:, 0] = self.special[0]
        kinds, end = torch.zeros_like(ids), torch.ones_like(at)[:, None]
        target = torch.full((len(at), length, 2), -1, dtype=torch.int64, device=self.device)
        for n, (starts, sizes) in enumerate(zip(self.starts, self.sizes, strict=True)):
            size, start = sizes[at][:, None], starts[at][:, None]
            of = place - end
            inside = (of >= 0) & (of < size)
            ids = torch.where(inside, self.pieces[torch.where(inside, start + of, 0)], ids)
            if n == 0:
                marks = self.marks[self.row_of[at][:, None], of.clamp(0, MAX_PIECES - 1)].long()
                marks = torch.where(marks == -2, self.default[at][:, None], marks)
                target = torch.where(inside[..., None], marks, target)
                # The two sentences of the evidence follow each other with nothing between them.
                end = end + size + 1
                kinds = (place >= end).long().expand_as(ids).contiguous()
            else:
                end = end + size
        return ids, kinds, place <= end, target

    def __len__(self) -> int:
        return len(self.n_pieces)


def masked(loss: torch.Tensor, weight: torch.Tensor, least: float) -> torch.Tensor:
    return (loss * weight).sum() / weight.sum().clamp(min=least)


def loss_of(out, tokens, target, at, data: Data, said, gold: float) -> torch.Tensor:
    """`said`: what a teacher says of the pairs and of their pieces; where a label is known it counts for `gold`."""
    weight = data.weight[at]
    loss = torch.zeros((), device=out.device)
    for column, name, factor in ((ALL, "all", 1.0), (SOME, "some", 0.5), (CLASH, "clash", 0.7)):
        y = data.labels[name][at]
        known, goal = (y >= 0).float(), y.clamp(min=0).float()
        if said is not None:
            belief = torch.sigmoid(said[0][:, column])
            goal = torch.where(y >= 0, gold * goal + (1 - gold) * belief, belief)
            known = torch.ones_like(known)
        part = F.binary_cross_entropy_with_logits(out[:, column], goal, reduction="none")
        loss = loss + factor * masked(part, known * weight, 1.0)
    goal, known = target.clamp(min=0).float(), (target >= 0).float()
    if said is not None:
        length = min(target.shape[1] - 1, MAX_PIECES)
        belief = torch.zeros_like(goal)
        belief[:, 1 : 1 + length] = torch.sigmoid(said[1][:, :length])
        goal = torch.where(target >= 0, gold * goal + (1 - gold) * belief, belief)
        place = torch.arange(target.shape[1], device=target.device)[None]
        known = ((place >= 1) & (place <= data.sizes[0][at][:, None])).float()[..., None].expand_as(goal)
    part = F.binary_cross_entropy_with_logits(tokens, goal, reduction="none")
    known = known * weight[:, None, None]
    return (
        loss
        + 1.5 * masked(part[..., SAID], known[..., SAID], 50)
        + 0.5 * masked(part[..., AGAINST], known[..., AGAINST], 50)
    )


def train(model: Entailment, data: Data, share: np.ndarray, seconds: float, rate: float, arguments, teacher) -> None:
    random = np.random.default_rng(arguments.seed)
    new = ("dense", "out", "tokens")
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if not n.startswith(new)], "scale": 1.0},
        {"params": [p for n, p in named if n.startswith(new)], "scale": 5.0},
    ]
    cuda = data.device == "cuda"
    optimizer = torch.optim.AdamW(groups, lr=1e-5, weight_decay=0.01, betas=(0.9, 0.98), fused=cuda)
    begin, step, seen, losses, done = time.time(), 0, 0, [], 0.0
    chosen = np.flatnonzero(share > 0)
    model.train()
    while done < 1:
        copies = np.floor(share[chosen] + random.random(len(chosen))).astype(int)
        rows = np.repeat(chosen, copies)
        print(f"{time.time() - begin:.0f} s: a pass of {len(rows)} rows", flush=True)
        for at in batches(rows, data.n_pieces, arguments.pieces, random):
            done = (time.time() - begin) / seconds
            if done >= 1:
                break
            if done > 0.5:
                for layer in model.layers[model.fixed :]:
                    layer.rounds = True
            for group in optimizer.param_groups:
                group["lr"] = rate * group["scale"] * max(min(done / 0.05, (1 - done) / 0.95), 0.01)
            ids, kinds, mask, target = data.batch(at)
            place = torch.from_numpy(at).to(data.device)
            with torch.autocast(data.device, torch.bfloat16, enabled=cuda):
                out, tokens = model(ids, kinds, mask)
            said = None if teacher is None else tuple(t[place].float() for t in teacher)
            loss = loss_of(out, tokens, target, place, data, said, arguments.gold)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            step, seen = step + 1, seen + len(at)
            if step % 500 == 0:
                told = torch.stack(losses[-500:]).mean()
                print(
                    f"  {time.time() - begin:.0f} s, step {step}, {seen} rows, loss {told:.4f}",
                    flush=True,
                )
    print(f"{step} steps, {seen} rows in {time.time() - begin:.0f} s", flush=True)


@torch.no_grad()
def score(model: Entailment, data: Data, rows: np.ndarray, pieces: int = 80_000) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-odds of every row asked, of the others zeros."""
    model.eval()
    out = torch.zeros((len(data), N_OUT), dtype=torch.float16, device=data.device)
    tokens = torch.zeros((len(data), MAX_PIECES, 2), dtype=torch.float16, device=data.device)
    order = rows[np.argsort(data.n_pieces[rows], kind="stable")]
    start = 0
    while start < len(order):
        n = max(8, pieces // int(data.n_pieces[order[min(start + 500, len(order) - 1)]]))
        part = order[start : start + n]
        ids, kinds, mask, _ = data.batch(part)
        place = torch.from_numpy(part).to(data.device)
        with torch.autocast(data.device, torch.bfloat16, enabled=data.device == "cuda"):
            pooled, of = model(ids, kinds, mask)
        out[place] = pooled.half()
        length = min(of.shape[1] - 1, MAX_PIECES)
        tokens[place, :length] = of[:, 1 : 1 + length].half()
        start += n
    return out, tokens


def auc(y: np.ndarray, s: np.ndarray) -> float:
    rank = np.empty(len(s))
    order = np.argsort(s, kind="stable")
    rank[order] = np.arange(1, len(s) + 1)
    n = (y == 1).sum()
    return float((rank[y == 1].sum() - n * (n + 1) / 2) / max(n * (len(y) - n), 1)) if 0 < n < len(y) else float("nan")


def told_of(y: np.ndarray, s: np.ndarray) -> str:
    precision, recall = y[s > 0].mean(), (s[y == 1] > 0).mean()
    return f"n {len(y)} yes {y.sum()} AUC {auc(y, s):.3f} P {precision:.3f} R {recall:.3f}"


def report(data: Data, said: tuple[torch.Tensor, torch.Tensor], names: dict[str, list[int]]) -> None:
    out, tokens = (t.float().cpu().numpy() for t in said)
    held = data.raw["held"] == 1
    for at, name in enumerate(SOURCES):
        told = []
        for column, label in ((ALL, "all"), (SOME, "some"), (CLASH, "clash")):
            own = held & (data.raw["source"] == at) & (data.raw[label] >= 0)
            y, s = data.raw[label][own], out[own, column]
            if 0 < y.sum() < len(y):
                told.append(f"{label} {told_of(y, s)}")
        if told:
            print(f"{name}: " + "; ".join(told), flush=True)
    for prefix in ("named", "found"):
        rows = np.array([r for name, of in names.items() if name.startswith(prefix) for r in of], int)
        rows = rows[held[rows]] if len(rows) else rows
        if len(rows):
            _, _, _, target = data.batch(rows)
            target = target[:, 1 : 1 + MAX_PIECES].cpu().numpy()
            for layer, name in ((SAID, "said"), (AGAINST, "against")):
                known = target[..., layer] >= 0
                y, s = target[..., layer][known], tokens[rows][:, : target.shape[1], layer][known]
                print(f"{prefix}: pieces {name} {told_of(y, s)}")
            for column, label in ((ALL, "all"), (SOME, "some"), (CLASH, "clash")):
                y, s = data.raw[label][rows], out[rows, column]
                print(f"{prefix}: {label} {told_of(y, s)}")
    lines = [
        (name.rsplit(":", 1)[1], [r for r in of if r >= 0]) for name, of in names.items() if name.startswith("editor")
    ]
    lines = [(verdict, of) for verdict, of in lines if of]
    if lines:
        sound = np.array([v == "SOUND" for v, _ in lines])
        false = np.array([v == "FALSE" for v, _ in lines])
        size = data.sizes[0].cpu().numpy()
        for name, of in (
            ("all", lambda r: -np.logaddexp(0, -out[r, ALL]).sum()),
            ("some", lambda r: -np.logaddexp(0, -out[r, SOME]).sum()),
            ("pieces, mean", lambda r: min((1 / (1 + np.exp(-tokens[n, : size[n], SAID]))).mean() for n in r)),
            ("pieces, least", lambda r: min(tokens[n, : size[n], SAID].min() for n in r)),
            ("no clash", lambda r: -max(out[n, CLASH] for n in r)),
        ):
            s = np.array([of(r) for _, r in lines])
            print(
                f"editors, {len(lines)} lines, {name}: AUC sound {auc(sound, s):.3f}, not false {auc(~false, s):.3f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--large", type=Path, default=ROOT / "src/encode/models/cross-large/model.safetensors")
    parser.add_argument("--small", type=Path, default=ROOT / "src/encode/models/cross-small/model.safetensors")
    parser.add_argument("--words", type=Path, default=ROOT / "src/encode/models/minilm-l6-int4/model.safetensors")
    parser.add_argument("--vocabulary", type=Path, default=ROOT / "src/encode/models/vocab.txt")
    parser.add_argument("--teacher", type=float, default=270, help="seconds")
    parser.add_argument("--pupil", type=float, default=200, help="seconds")
    parser.add_argument("--rate", type=float, default=3e-5, help="of the teacher")
    parser.add_argument("--pupil-rate", type=float, default=1.5e-4)
    parser.add_argument("--pieces", type=int, default=12_000, help="word pieces in a batch")
    parser.add_argument("--gold", type=float, default=0.5)
    parser.add_argument("--limit", type=int, help="of rows, for a try")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.manual_seed(arguments.seed)
    begin = time.time()
    vocabulary = arguments.vocabulary.read_text(encoding="utf-8").split("\n")
    data = Data(arguments.data, device, (vocabulary.index("[CLS]"), vocabulary.index("[SEP]")))
    names = json.loads(arguments.data.with_suffix(".names.json").read_text())
    share = np.array([SHARE[s] for s in SOURCES])[data.raw["source"]]
    held = data.raw["held"] == 1
    share[held] = 0
    rows = np.arange(len(share))
    if arguments.limit:
        rows = np.random.default_rng(0).permutation(len(share))[: arguments.limit]
        share[np.setdiff1d(np.arange(len(share)), rows)] = 0
    arguments.work.mkdir(parents=True, exist_ok=True)
    teacher = Entailment(load_file(arguments.large)).to(device)
    print(f"ready after {time.time() - begin:.0f} s on {device}", flush=True)
    train(teacher, data, share, arguments.teacher, arguments.rate, arguments, None)
    tensors = teacher.packed()
    for part in range(5):
        own = {
            n: t
            for n, t in tensors.items()
            if (int(n.split(".")[2]) // 3 if n.startswith("encoder.layer.") else 4) == part
        }
        save_file(own, arguments.work / f"teacher_{part}.safetensors")
    answers = score(teacher, data, rows)
    print(f"the teacher, after {time.time() - begin:.0f} s", flush=True)
    report(data, answers, names)

    words = {
        n: t for n, t in load_file(arguments.words).items() if n.startswith(("embeddings.word", "embeddings.position"))
    }
    pupil = Entailment(words | floats(load_file(arguments.small))).to(device)
    asked = data.raw["source"] == SOURCES.index("unlabelled")
    likely = (answers[0][:, SOME] > -3).cpu().numpy()
    share[asked] = np.where(likely[asked], 1.0, 0.2)
    # What is said in no part is most of a story.
    of_story = np.isin(data.raw["source"], (SOURCES.index("sentence"), SOURCES.index("claim"))) & ~likely
    share[of_story] *= 0.4
    if arguments.limit:
        share[np.setdiff1d(np.arange(len(share)), rows)] = 0
    share[held] = 0
    train(pupil, data, share, arguments.pupil, arguments.pupil_rate, arguments, answers)
    save_file(shipped(pupil.packed()), arguments.work / "pupil.safetensors")
    own = np.flatnonzero(held) if not arguments.limit else rows[held[rows]]
    said = score(pupil, data, own)
    print(f"the pupil, after {time.time() - begin:.0f} s", flush=True)
    report(data, said, names)
    cpu = lambda t: t[torch.from_numpy(own).to(device)].cpu().numpy()  # noqa: E731
    np.savez_compressed(
        arguments.work / "answers.npz",
        rows=own,
        teacher=cpu(answers[0]),
        pupil=cpu(said[0]),
        tokens=cpu(said[1])[..., :1],
        teacher_tokens=cpu(answers[1])[..., :1],
    )


if __name__ == "__main__":
    main()
