"""Checkpoint of a PoNet text run to the folder the extension reads: config.json in the layout of the authors' Long Range
Arena code, model.safetensors (float16, the weights best on validation), tokenizer_config.json; golden logits."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from calibration import temperature
from data import VALIDATION, Corpus
from export import GOLDEN_TEXTS

from .batches import whole_split
from .config import Model
from .models import Classifier, checkpoint_name
from .text import encode

# What transformers' ByT5Tokenizer needs to agree: no sentinel ids, so 3 + 256 in all.
TOKENIZER = {
    "tokenizer_class": "ByT5Tokenizer",
    "extra_ids": 0,
    "pad_token": "<pad>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
}

GOLDEN_RUN = 48


def config_json(cfg: Model) -> dict:
    return {
        "attn_type": "ponet",
        "vocab_size": cfg.vocab_size,
        "embedding_dim": cfg.hidden_size,
        "transformer_dim": cfg.hidden_size,
        "transformer_hidden_dim": cfg.intermediate_size,
        "num_layers": cfg.layers,
        "num_head": cfg.heads,
        "head_dim": cfg.hidden_size // cfg.heads,
        "max_seq_len": cfg.max_seq_len,
        "segment_num": cfg.segments,
        "num_classes": cfg.classes,
        "pooling_mode": "MEAN",
        "learn_pos_emb": True,
        "tied_weights": False,
    }


def classifier(cfg: Model, state: dict[str, Tensor]) -> Classifier:
    model = Classifier(cfg, "ponet", dropout=0.0).eval()
    model.load_state_dict(state)
    return model


@torch.no_grad()
def calibrate(cfg: Model, state: dict[str, Tensor], corpus: Corpus) -> None:
    """Divides the head by the temperature that is best on the validation split."""
    model, logits, labels = classifier(cfg, state), [], []
    for batch in whole_split(corpus, VALIDATION, cfg.run):
        ids, positions, real = map(torch.from_numpy, (batch.ids, batch.positions, batch.real))
        logits.append(model(ids, positions, real, batch.run).numpy())
        labels.append(batch.labels)
    best = temperature(np.concatenate(logits), np.concatenate(labels))
    for part in ("weight", "bias"):
        state[f"heads.{cfg.linear_head}.{part}"] /= best
    print(f"temperature {best:.2f} on {sum(map(len, labels))} reviews")


@torch.no_grad()
def write_golden(cfg: Model, state: dict[str, Tensor], target: Path) -> None:
    """Cases of {"input_ids", "segment_ids", "logits"}: texts of this recipe in segments of GOLDEN_RUN bytes."""
    model, cases = classifier(cfg, {name: x.half().float() for name, x in state.items()}), []
    for text in GOLDEN_TEXTS:
        ids = encode(text, len(text.encode())).astype(np.int64)
        places = torch.arange(len(ids))
        logits = model(torch.from_numpy(ids)[None], places, torch.ones(1, len(ids), dtype=torch.bool), GOLDEN_RUN)
        cases.append({
            "input_ids": ids.tolist(),
            "segment_ids": (places // GOLDEN_RUN).tolist(),
            "logits": {cfg.linear_head: logits[0].tolist()},
        })  # fmt: skip
    target.write_text(json.dumps(cases) + "\n")
    print(f"{target}: lengths {[len(c['input_ids']) for c in cases]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the model folder.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="OUT/text-ponet.pt of a run with a linear head")
    parser.add_argument("--model", type=Path, required=True, help="folder to write")
    parser.add_argument("--cache", type=Path, required=True, help="where the run found its corpus")
    parser.add_argument("--golden", type=Path, help="JSON file to write")
    args = parser.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    cfg = Model(**saved["config"]["model"])
    if (saved["task"], saved["mixer"]) != ("text", "ponet") or not cfg.linear_head:
        raise SystemExit(f"{args.checkpoint} is not PoNet on text with a linear head: train with --config bytes.toml.")
    state = saved["best_state"]
    calibrate(cfg, state, Corpus.load(args.cache, f"lra-text-{cfg.max_length}"))
    args.model.mkdir(parents=True, exist_ok=True)
    weights = {checkpoint_name(k): v.half().contiguous() for k, v in state.items()}
    save_file(weights, args.model / "model.safetensors.tmp", metadata={"format": "pt"})
    (args.model / "model.safetensors.tmp").chmod(0o644)
    # Line feeds everywhere: the card has the files' hashes.
    (args.model / "config.json.tmp").write_text(json.dumps(config_json(cfg), indent=2) + "\n", newline="\n")
    (args.model / "tokenizer_config.json.tmp").write_text(json.dumps(TOKENIZER, indent=2) + "\n", newline="\n")
    for name in ("model.safetensors", "config.json", "tokenizer_config.json"):
        (args.model / f"{name}.tmp").replace(args.model / name)
    print(f"{cfg.linear_head}: {', '.join(saved['labels'])}")
    if args.golden:
        write_golden(cfg, state, args.golden)


if __name__ == "__main__":
    main()
