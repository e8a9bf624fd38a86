"""What turns a model's logits into scores, written into its card.json: of each head a temperature by the length of what is
read and by how far apart its logits are, and another of a segment in the midst of a document, which is told more by what is
around it than its length says.

Fitted on validation documents that are no kin of training documents where their label has such (kin would promise too much
of others): read whole and, as a selection is, from the start to some lengths, both for half of the weight; and cut into
segments. All labels count alike.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import config as configs
from batches import collate
from calibration import alike, cross_entropy, fitted_temperature
from crops import enclose
from data import Corpus
from folder import load_folder
from model import PoNet
from predict import predict

STARTS = (16, 64, 256, 1024)
"""How much is read of a document beside the whole, in word pieces; of one that has less, nothing."""
RUNS = (16, 64, 256)
"""Word pieces of a segment."""
AROUND = 1024
"""How much of a document its segments are read in, in word pieces."""


@torch.no_grad()
def of_segments(model: PoNet, head: str, corpus: Corpus, documents: np.ndarray, run: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits [S, labels] of the runs of `run` word pieces that the documents are cut into, the last and shorter one of each
    left out, and the labels [S] of their documents."""
    logits, labels = [np.zeros((0, len(corpus.names)), np.float32)], [np.zeros(0, np.int16)]
    for document in documents:
        ids = corpus.document(document)[0][:AROUND]
        whole = len(ids) // run
        if not whole:
            continue
        batch = collate([enclose([(ids, np.arange(len(ids)) // run + 1)])], len(ids) + 2)
        tensors = batch.inputs()
        hidden = model.ponet(**tensors, count=batch.count)
        logits.append(model.logits(hidden, tensors["segments"], whole)[head][0].numpy())
        labels.append(np.full(whole, corpus.labels[document]))
    return np.concatenate(logits), np.concatenate(labels)


Read = tuple[np.ndarray, np.ndarray, np.ndarray, float]
"""Logits [T, labels] of texts, their labels [T] and lengths [T], and how much all of them count."""


def texts(model: PoNet, head: str, corpus: Corpus, documents: np.ndarray) -> list[Read]:
    """Documents whole, and their beginnings."""
    sizes = np.diff(corpus.offsets)[documents]
    found = []
    for limit in (None, *STARTS):
        chosen = documents if limit is None else documents[sizes >= limit]
        logits = predict(model, corpus, chosen, "paragraph", low=False, limit=limit)[head]
        lengths = np.minimum(np.diff(corpus.offsets)[chosen], limit or np.inf)
        found.append((logits, corpus.labels[chosen], lengths, 1 if limit is None else 1 / len(STARTS)))
    return found


def segments(model: PoNet, head: str, corpus: Corpus, documents: np.ndarray) -> list[Read]:
    """Segments of documents."""
    found = [(run, *of_segments(model, head, corpus, documents, run)) for run in RUNS]
    return [(logits, labels, np.full(len(labels), run), 1) for run, logits, labels in found]


def fitted(name: str, read: list[Read]) -> dict:
    """The temperatures of least cross entropy, as a card has them."""
    read = [part for part in read if len(part[1])]
    logits, labels, lengths = (np.concatenate([part[column] for part in read]) for column in range(3))
    weights = np.concatenate([share * alike(labels) for _, labels, _, share in read])
    weights /= weights.sum()
    best, loss = fitted_temperature(logits, labels, lengths, weights)
    before = weights @ cross_entropy(logits, labels)
    print(f"{name}: {best}, cross entropy {before:.4f} without and {loss:.4f} with it", flush=True)
    return {
        "longest": best.longest,
        "atLongest": round(best.at_longest, 4),
        "byLength": round(best.by_length, 4),
        "byDeviation": round(best.by_deviation, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the temperatures of an exported folder, into its card.json.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder whose card.json is written")
    args = parser.parse_args()
    file = args.model / "card.json"
    if not file.exists():
        raise SystemExit(f"{file} is missing: run export.py, which writes a first one.")
    card = json.loads(file.read_text())
    heads = configs.load(args.config).heads
    lacking = sorted(heads.keys() - card["heads"])
    if lacking:
        raise SystemExit(f"{file} names no head {', '.join(lacking)}, which {args.config} has: give the config of this model.")
    model = load_folder(args.model).eval()
    for head, settings in heads.items():
        corpus = Corpus.of(args.cache, head, settings)
        documents = corpus.strangers()
        documents = documents[np.diff(corpus.offsets)[documents] > 0]
        described = card["heads"][head]
        described["temperature"] = fitted(head, texts(model, head, corpus, documents))
        described["segmentTemperature"] = fitted(f"{head}, segments", segments(model, head, corpus, documents))
        # What was measured of the scores before is not of these.
        described.pop("beginnings", None)
        for figure in ("ece", "eceByChance", "sure"):
            described.get("metrics", {}).pop(figure, None)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    temporary.replace(file)


if __name__ == "__main__":
    main()
