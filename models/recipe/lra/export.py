"""Checkpoint of a PoNet text run to the folder the extension reads: config.json in the layout of the authors' Long Range
Arena code, model.safetensors (float16, the weights best on validation), tokenizer_config.json."""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from .config import Model
from .models import checkpoint_name

# What transformers' ByT5Tokenizer needs to agree: no sentinel ids, so 3 + 256 in all.
TOKENIZER = {
    "tokenizer_class": "ByT5Tokenizer",
    "extra_ids": 0,
    "pad_token": "<pad>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
}


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


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the model folder.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="OUT/text-ponet.pt of a run with a linear head")
    parser.add_argument("--model", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    cfg = Model(**saved["config"]["model"])
    if (saved["task"], saved["mixer"]) != ("text", "ponet") or not cfg.linear_head:
        raise SystemExit(f"{args.checkpoint} is not PoNet on text with a linear head: train with --config bytes.toml.")
    args.model.mkdir(parents=True, exist_ok=True)
    weights = {checkpoint_name(k): v.half().contiguous() for k, v in saved["best_state"].items()}
    save_file(weights, args.model / "model.safetensors.tmp", metadata={"format": "pt"})
    (args.model / "model.safetensors.tmp").chmod(0o644)
    (args.model / "config.json.tmp").write_text(json.dumps(config_json(cfg), indent=2) + "\n")
    (args.model / "tokenizer_config.json.tmp").write_text(json.dumps(TOKENIZER, indent=2) + "\n")
    for name in ("model.safetensors", "config.json", "tokenizer_config.json"):
        (args.model / f"{name}.tmp").replace(args.model / name)
    print(f"{cfg.linear_head}: {', '.join(saved['labels'])}")


if __name__ == "__main__":
    main()
