"""What turns a model's logits into scores, written into its card.json: of each head a temperature by the length of what is read.

Fitted on validation documents that are no kin of training documents (kin would promise too much of others), each read whole
and, as a segment or a selection is, from its start to some lengths; both count half, and all labels alike.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import config as configs
from calibration import LengthTemperature, alike, cross_entropy, length_temperature
from data import Corpus
from folder import load_folder
from model import PoNet
from predict import predict

STARTS = (16, 64, 256, 1024)
"""How much is read of a document beside the whole, in word pieces; of one that has less, nothing."""


def fitted(model: PoNet, head: str, corpus: Corpus) -> LengthTemperature:
    """The temperatures of one head on its validation documents."""
    documents = corpus.strangers()
    documents = documents[np.diff(corpus.offsets)[documents] > 0]
    found = []
    for limit in (None, *STARTS):
        lengths = np.diff(corpus.offsets)[documents]
        read = documents if limit is None else documents[lengths >= limit]
        logits = predict(model, corpus, read, "paragraph", low=False, limit=limit)[head]
        labels = corpus.labels[read]
        weights = alike(labels) * len(read)
        found.append((logits, labels, np.minimum(np.diff(corpus.offsets)[read], limit or np.inf), weights))
    logits, labels, lengths, weights = (np.concatenate(column) for column in zip(*found))
    whole = np.arange(len(labels)) < len(documents)
    weights = 0.5 * np.where(whole, weights / weights[whole].sum(), weights / weights[~whole].sum())
    best, loss = length_temperature(logits, labels, lengths, weights)
    before = weights @ cross_entropy(logits, labels)
    print(f"{head}: {best}, cross entropy {before:.4f} without and {loss:.4f} with it", flush=True)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the temperatures of an exported folder, into its card.json.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder whose card.json is written")
    args = parser.parse_args()
    model = load_folder(args.model).eval()
    file = args.model / "card.json"
    card = json.loads(file.read_text())
    for head in configs.load(args.config).heads:
        best = fitted(model, head, Corpus.load(args.cache, head))
        card["heads"][head]["temperature"] = {
            "longest": best.longest,
            "atLongest": round(best.at_longest, 4),
            "exponent": round(best.exponent, 4),
        }
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    temporary.replace(file)


if __name__ == "__main__":
    main()
