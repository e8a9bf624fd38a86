"""Trains a configuration again without each pooling, and as a Transformer of the same width and depth, from the same
vectors on the same crops: `python ablate.py --config ablation.toml --cache CACHE --out OUT --low`.

Prints a Markdown table of validation accuracies, with the cross entropies in brackets. Each variant resumes from
OUT/<variant>; one that is done is only scored.
"""

import argparse
from copy import deepcopy
from pathlib import Path

import config as configs
from data import VALIDATION, Corpus
from evaluate import score
from folder import load_checkpoint
from predict import predict
from train import begin

READ = 2000
"""How much of a document is read to score, in word pieces: attention over the longest would take longer than its training."""
VARIANTS = {
    "PoNet": {},
    "no GA": {"poolings": ["segment", "local"]},
    "no SMP": {"poolings": ["global", "local"]},
    "no LMP": {"poolings": ["global", "segment"]},
    "Transformer": {"mixer": "transformer"},
}


def main() -> None:
    parser = argparse.ArgumentParser(description="What each pooling is worth, and the Transformer beside.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokens", type=int, help="overrides the config's token budget")
    parser.add_argument("--low", action="store_true", help="score with bfloat16 products")
    args = parser.parse_args()
    base = configs.load(args.config)
    base.train.tokens = args.tokens or base.train.tokens
    rows = [f"| variant | {' | '.join(base.heads)} |", f"|---|{'---|' * len(base.heads)}"]
    for variant, changes in VARIANTS.items():
        cfg = deepcopy(base)
        for key, value in changes.items():
            setattr(cfg.model, key, value)
        out = args.out / variant.replace(" ", "-")
        begin("train", cfg, args.cache, out).train()
        model = load_checkpoint(out / "checkpoint.pt").eval().to(cfg.train.device)
        cells = []
        for head in cfg.heads:
            corpus = Corpus.of(args.cache, head, cfg.heads[head])
            documents = corpus.documents(VALIDATION)
            logits = predict(model, corpus, documents, "paragraph", args.low, READ)[head]
            found = score(logits, corpus.labels[documents], corpus.names)
            cells.append(f"{100 * found['accuracy']:.1f} ({found['loss']:.3f})")
        rows.append(f"| {variant} | {' | '.join(cells)} |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
