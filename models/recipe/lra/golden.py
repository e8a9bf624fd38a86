"""What every mixer but PoNet's makes of a small sequence, for the benchmark's own to be held against:
`python -m lra.golden ../../test/fixtures/mixers.safetensors`. Output projections (`ff`) are left out."""

import sys

import torch
from safetensors.torch import save_file

from .config import Model
from .mixers import MIXERS

LENGTH = 48
MODEL = Model(
    vocab_size=17, classes=2, max_length=LENGTH, max_seq_len=LENGTH, segments=4,
    hidden_size=16, heads=2, landmarks=8, linformer_rows=12, performer_features=12,
)  # fmt: skip


@torch.no_grad()
def main(out: str) -> None:
    torch.manual_seed(0)
    x, real = torch.randn(1, LENGTH, MODEL.hidden_size), torch.ones(1, LENGTH, dtype=torch.bool)
    tensors = {"x": x[0]}
    for name in sorted(MIXERS.keys() - {"ponet"}):
        mixer = MIXERS[name](MODEL)
        if hasattr(mixer, "ff"):
            mixer.ff = torch.nn.Identity()
        tensors[f"{name}.out"] = mixer(x, real, 1)[0]
        tensors |= {f"{name}.{key}": value for key, value in mixer.state_dict().items()}
    sizes = {key: str(getattr(MODEL, key)) for key in ("heads", "landmarks", "linformer_rows", "performer_features")}
    save_file({key: value.contiguous() for key, value in sorted(tensors.items())}, out, metadata=sizes)


if __name__ == "__main__":
    main(sys.argv[1])
