"""Compares the model with golden hidden states: `python check_parity.py DIR`, DIR laid out as weights and cases.

Weights are `*_weights.safetensors` (config JSON in the metadata key `config`); cases are `*_cases*.safetensors` beside
them, keys `<case>.in.*`, `<case>.out.*`, `<case>.layer{i}.{P,out}`. `ponet_small` is the model of this folder, `lra_text`
that of lra/. Exits 1 when any real row is off by over 1e-4.
"""

import json
import math
import sys
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from config import Model
from lra.config import Model as ArenaModel
from lra.models import Classifier, checkpoint_name
from model import Encoder

TOLERANCE = 1e-4


def read_cases(file: Path) -> dict[str, dict[str, torch.Tensor]]:
    """The tensors of each case, by name without the case's."""
    cases: dict[str, dict[str, torch.Tensor]] = {}
    for key, tensor in load_file(file).items():
        case, name = key.split(".", 1)
        cases.setdefault(case, {})[name] = tensor
    return cases


def read_config(weights: Path) -> dict:
    with safe_open(weights, "pt") as f:
        return json.loads(f.metadata()["config"])


def differences(seen: dict[str, torch.Tensor], tensors: dict[str, torch.Tensor], real: torch.Tensor) -> dict[str, float]:
    """The worst absolute difference per kind of tensor, of [B, N, d] tensors over real rows."""
    worst: dict[str, float] = {}
    for name, got in seen.items():
        if name in tensors:
            difference = (got - tensors[name].float()).abs()
            # `max` would take no notice of what is no number.
            difference = (difference[real] if got.dim() == 3 else difference).nan_to_num(nan=math.inf).max().item()
            kind = name.split(".")[1]
            worst[kind] = max(worst.get(kind, 0.0), difference)
    return worst


@torch.no_grad()
def run_case(encoder: Encoder, tensors: dict[str, torch.Tensor]) -> dict[str, float]:
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
    special = tensors["derived.token_type_mask"].bool()
    seen["out.last_hidden_state"] = encoder(ids, real, special, segments, types=types)
    for handle in handles:
        handle.remove()
    return differences(seen, tensors, real)


def small(folder: Path):
    """(case, worst differences) of the model of this folder."""
    weights = folder / "ponet_small_weights.safetensors"
    stored = read_config(weights)
    cfg = Model(**{f.name: stored[f.name] for f in fields(Model) if f.name in stored})
    state = {k.removeprefix("ponet."): v for k, v in load_file(weights).items() if k.startswith("ponet.e")}
    for file in sorted(folder.glob("ponet_small_cases*.safetensors")):
        encoder = Encoder(replace(cfg, clsgsepg="clsgsepg_false" not in file.name)).eval()
        encoder.load_state_dict(state)
        for case, tensors in read_cases(file).items():
            yield case, run_case(encoder, tensors)


@torch.no_grad()
def run_arena_case(classifier: Classifier, tensors: dict[str, torch.Tensor]) -> dict[str, float]:
    ids, real = tensors["in.input_ids"].long(), tensors["in.mask"].bool()
    length = ids.shape[1]
    run = length // int(tensors["segment_num"]) + 1
    seen = {}

    def keep(name, of=lambda output: output):
        return lambda module, inputs, output: seen.__setitem__(name, of(output))

    encoder, handles = classifier.model, []
    for i in range(encoder.depth):
        layer = getattr(encoder, f"transformer_{i}")
        # P is what the projection is given.
        handles.append(layer.mha.ff.register_forward_pre_hook(lambda _, inputs, n=f"layer{i}.P": seen.__setitem__(n, inputs[0])))
        handles.append(layer.register_forward_hook(keep(f"layer{i}.out")))
    hidden = encoder(ids, torch.arange(length), real, run)
    for handle in handles:
        handle.remove()
    # The authors' code takes the mean over the padded length, ours over real tokens.
    seen |= {"out.last_hidden_state": hidden, "out.logits": classifier.head((hidden * real.unsqueeze(-1)).mean(1))}
    return differences(seen, tensors, real)


def arena(folder: Path):
    """(case, worst differences) of the Long Range Arena model."""
    weights = folder / "lra_text_weights.safetensors"
    stored, state = read_config(weights), load_file(weights)
    cfg = ArenaModel(
        vocab_size=stored["vocab_size"],
        classes=stored["num_classes"],
        max_length=stored["max_seq_len"],
        max_seq_len=stored["max_seq_len"],
        segments=stored["segment_num"],
        hidden_size=stored["transformer_dim"],
        heads=stored["num_head"],
        layers=stored["num_layers"],
        intermediate_size=stored["transformer_hidden_dim"],
    )
    classifier = Classifier(cfg, "ponet", dropout=0.0).eval()
    classifier.load_state_dict({name: state[checkpoint_name(name)] for name in classifier.state_dict()})
    for case, tensors in read_cases(folder / "lra_text_cases.safetensors").items():
        yield case, run_arena_case(classifier, tensors)


def main() -> None:
    folder, worst = Path(sys.argv[1]), {}
    for case, found in chain(small(folder), arena(folder)):
        print(case, {kind: f"{value:.1e}" for kind, value in found.items()})
        for kind, value in found.items():
            worst[kind] = max(worst.get(kind, 0.0), value)
    print("worst", {kind: f"{value:.1e}" for kind, value in worst.items()})
    sys.exit(not worst or max(worst.values()) > TOLERANCE)


if __name__ == "__main__":
    main()
