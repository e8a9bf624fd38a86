"""Compares the model with golden hidden states: `python check_parity.py DIR`, DIR laid out as weights and cases.

Weights are `*_weights.safetensors` (config JSON in the metadata key `config`); cases are `*_cases*.safetensors` beside
them, keys `<case>.in.*`, `<case>.out.*`, `<case>.layer{i}.{P,out}`. Exits 1 when any real row is off by over 1e-4.
"""

import json
import sys
from dataclasses import fields, replace
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from config import Model
from model import Encoder

TOLERANCE = 1e-4


def run_case(encoder: Encoder, tensors: dict[str, torch.Tensor]) -> dict[str, float]:
    """The worst absolute difference per tensor kind over the case's real rows."""
    ids = tensors["in.input_ids"].long()
    real = tensors.get("in.attention_mask", torch.ones_like(ids)).bool()
    types = tensors.get("in.token_type_ids", torch.zeros_like(ids)).long()
    segments = tensors.get("in.segment_ids", tensors.get("derived.segment_index")).long()
    seen = {}

    def keep(name):
        return lambda module, inputs, output: seen.__setitem__(name, output)

    handles = [encoder.embeddings.register_forward_hook(keep("out.embedding"))]
    for i, layer in enumerate(encoder.encoder["layer"]):
        handles.append(layer.attention["self"].register_forward_hook(keep(f"layer{i}.P")))
        handles.append(layer.register_forward_hook(keep(f"layer{i}.out")))
    with torch.no_grad():
        special = tensors["derived.token_type_mask"].bool()
        seen["out.last_hidden_state"] = encoder(ids, real, special, segments, types=types)
    for handle in handles:
        handle.remove()
    worst = {}
    for name, got in seen.items():
        if name in tensors:
            kind = name.split(".")[1]
            difference = (got - tensors[name].float()).abs()[real].max().item()
            worst[kind] = max(worst.get(kind, 0.0), difference)
    return worst


def main() -> None:
    folder, worst = Path(sys.argv[1]), {}
    prefix = "ponet_small"
    weights = folder / f"{prefix}_weights.safetensors"
    with safe_open(weights, "pt") as f:
        stored = json.loads(f.metadata()["config"])
    cfg = Model(**{f.name: stored[f.name] for f in fields(Model) if f.name in stored})
    state = {k.removeprefix("ponet."): v for k, v in load_file(weights).items() if k.startswith("ponet.e")}
    for file in sorted(folder.glob(f"{prefix}_cases*.safetensors")):
        encoder = Encoder(replace(cfg, clsgsepg="clsgsepg_false" not in file.name)).eval()
        encoder.load_state_dict(state)
        cases: dict[str, dict[str, torch.Tensor]] = {}
        for key, tensor in load_file(file).items():
            case, name = key.split(".", 1)
            cases.setdefault(case, {})[name] = tensor
        for case, tensors in cases.items():
            differences = run_case(encoder, tensors)
            print(case, {kind: f"{value:.1e}" for kind, value in differences.items()})
            for kind, value in differences.items():
                worst[kind] = max(worst.get(kind, 0.0), value)
    print("worst", {kind: f"{value:.1e}" for kind, value in worst.items()})
    sys.exit(not worst or max(worst.values()) > TOLERANCE)


if __name__ == "__main__":
    main()
