"""A model twice as wide that computes what a narrower one does (Net2Net, Chen et al., ICLR 2016): where a larger model
starts instead of from nothing.

Every channel is there twice, side by side, so that heads of attention stay together; what reads a pair gives each half of
the weight. LayerNorm and every pooling see the same numbers as before. The halves of a pair are told apart by noise that
cancels out (+e, -e), and word embeddings by other vectors of the same word pieces: those add to what the model can learn
and at first change its output by their noise alone.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from folder import load_state

NOISE = 0.5
"""Of the root mean square of the matrix."""
OTHER_VECTORS = 0.3
"""Of the standard deviation of the embeddings."""


def pairs(x: Tensor, dim: int) -> Tensor:
    return x.repeat_interleave(2, dim)


def halves(x: Tensor, noise: torch.Generator) -> Tensor:
    """A matrix [outputs, inputs] for inputs in pairs [outputs, 2 inputs]: half of each weight, plus and minus noise."""
    sign = torch.tensor([1.0, -1.0]).repeat(x.shape[1])
    apart = torch.randn(x.shape, generator=noise) * (NOISE * x.pow(2).mean().sqrt())
    return pairs(x / 2, 1) + sign * pairs(apart / 2, 1)


def widened(name: str, x: Tensor, noise: torch.Generator) -> Tensor:
    """A tensor of the narrow model for the wide one."""
    if name.startswith("heads."):
        return halves(x, noise) if x.dim() > 1 else x
    x = pairs(x, -1) if x.dim() == 1 or "embeddings." in name else halves(pairs(x, 0), noise)
    # g . K_n doubles while the root of a head's width grows by the root of 2.
    return x / 2**0.5 if ".dense_q." in name else x


def tell_words_apart(table: Tensor, vectors: np.ndarray) -> Tensor:
    """The embeddings [V, 2d] with `vectors` [V, d] between the halves of each pair; zero vectors stand for unknown ones."""
    other = torch.from_numpy(vectors)
    known = other.ne(0).any(1)
    other[known] -= other[known].mean(0)
    other *= OTHER_VECTORS * table.std() / other[known].std()
    return table + torch.stack([other, -other], 2).reshape(table.shape)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a folder to start a model of twice the width from.")
    parser.add_argument("--from", dest="narrow", type=Path, required=True, help="an exported folder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write")
    parser.add_argument("--vectors", type=Path, help="other vectors of the word pieces, .npy [V, d] of the narrow model")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    noise = torch.Generator().manual_seed(args.seed)
    state = {name: widened(name, x, noise).contiguous() for name, x in load_state(args.narrow).items()}
    if args.vectors:
        words = "ponet.embeddings.word_embeddings.weight"
        state[words] = tell_words_apart(state[words], np.load(args.vectors))
    config = json.loads((args.narrow / "config.json").read_text())
    for key in ("hidden_size", "intermediate_size"):
        config[key] *= 2
    args.to.mkdir(parents=True, exist_ok=True)
    (args.to / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file(state, args.to / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
