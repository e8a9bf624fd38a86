"""Scores an exported folder on whole documents of one split: accuracy, macro-F1, loss and recall per label, as JSON."""

import argparse
import json
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch

import config as configs
from data import TEST, VALIDATION, Corpus, collate, segment_ids
from export import load_folder
from model import PoNet

BATCH_TOKENS = 16384


@torch.no_grad()
def predict(model: PoNet, head: str, corpus: Corpus, documents: np.ndarray, way: str, low: bool) -> np.ndarray:
    """Logits [D, labels] of the documents, in the order given; one with no token at all gets zeros."""
    lengths = np.diff(corpus.offsets)[documents]
    device = next(model.parameters()).device
    logits = np.zeros((len(documents), len(corpus.names)), np.float32)
    waiting = [i for i in np.argsort(-lengths, kind="stable") if lengths[i]]
    while waiting:
        width = int(lengths[waiting[0]]) + 2
        rows, waiting = waiting[: max(1, BATCH_TOKENS // width)], waiting[max(1, BATCH_TOKENS // width) :]
        examples = []
        for row in rows:
            ids, marks = corpus.document(documents[row])
            examples.append((ids, segment_ids(marks, way, 64), 0, None))
        batch = collate(examples, width)
        tensors = {k: torch.from_numpy(getattr(batch, k)).to(device) for k in ("ids", "real", "special", "segments")}
        with torch.autocast(device.type, torch.bfloat16) if low else nullcontext():
            logits[rows] = model(**tensors, count=batch.count)[head].float().cpu().numpy()
    return logits


def score(logits: np.ndarray, labels: np.ndarray, names: list[str]) -> dict:
    """Accuracy, macro-F1, mean cross entropy and each label's recall; a row of zeros (no text) counts as an error."""
    guess = np.where(logits.any(1), logits.argmax(1), -1)
    f1, recall = [], {}
    for k, name in enumerate(names):
        hit, said, true = ((guess == k) & (labels == k)).sum(), (guess == k).sum(), (labels == k).sum()
        f1.append(2 * hit / max(1, said + true))
        recall[name] = round(float(hit / max(1, true)), 4)
    shifted = logits - logits.max(1, keepdims=True)
    entropy = np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels]
    accuracy = float((guess == labels).mean())
    return {"n": len(labels), "accuracy": accuracy, "macroF1": float(np.mean(f1)), "loss": float(entropy.mean()),
            "recall": recall}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Evaluate a model folder; one JSON line per head.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--split", choices=["validation", "test"], default="validation")
    parser.add_argument("--segmentation", choices=["paragraph", "sentence", "fixed"], default="paragraph")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--low", action="store_true", help="bfloat16 products: quicker, for looks at validation")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    model, _ = load_folder(args.model)
    model.to(args.device)
    for head in cfg.heads:
        corpus = Corpus.load(args.cache, head)
        documents = corpus.documents(TEST if args.split == "test" else VALIDATION)
        began = time.monotonic()
        logits = predict(model, head, corpus, documents, args.segmentation, args.low)
        result = score(logits, corpus.labels[documents], corpus.names)
        print(json.dumps({"head": head, "split": args.split, **result, "seconds": round(time.monotonic() - began)}), flush=True)


if __name__ == "__main__":
    main()
