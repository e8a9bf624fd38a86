"""Checkpoint folders as the extension reads them: config.json, tokenizer.json, model.safetensors with int8 matrices, and
card.json."""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from calibration import Temperature
from config import Model
from data import digest
from model import PoNet


def averaged(saved: dict) -> PoNet:
    """The averaged weights of a training run, from what its checkpoint holds."""
    model = PoNet(Model(**saved["model"]), {name: len(labels) for name, labels in saved["labels"].items()})
    # What tells masked words is for training alone.
    model.load_state_dict({name: saved["average"][name] for name in model.state_dict()})
    return model


def load_checkpoint(checkpoint: Path) -> PoNet:
    """The averaged weights of a training run."""
    return averaged(torch.load(checkpoint, map_location="cpu", weights_only=True))


def quantized(name: str, values: Tensor) -> dict[str, Tensor]:
    """A matrix as int8 with one scale a row (an output channel, or a row of an embedding), anything else as float16."""
    if values.dim() < 2 or name.startswith("heads."):
        return {name: values.half().contiguous()}
    scale = (values.abs().amax(1) / 127).clamp(min=1e-8).half()
    return {name: (values / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8), f"{name}_scale": scale}


def dequantized(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The float32 weights of a folder's tensors."""
    scales = {name: stored[f"{name}_scale"].float()[:, None] for name in stored if f"{name}_scale" in stored}
    return {k: v.float() * scales.get(k, 1.0) for k, v in stored.items() if not k.endswith("_scale")}


def load_model(source: Path) -> PoNet:
    """The model of an exported folder, or of a checkpoint."""
    return load_folder(source) if source.is_dir() else load_checkpoint(source)


def load_state(source: Path) -> dict[str, Tensor]:
    """The float32 weights of an exported folder, or the averaged ones of a checkpoint, by name."""
    if source.is_dir():
        return dequantized(load_file(source / "model.safetensors"))
    return torch.load(source, map_location="cpu", weights_only=True)["average"]


def load_folder(folder: Path) -> PoNet:
    """The model of an exported folder, in float32."""
    stored = json.loads((folder / "config.json").read_text())
    cfg = Model(**{k: v for k, v in stored.items() if k != "model_type"})
    state = load_state(folder)
    heads = {k.split(".")[1]: len(v) for k, v in state.items() if k.startswith("heads.") and k.endswith(".bias")}
    model = PoNet(cfg, heads)
    model.load_state_dict(state)
    return model


def load_temperatures(folder: Path) -> dict[str, Temperature]:
    """What turns the logits of texts into scores, of each head whose card.json says so."""
    file = folder / "card.json"
    heads = json.loads(file.read_text())["heads"] if file.exists() else {}
    found = {name: head["temperature"] for name, head in heads.items() if "temperature" in head}
    return {name: Temperature(t["longest"], t["atLongest"], t["byLength"], t["byDeviation"]) for name, t in found.items()}


def write_card(labels: dict[str, list[str]], folder: Path) -> None:
    """A folder's first card.json (`src/models/card.ts`): the labels of each head, which the weights do not name, and the sha256
    of the other files. Its licence and description are to be written by hand."""
    card = {
        "description": f"{', '.join(labels)}; trained by models/recipe",
        "licence": "not stated",
        "heads": {name: {"labels": names} for name, names in labels.items()},
        "files": {name: digest(folder / name) for name in ("config.json", "model.safetensors", "tokenizer.json")},
    }
    (folder / "card.json.tmp").write_text(json.dumps(card, indent=2) + "\n", newline="\n")
    (folder / "card.json.tmp").replace(folder / "card.json")


def write_folder(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """Writes each file under another name first, so that a reader never meets half of one. A card that is there is left as it
    is: what it says by hand is nowhere else."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = averaged(saved)
    if saved["model"]["mixer"] != "ponet" or len(saved["model"]["poolings"]) < 3:
        raise SystemExit(f"{checkpoint} is no whole PoNet: the extension would compute with what it lacks.")
    folder.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in saved["model"].items() if k not in ("mixer", "poolings")}
    # Line feeds everywhere: the card has the file's hash.
    (folder / "config.json.tmp").write_text(json.dumps({"model_type": "ponet", **kept}, indent=2) + "\n", newline="\n")
    weights = {}
    for name, values in model.state_dict().items():
        weights |= quantized(name, values)
    save_file(weights, folder / "model.safetensors.tmp", metadata={"format": "pt"})
    (folder / "model.safetensors.tmp").chmod(0o644)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json.tmp")
        (folder / "tokenizer.json.tmp").replace(folder / "tokenizer.json")
    (folder / "config.json.tmp").replace(folder / "config.json")
    (folder / "model.safetensors.tmp").replace(folder / "model.safetensors")
    if not (folder / "card.json").exists():
        write_card(saved["labels"], folder)
    for name, labels in saved["labels"].items():
        print(f"{name}: {', '.join(labels)}")
