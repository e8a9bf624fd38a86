"""How much surer than right a model becomes of documents later than those it learned from, as a factor of temperature:

    python drift.py --config tiny.toml --data DATA --cache CACHE --head topic

Newsgroups are tested on later posts, and posts of the same weeks calibrate. The training rows tell what that hides: n-gram
models (ngrams.py) of each label's earlier rows are calibrated on earlier rows that are no kin of those they learned from,
and on the later rows. The number at the end of an id says which came first.
"""

import argparse
from pathlib import Path

import numpy as np

import config as configs
from calibration import temperature
from data import TRAIN, UNLABELLED, Corpus, read_rows
from ngrams import FOLDS, WORDS, Linear, counts, logits

EARLIER = 0.6
"""The official split by date has as much of the posts in training."""


def earlier(rows: list[dict]) -> np.ndarray:
    """Which rows are among the first EARLIER of their label, bool [D]."""
    numbers = np.array([int(row["id"].rsplit("/", 1)[1]) for row in rows])
    labels = np.array([row["label"] for row in rows])
    first = np.zeros(len(rows), bool)
    for label in np.unique(labels):
        mine = labels == label
        first[mine] = numbers[mine] < np.quantile(numbers[mine], EARLIER)
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a head's `drift`.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--head", required=True)
    args = parser.parse_args()
    cfg = configs.load(args.config)
    head, corpus = cfg.heads[args.head], Corpus.load(args.cache, args.head)
    known = np.flatnonzero((corpus.splits == TRAIN) & (corpus.labels != UNLABELLED))
    rows = read_rows([args.data / file for file in head.files])
    labels, kin = corpus.labels[known], corpus.kin[known]
    first = earlier([rows[i] for i in known])
    table = counts([corpus.document(i)[0][:WORDS] for i in known], head.ngrams)
    folds = np.random.default_rng(cfg.train.seed).integers(FOLDS, size=len(known))
    found = []
    for k in range(FOLDS):
        fit = first & (folds != k)
        same = first & (folds == k) & ~np.isin(kin, kin[fit])
        frequent = np.flatnonzero(np.bincount(table[fit].indices, minlength=table.shape[1]) > 1)
        model = Linear.fit(table[fit], labels[fit], corpus.weights[known[fit]], frequent, len(corpus.names))
        heat = {}
        for when, those in (("then", same), ("later", ~first)):
            said = logits(model, table[those])
            heat[when] = temperature(said, labels[those])
            right = (said.argmax(1) == labels[those]).mean()
            print(f"fold {k}, {when}: right of {right:.1%} of {those.sum():,}, temperature {heat[when]:.2f}", flush=True)
        found.append(heat["later"] / heat["then"])
    print(f"drift {np.exp(np.mean(np.log(found))):.2f}, from {min(found):.2f} to {max(found):.2f}")


if __name__ == "__main__":
    main()
