"""PoNet (arXiv 2110.02442) in PyTorch, with the state-dict names of the public checkpoint.

B sequences, N tokens, d channels, h heads of width e = d / h, K segments. `[CLS]` and `[SEP]` are "special" below.
"""

from dataclasses import dataclass
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from config import Model

NEGATIVE = -10000.0


def window_max(x: Tensor) -> Tensor:
    """Max over each token and its two neighbours: [B, N, d] -> [B, N, d]; beyond the ends counts as -inf."""
    # As a channels-last image of width 1, this runs vectorized over the channels, forward and backward.
    image = x.unsqueeze(2).permute(0, 3, 1, 2)
    return F.max_pool2d(image, (3, 1), stride=1, padding=(1, 0)).permute(0, 2, 3, 1).squeeze(2)


class SegmentMax(torch.autograd.Function):
    """Max of x [B, N, d] over segments [B, N], given to every token whose `to` [B, N] names a segment; the last of the
    `count` rows is zero for the tokens that get none. Equal maxima share the gradient, as in scatter_reduce, whose own
    backward costs twice as many passes over [B, N, d]."""

    @staticmethod
    def forward(ctx, x: Tensor, segments: Tensor, to: Tensor, count: int) -> Tensor:
        index, back = (i.unsqueeze(-1).expand_as(x) for i in (segments, to))
        pooled = x.new_zeros(x.shape[0], count, x.shape[2]).scatter_reduce_(1, index, x, "amax", include_self=False)
        pooled[:, -1] = 0
        ctx.save_for_backward(x, pooled, segments, to)
        return pooled.gather(1, back)

    @staticmethod
    def backward(ctx, grad: Tensor):
        x, pooled, segments, to = ctx.saved_tensors
        index, back = (i.unsqueeze(-1).expand_as(x) for i in (segments, to))
        largest = x == pooled.gather(1, index)
        # Sums of bfloat16 in bfloat16 lose what is small: in a long segment a count stands still at 256.
        ties, given = (torch.zeros_like(pooled, dtype=torch.float32) for _ in range(2))
        ties.scatter_add_(1, index, largest.float())
        share = given.scatter_add_(1, back, grad.float()) / ties.clamp_(min=1)
        share[:, -1] = 0
        return largest * share.to(x.dtype).gather(1, index), None, None, None


@dataclass
class Mask:
    """What the poolings of every layer need to know about the tokens, worked out once.

    real bool [B, N]; hide [B, N, 1]: -10000 where a token is kept out of its neighbours' windows, else 0; show
    [B, N, 1]: 1 where a token receives local and segment vectors, else 0; segments [B, N]: the segment each token
    gives to; to [B, N]: the one it receives from, the last row (zero) where it receives none; count: rows of that table.
    """

    real: Tensor
    hide: Tensor
    show: Tensor
    segments: Tensor
    to: Tensor
    count: int

    @classmethod
    def of(cls, real: Tensor, special: Tensor, segments: Tensor, count: int, clsgsepg: bool) -> "Mask":
        show = real & ~special if clsgsepg else real
        # Padding gives to a row that nobody reads, which is the -10000 of the definition for one pass fewer.
        segments = segments.masked_fill(~real, count)
        hide = (NEGATIVE * ~show).unsqueeze(-1)
        return cls(real, hide, show.unsqueeze(-1), segments, segments.masked_fill(~show, count + 1), count + 2)


class SelfPooling(nn.Module):
    """The token mixing itself: global, segment and local pooling, fused to P [B, N, d]; `poolings` left out (for the
    ablation) add nothing."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.heads, self.poolings = cfg.num_attention_heads, cfg.poolings
        for name in ("dense_q", "dense_k", "dense_o", "dense_local", "dense_segment"):
            setattr(self, name, nn.Linear(cfg.hidden_size, cfg.hidden_size))

    def global_vector(self, hidden: Tensor, real: Tensor) -> Tensor:
        """GA: g' [B, 1, d]. Neither Q nor K is materialised: the mean of Q is dense_q of the mean of H, the logits
        g . K_n are H_n . (W_k^T g) up to a constant over n, and sum a_n K_n is W_k (sum a_n H_n) + b_k."""
        batch, _, width = hidden.shape
        weight = real.to(hidden.dtype) / real.sum(1, keepdim=True)
        mean = torch.bmm(weight.unsqueeze(1), hidden).squeeze(1)
        g = self.dense_q(mean).view(batch, self.heads, -1)
        w_k = self.dense_k.weight.view(self.heads, -1, width)
        queries = torch.einsum("bhe,hed->bhd", g, w_k) / (width // self.heads) ** 0.5
        logits = torch.bmm(queries.to(hidden.dtype), hidden.transpose(1, 2))
        attention = (logits.float() + NEGATIVE * (~real).unsqueeze(1)).softmax(-1)
        mixed = torch.bmm(attention.to(hidden.dtype), hidden)
        wide = torch.einsum("bhd,hed->bhe", mixed, w_k).reshape(batch, 1, width) + self.dense_k.bias
        # Autocast leaves sums alone: the bias would make float32 of this, and of every token that it is added to.
        return wide.to(hidden.dtype)

    def forward(self, hidden: Tensor, mask: Mask) -> Tensor:
        wide, local = 0.0, 0.0
        if "global" in self.poolings:
            wide = self.global_vector(hidden, mask.real)
        if "segment" in self.poolings:
            wide = wide + SegmentMax.apply(self.dense_segment(hidden), mask.segments, mask.to, mask.count)
        if "local" in self.poolings:
            local = window_max(self.dense_local(hidden) + mask.hide.to(hidden.dtype)) * mask.show.to(hidden.dtype)
        return wide * self.dense_o(hidden) + local


class SelfAttention(nn.Module):
    """The Transformer's token mixing, for comparison: softmax attention, heads concatenated [B, N, d]."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.heads = cfg.num_attention_heads
        for name in ("query", "key", "value"):
            setattr(self, name, nn.Linear(cfg.hidden_size, cfg.hidden_size))

    def forward(self, hidden: Tensor, mask: Mask) -> Tensor:
        batch, length, width = hidden.shape
        q, k, v = (f(hidden).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.real[:, None, None, :])
        return mixed.transpose(1, 2).reshape(batch, length, width)


MIXERS = {"ponet": SelfPooling, "transformer": SelfAttention}


def channel_dropout(x: Tensor, rate: float) -> Tensor:
    """Drops channels of x [B, N, d] by one mask per sequence and channel: as much noise where it counts (the mean over tokens)
    for 1/N of the random numbers, which would otherwise be a tenth of a CPU step, and a quarter of one of `lra`."""
    if not rate:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= rate
    return x * (keep / (1 - rate)).to(x.dtype)


class Output(nn.Module):
    """Dense, dropout, residual, LayerNorm (post-norm, as in BERT)."""

    def __init__(self, wide: int, cfg: Model):
        super().__init__()
        self.dense = nn.Linear(wide, cfg.hidden_size)
        self.LayerNorm = nn.LayerNorm(cfg.hidden_size, cfg.layer_norm_eps)

    def forward(self, x: Tensor, residual: Tensor, drop) -> Tensor:
        x = self.dense(x)
        return self.LayerNorm(drop(x) + residual).to(x.dtype)


class Layer(nn.Module):
    def __init__(self, cfg: Model):
        super().__init__()
        self.attention = nn.ModuleDict({"self": MIXERS[cfg.mixer](cfg), "output": Output(cfg.hidden_size, cfg)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(cfg.hidden_size, cfg.intermediate_size)})
        self.output = Output(cfg.intermediate_size, cfg)

    def forward(self, hidden: Tensor, mask: Mask, drop) -> Tensor:
        pooled = self.attention["self"](hidden, mask)
        hidden = self.attention["output"](pooled, hidden, drop)
        return self.output(F.gelu(self.intermediate["dense"](hidden)), hidden, drop)


class Embeddings(nn.Module):
    def __init__(self, cfg: Model):
        super().__init__()
        self.word_embeddings = nn.Embedding(cfg.vocab_size, cfg.hidden_size)
        self.position_embeddings = nn.Embedding(cfg.max_position_embeddings, cfg.hidden_size)
        self.token_type_embeddings = nn.Embedding(cfg.type_vocab_size, cfg.hidden_size)
        self.LayerNorm = nn.LayerNorm(cfg.hidden_size, cfg.layer_norm_eps)

    # Compiled for several threads, the gradients of the tables are summed in whatever order the threads come: no run would be
    # like another of the same seed.
    @torch.compiler.disable
    def forward(self, ids: Tensor, positions: Tensor, types: Tensor | None, drop) -> Tensor:
        """ids and positions [B, N] (positions wrap around the table) -> [B, N, d]; types None means all zero."""
        kind = self.token_type_embeddings.weight[0] if types is None else self.token_type_embeddings(types)
        position = self.position_embeddings(positions % self.position_embeddings.num_embeddings)
        return drop(self.LayerNorm(self.word_embeddings(ids) + position + kind))


class Encoder(nn.Module):
    def __init__(self, cfg: Model):
        super().__init__()
        self.clsgsepg = cfg.clsgsepg
        self.embeddings = Embeddings(cfg)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(cfg) for _ in range(cfg.num_hidden_layers))})

    def forward(self, ids, real, special, segments, positions=None, types=None, count=None, dropout=0.0) -> Tensor:
        """ids, segments, positions, types int [B, N]; real and special bool [B, N] -> last hidden states [B, N, d]."""
        if positions is None:
            positions = torch.arange(ids.shape[1], device=ids.device).expand_as(ids)
        if count is None:
            count = int(segments.max()) + 1
        drop = partial(channel_dropout, rate=dropout)
        hidden = self.embeddings(ids, positions, types, drop)
        if torch.is_autocast_enabled(ids.device.type):
            # Cast once here: left to autocast, every product would cast its own copy.
            hidden = hidden.to(torch.get_autocast_dtype(ids.device.type))
        mask = Mask.of(real, special, segments, count, self.clsgsepg)
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, mask, drop)
        return hidden


def initialize(module: nn.Module) -> None:
    """BERT's initialization."""
    for part in module.modules():
        if isinstance(part, (nn.Linear, nn.Embedding)):
            nn.init.normal_(part.weight, std=0.02)
        if isinstance(part, nn.Linear):
            nn.init.zeros_(part.bias)


class PoNet(nn.Module):
    """The encoder with linear heads over the mean of the text tokens' final vectors."""

    def __init__(self, cfg: Model, heads: dict[str, int]):
        super().__init__()
        self.ponet = Encoder(cfg)
        self.heads = nn.ModuleDict({name: nn.Linear(cfg.hidden_size, labels) for name, labels in heads.items()})
        initialize(self)

    def logits(self, hidden: Tensor, parts: Tensor, count: int) -> dict[str, Tensor]:
        """Last hidden states [B, N, d] and part numbers [B, N] (0: in no part) -> each head's logits [B, count, labels]
        over the mean of each part's tokens."""
        member = (parts.unsqueeze(1) == torch.arange(1, count + 1, device=parts.device)[:, None]).to(hidden.dtype)
        mean = torch.bmm(member / member.sum(2, keepdim=True).clamp(min=1), hidden)
        return {name: head(mean).float() for name, head in self.heads.items()}

    def forward(self, ids, real, special, segments, count=None) -> dict[str, Tensor]:
        """Each head's logits [B, labels] of whole documents."""
        hidden = self.ponet(ids, real, special, segments, count=count)
        return {name: x[:, 0] for name, x in self.logits(hidden, (real & ~special).long(), 1).items()}


class Words(nn.Module):
    """Logits of words that are masked, through the embedding table."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.transform = nn.Linear(cfg.hidden_size, cfg.hidden_size)
        self.norm = nn.LayerNorm(cfg.hidden_size, cfg.layer_norm_eps)
        self.bias = nn.Parameter(torch.zeros(cfg.vocab_size))

    def begin(self, frequencies: Tensor) -> None:
        """BERT's initialization, and how often each word is met [V] as its bias: a bias moves too slowly to come to it, and what
        it does not say is written into the embeddings."""
        initialize(self)
        with torch.no_grad():
            self.bias.copy_(frequencies.log())

    def forward(self, hidden: Tensor, table: Tensor, words: Tensor) -> Tensor:
        """Last hidden states [M, d], the table [V, d] and which words [W] are asked about -> [M, W]. Divided by the root of d, as
        in T5's code: the embeddings and what is normalized begin with variance 1 a channel, and so do the logits then."""
        rows = F.embedding(words, table) / table.shape[1] ** 0.5
        return F.linear(self.norm(F.gelu(self.transform(hidden))), rows, self.bias[words])


class Pretraining(nn.Module):
    """The encoder under PoNet's two tasks: masked words, and the sentence structural objective from [CLS]."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.ponet = Encoder(cfg)
        self.words = Words(cfg)
        self.structure = nn.Linear(cfg.hidden_size, 3)
        initialize(self)
