"""Token mixings behind one interface: `mixer(x [B, N, d], real bool [B, N], run) -> [B, N, d]`, where `run` is the
number of tokens in a segment, which PoNet alone reads. What a mixer gives to padding, nobody reads.

B sequences, N tokens, d channels, h heads of width e = d / h.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from config import Model as PoolingModel
from model import NEGATIVE, SelfPooling, window_max

from .config import Model


def run_max(x: Tensor, run: int) -> Tensor:
    """Max over equal runs of tokens, given back to each of them: [B, N, d] -> [B, N, d]; the last run may be short."""
    batch, length, width = x.shape
    image = F.pad(x, (0, 0, 0, -length % run), value=NEGATIVE).unsqueeze(2).permute(0, 3, 1, 2)
    pooled = F.max_pool2d(image, (run, 1)).permute(0, 2, 3, 1)
    return pooled.expand(-1, -1, run, -1).reshape(batch, -1, width)[:, :length]


class PoNet(SelfPooling):
    """PoNet's mixing with segments of equal runs, which a pooling without gathers finds several times faster."""

    def __init__(self, cfg: Model):
        super().__init__(PoolingModel(hidden_size=cfg.hidden_size, num_attention_heads=cfg.heads))
        self.ff = nn.Linear(cfg.hidden_size, cfg.hidden_size)

    def forward(self, x: Tensor, real: Tensor, run: int) -> Tensor:
        segment, local = self.dense_segment(x), self.dense_local(x)
        hide = (NEGATIVE * ~real).unsqueeze(-1).to(local.dtype)
        pooled = self.global_vector(x, real) + run_max(segment + hide, run)
        return self.ff(pooled * self.dense_o(x) + window_max(local + hide))


class Attention(nn.Module):
    """What the attentions share: three projections, heads, and the projection of the result."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.heads = cfg.heads
        for name in ("W_q", "W_k", "W_v", "ff"):
            setattr(self, name, nn.Linear(cfg.hidden_size, cfg.hidden_size))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, real: Tensor) -> Tensor:
        """q, k, v [B, h, N, e] and real bool [B, 1, N, 1] -> [B, h, N, e]."""
        raise NotImplementedError

    def forward(self, x: Tensor, real: Tensor, run: int) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.W_q, self.W_k, self.W_v))
        mixed = self.attend(q, k, v, real[:, None, :, None])
        return self.ff(mixed.transpose(1, 2).reshape(batch, length, width))


class Transformer(Attention):
    """Softmax attention (Vaswani et al. 2017)."""

    def attend(self, q, k, v, real):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=real.transpose(2, 3))


class Linformer(Attention):
    """Keys and values projected along the sequence to `linformer_rows` (Wang et al. 2020), one learned map for both."""

    def __init__(self, cfg: Model):
        super().__init__(cfg)
        self.E = nn.Parameter(torch.randn(cfg.heads, cfg.linformer_rows, cfg.max_seq_len) * 0.02)

    def attend(self, q, k, v, real):
        shrink = self.E[:, :, : k.shape[2]]
        return F.scaled_dot_product_attention(q, shrink @ (k * real), shrink @ (v * real))


class Nystroemformer(Attention):
    """Softmax attention through `landmarks` averaged tokens (Xiong et al. 2021), with their convolution over the values."""

    KERNEL = 35
    ITERATIONS = 6

    def __init__(self, cfg: Model):
        super().__init__(cfg)
        self.landmarks = cfg.landmarks
        self.conv = nn.Conv2d(cfg.heads, cfg.heads, (self.KERNEL, 1), padding=(self.KERNEL // 2, 0), groups=cfg.heads, bias=False)

    def inverse(self, a: Tensor) -> Tensor:
        """An approximate pseudoinverse of a [..., m, m], rows of which sum to 1."""
        eye = torch.eye(a.shape[-1], device=a.device, dtype=a.dtype)
        z = a.transpose(-1, -2) / a.sum(-2).amax(-1)[..., None, None]
        for _ in range(self.ITERATIONS):
            az = a @ z
            z = 0.25 * z @ (13 * eye - az @ (15 * eye - az @ (7 * eye - az)))
        return z

    def convolved(self, v: Tensor) -> Tensor:
        """`conv` of values [B, h, N, e], N a multiple of `landmarks`: one product of a band matrix per head with that many tokens
        at a time and the halo around them. Grouped convolutions take a CPU several times as long."""
        block, halo = self.landmarks, self.KERNEL - 1
        taps = F.pad(self.conv.weight.flatten(1), (0, block))
        # Row by row, a period of block + halo + 1 falls one place further to the right.
        band = taps.repeat(1, block)[:, :-block].unflatten(1, (block, block + halo))
        windows = F.pad(v, (0, 0, halo // 2, halo // 2)).unfold(2, block + halo, block)
        return torch.einsum("bhkec,hic->bhkie", windows, band).flatten(2, 3)

    def attend(self, q, k, v, real):
        length, scale = q.shape[2], q.shape[3] ** -0.25
        fill = -length % self.landmarks
        q, k, v, real = (F.pad(x, (0, 0, 0, fill)) for x in (q * real * scale, k * real * scale, v * real, real))
        few_q, few_k = (x.unflatten(2, (self.landmarks, -1)).mean(3) for x in (q, k))
        core = (few_q @ few_k.transpose(2, 3)).float().softmax(-1)
        # near (middle (far v)) from the right: neither of the two wide softmaxes is ever written out.
        far = F.scaled_dot_product_attention(few_q, k, v, attn_mask=real.transpose(2, 3), scale=1.0)
        with torch.autocast(q.device.type, enabled=False):
            core_values = self.inverse(core) @ far.float()
        near = F.scaled_dot_product_attention(q, few_k, core_values.to(v.dtype), scale=1.0)
        return (near + self.convolved(v))[:, :, :length]


class Performer(Attention):
    """Softmax attention through positive orthogonal random features (Choromanski et al. 2021), drawn once."""

    EPSILON = 1e-4

    def __init__(self, cfg: Model):
        super().__init__(cfg)
        width, blocks = cfg.hidden_size // cfg.heads, []
        for start in range(0, cfg.performer_features, width):
            square, _ = torch.linalg.qr(torch.randn(width, width))
            blocks.append(square[: cfg.performer_features - start])
        rows = torch.cat(blocks) * torch.randn(cfg.performer_features, width).norm(dim=1, keepdim=True)
        self.register_buffer("features", rows)

    def attend(self, q, k, v, real):
        scale = q.shape[3] ** -0.25

        def kernel(x: Tensor, over: tuple[int, ...]) -> Tensor:
            x = x.float() * scale
            logits = x @ self.features.T - x.square().sum(-1, keepdim=True) / 2
            return (logits - logits.amax(over, keepdim=True).detach()).exp() + self.EPSILON

        # bfloat16 rounds logits by more than their exponentials bear.
        with torch.autocast(q.device.type, enabled=False):
            q, k = kernel(q, (3,)), kernel(k, (2, 3)) * real
        return linear_attention(q, k, v)


class Linear(Attention):
    """Attention with the kernel elu + 1 (Katharopoulos et al. 2020)."""

    def attend(self, q, k, v, real):
        return linear_attention(F.elu(q) + 1, (F.elu(k) + 1) * real, v)


def linear_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Features q, k [B, h, N, f] >= 0 and v [B, h, N, e] -> the means of v weighted by q . k."""
    weights = q @ k.sum(2).unsqueeze(-1)
    return (q @ (k.transpose(2, 3) @ v.to(k.dtype))) / weights


class FNet(nn.Module):
    """The real part of the Fourier transform over tokens and channels (Lee-Thorp et al. 2021), no parameters. Over the
    width of the padded batch, in float32."""

    def __init__(self, cfg: Model):
        super().__init__()

    def forward(self, x: Tensor, real: Tensor, run: int) -> Tensor:
        # Of a real input, half of the channels' frequencies determine the others: R[k, l] = R[-k, -l].
        half = torch.fft.rfft2(x.float() * real.unsqueeze(-1), dim=(1, 2)).real
        mirrored = half[:, :, 1 : (x.shape[2] + 1) // 2].flip(1, 2).roll(1, 1)
        return torch.cat([half, mirrored], 2)


class Average(nn.Module):
    """The cheap baseline: the mean over all tokens plus the mean over each token and its two neighbours, projected."""

    def __init__(self, cfg: Model):
        super().__init__()
        self.ff = nn.Linear(cfg.hidden_size, cfg.hidden_size)

    def forward(self, x: Tensor, real: Tensor, run: int) -> Tensor:
        weight = real.unsqueeze(-1).to(x.dtype)
        sums = x * weight
        window = sums + F.pad(sums[:, 1:], (0, 0, 0, 1)) + F.pad(sums[:, :-1], (0, 0, 1, 0))
        return self.ff(sums.sum(1, keepdim=True) / weight.sum(1, keepdim=True) + window / 3)


MIXERS = {
    "ponet": PoNet,
    "transformer": Transformer,
    "fnet": FNet,
    "linformer": Linformer,
    "nystroemformer": Nystroemformer,
    "performer": Performer,
    "linear": Linear,
    "average": Average,
}
