"""Layers of BERT to train on, from tensors that may be packed in 4 bits."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

GROUP = 32
PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "attention.output.LayerNorm",
    "intermediate.dense",
    "output.dense",
    "output.LayerNorm",
)


def unpack(tensors: dict, name: str) -> torch.Tensor:
    if name in tensors:
        return torch.from_numpy(tensors[name].astype(np.float32))
    if f"{name}.q8" in tensors:
        scale = tensors[f"{name}.scale"].astype(np.float32)
        return torch.from_numpy(tensors[f"{name}.q8"].astype(np.float32) * scale[:, None])
    q, scale = tensors[f"{name}.q4"], tensors[f"{name}.scale"].astype(np.float32)
    values = np.stack([q & 15, q >> 4], -1).reshape(len(q), -1).astype(np.float32) - 8
    return torch.from_numpy(values * np.repeat(scale, GROUP, 1))


def in_4_bits(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers from -8 to 7, and the scale of each group of 32: its number of largest size becomes -8."""
    groups = matrix.view(len(matrix), -1, GROUP)
    largest = groups.gather(2, groups.abs().argmax(2, keepdim=True))
    scale = (largest / -8).half().float()
    scale = torch.where(scale == 0, 1e-4, scale)
    return torch.round(groups / scale).clamp(-8, 7), scale


def rounded(matrix: torch.Tensor) -> torch.Tensor:
    """The matrix as 4 bits give it; gradients pass as if nothing were rounded."""
    with torch.no_grad():
        numbers, scale = in_4_bits(matrix)
        error = (numbers * scale).view(matrix.shape) - matrix
    return matrix + error


class Layer(nn.Module):
    """One layer of BERT, or of MPNet under BERT's names."""

    def __init__(self, tensors: dict, index: int, n_heads: int) -> None:
        super().__init__()
        self.index, self.n_heads = index, n_heads
        # Whether matrices are rounded to 4 bits before they are used.
        self.rounds = False
        self.of = nn.ParameterDict()
        for part in PARTS:
            for kind in ("weight", "bias"):
                name = f"{part}.{kind}"
                self.of[name.replace(".", "/")] = nn.Parameter(unpack(tensors, f"encoder.layer.{index}.{name}"))

    def p(self, part: str) -> tuple[torch.Tensor, torch.Tensor]:
        name = part.replace(".", "/")
        weight = self.of[f"{name}/weight"]
        return rounded(weight) if self.rounds and weight.ndim == 2 else weight, self.of[f"{name}/bias"]

    def forward(self, x: torch.Tensor, mask: torch.Tensor, dropout: float, epsilon: float) -> torch.Tensor:
        """`mask`: what may be attended to, or what is added to the scores; of a shape that fits (b, heads, n, n)."""
        b, length, d = x.shape
        parts = [self.p(f"attention.self.{part}") for part in ("query", "key", "value")]
        weight, bias = (torch.cat(of) for of in zip(*parts, strict=True))
        heads = F.linear(x, weight, bias).view(b, length, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(b, length, d)
        mixed = F.dropout(F.linear(attended, *self.p("attention.output.dense")), dropout, self.training)
        x = F.layer_norm(x + mixed, (d,), *self.p("attention.output.LayerNorm"), epsilon)
        wide = F.gelu(F.linear(x, *self.p("intermediate.dense")))
        out = F.dropout(F.linear(wide, *self.p("output.dense")), dropout, self.training)
        return F.layer_norm(x + out, (d,), *self.p("output.LayerNorm"), epsilon)

    def arrays(self) -> dict[str, torch.Tensor]:
        return {f"encoder.layer.{self.index}.{name.replace('/', '.')}": value for name, value in self.of.items()}


def buckets(length: int, n_buckets: int = 32, most: int = 128) -> torch.Tensor:
    """MPNet's relative positions: exact when near, by the logarithm when far."""
    at = torch.arange(length)
    away = -(at[None] - at[:, None])
    half = n_buckets // 2
    out = (away < 0).long() * half
    away = away.abs()
    exact = half // 2
    far = exact + (torch.log(away.clamp(min=1).float() / exact) / np.log(most / exact) * (half - exact)).long()
    return out + torch.where(away < exact, away, far.clamp(max=half - 1))


def batches(rows: np.ndarray, length: np.ndarray, pieces: int, random: np.random.Generator) -> list[np.ndarray]:
    """Rows in batches of about so many pieces, of like length, in random order."""
    random.shuffle(rows)
    out = []
    for first in range(0, len(rows), 20_000):
        part = rows[first : first + 20_000]
        part = part[np.argsort(length[part], kind="stable")]
        start, of = 0, []
        while start < len(part):
            n = max(8, pieces // int(length[part[min(start + 100, len(part) - 1)]]))
            of.append(part[start : start + n])
            start += n
        random.shuffle(of)
        out += of
    return out
