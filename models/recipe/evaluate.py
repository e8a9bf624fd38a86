"""Scores an exported folder, or a checkpoint, on whole documents of one split: accuracy, macro-F1, cross entropy (of a folder at
the temperatures of its card) and recall per label, as JSON."""

import argparse
import json
import time
from pathlib import Path

import numpy as np

import config as configs
from calibration import cross_entropy
from data import TEST, VALIDATION, Corpus
from folder import load_model, load_temperatures
from predict import predict


def score(logits: np.ndarray, labels: np.ndarray, names: list[str]) -> dict:
    """Accuracy, macro-F1, mean cross entropy and each label's recall; a row of zeros (no text) counts as an error."""
    guess = np.where(logits.any(1), logits.argmax(1), -1)
    f1, recall = [], {}
    for k, name in enumerate(names):
        hit, said, true = ((guess == k) & (labels == k)).sum(), (guess == k).sum(), (labels == k).sum()
        f1.append(2 * hit / max(1, said + true))
        recall[name] = round(float(hit / max(1, true)), 4)
    accuracy = float((guess == labels).mean())
    loss = float(cross_entropy(logits, labels).mean())
    return {"n": len(labels), "accuracy": accuracy, "macroF1": float(np.mean(f1)), "loss": loss, "recall": recall}


def main() -> None:
    parser = argparse.ArgumentParser(description="Evaluate a model folder; one JSON line per head.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="an exported folder, or a checkpoint.pt")
    parser.add_argument("--head", help="only this head")
    parser.add_argument("--split", choices=["validation", "test"], default="validation")
    parser.add_argument("--strangers", action="store_true", help="of validation, the documents without kin in training")
    parser.add_argument("--segmentation", choices=["paragraph", "sentence", "fixed"], default="paragraph")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--low", action="store_true", help="bfloat16 products: quicker, for looks at validation")
    args = parser.parse_args()
    if args.strangers and args.split == "test":
        parser.error("--strangers are validation documents: leave --split out")
    cfg = configs.load(args.config)
    model = load_model(args.model).eval().to(args.device)
    temperatures = load_temperatures(args.model)
    for head in [args.head] if args.head else cfg.heads:
        corpus = Corpus.of(args.cache, head, cfg.heads[head])
        documents = corpus.strangers() if args.strangers else corpus.documents(TEST if args.split == "test" else VALIDATION)
        began = time.monotonic()
        logits = predict(model, corpus, documents, args.segmentation, args.low)[head]
        if head in temperatures:
            logits = temperatures[head].applied(logits, np.diff(corpus.offsets)[documents])
        result = score(logits, corpus.labels[documents], corpus.names)
        print(json.dumps({"head": head, "split": args.split, **result, "seconds": round(time.monotonic() - began)}), flush=True)


if __name__ == "__main__":
    main()
