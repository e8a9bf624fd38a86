"""The Long Range Arena encoder (pre-norm) with any mixer, named as the PoNet authors' checkpoints are.

B sequences, N tokens, d channels.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model import channel_dropout

from .config import Model
from .mixers import MIXERS

# The two names of a parameter that differ: here, in a checkpoint.
_RENAMED = (
    (".mha.dense_q.", ".mha.W_q."),
    (".mha.dense_k.", ".mha.W_k."),
    (".mha.dense_o.", ".mha.W_v."),
    (".mha.dense_segment.", ".mha.W_segment."),
    (".mha.dense_local.", ".mha.W_local."),
)


def checkpoint_name(name: str) -> str:
    """What a checkpoint of the authors' calls the parameter `name` of a Classifier with PoNet's mixing."""
    for ours, theirs in _RENAMED:
        name = name.replace(ours, theirs)
    return name


class ChannelDropout(nn.Module):
    """The dropout of ../model.py, in training."""

    def __init__(self, rate: float):
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        return channel_dropout(x, self.rate if self.training else 0.0)


class Layer(nn.Module):
    """x + mix(LN(x)), then x + FFN(LN(x))."""

    def __init__(self, cfg: Model, mixer: str, dropout: float):
        super().__init__()
        width, wide = cfg.hidden_size, cfg.intermediate_size
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mha = MIXERS[mixer](cfg)
        self.dropout = ChannelDropout(dropout)
        self.mlpblock = nn.Sequential(
            nn.Linear(width, wide), nn.GELU(), ChannelDropout(dropout), nn.Linear(wide, width), ChannelDropout(dropout)
        )

    def forward(self, x: Tensor, real: Tensor, run: int) -> Tensor:
        x = x + self.dropout(self.mha(self.norm1(x), real, run))
        return x + self.mlpblock(self.norm2(x))


class Encoder(nn.Module):
    def __init__(self, cfg: Model, mixer: str, dropout: float):
        super().__init__()
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(cfg.vocab_size, cfg.hidden_size),
            "position_embeddings": nn.Embedding(cfg.max_seq_len, cfg.hidden_size),
        })  # fmt: skip
        for table in self.embeddings.values():
            nn.init.normal_(table.weight, std=0.02)
        self.dropout = ChannelDropout(dropout)
        self.depth = cfg.layers
        for i in range(self.depth):
            self.add_module(f"transformer_{i}", Layer(cfg, mixer, dropout))
        self.norm = nn.LayerNorm(cfg.hidden_size)

    def forward(self, ids: Tensor, positions: Tensor, real: Tensor, run: int) -> Tensor:
        """ids int [B, N], positions int [N] (they wrap around the table), real bool [B, N] -> last hidden states [B, N, d]."""
        words, places = self.embeddings["word_embeddings"], self.embeddings["position_embeddings"]
        x = self.dropout(words(ids) + places(positions % places.num_embeddings))
        for i in range(self.depth):
            x = getattr(self, f"transformer_{i}")(x, real, run)
        return self.norm(x)


class Classifier(nn.Module):
    """The encoder with one head over the mean of the real tokens' final vectors: an MLP as published, or linear."""

    def __init__(self, cfg: Model, mixer: str, dropout: float):
        super().__init__()
        self.model = Encoder(cfg, mixer, dropout)
        width = cfg.hidden_size
        self.linear_head = cfg.linear_head
        if cfg.linear_head:
            self.heads = nn.ModuleDict({cfg.linear_head: nn.Linear(width, cfg.classes)})
        else:
            self.seq_classifer = nn.ModuleDict({  # sic
                "mlpblock": nn.Sequential(
                    nn.Linear(width, cfg.intermediate_size), nn.ReLU(), nn.Linear(cfg.intermediate_size, cfg.classes)
                )
            })  # fmt: skip

    def forward(self, ids: Tensor, positions: Tensor, real: Tensor, run: int) -> Tensor:
        """-> logits [B, classes], float32."""
        return self.logits(self.model(ids, positions, real, run), real)

    def logits(self, hidden: Tensor, real: Tensor) -> Tensor:
        """Hidden states [B, N, d] -> logits [B, classes], float32."""
        weight = real.to(hidden.dtype) / real.sum(1, keepdim=True)
        return self.head(torch.bmm(weight.unsqueeze(1), hidden).squeeze(1)).float()

    def run_logits(self, hidden: Tensor, real: Tensor, run: int) -> Tensor:
        """The logits of each run of `run` tokens by itself [B, K, classes], float32; of one that is all padding, the bias."""
        fill = -hidden.shape[1] % run
        sums = F.pad(hidden * real.unsqueeze(2), (0, 0, 0, fill)).unflatten(1, (-1, run)).sum(2)
        count = F.pad(real, (0, fill)).unflatten(1, (-1, run)).sum(2, keepdim=True)
        return self.head(sums / count.clamp(min=1)).float()

    @property
    def head(self) -> nn.Module:
        return self.heads[self.linear_head] if self.linear_head else self.seq_classifer["mlpblock"]
