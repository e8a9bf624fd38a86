"""One head trained again from several seeds, each from the same encoder with the head's own weights forgotten:

    python seeds.py --config small.toml --cache CACHE --out OUT --start FOLDER --head hyperpartisan --tokens 500000

A split of few documents says little of one run. Prints each seed's accuracy on both splits, the mean of each, and how far the
seeds are apart on the test split. Encoder and head learn from that head's documents alone, at the rates below in place of the
config's; a seed that is done is only scored. CACHE is one without `distil.py`'s tables, which are of all heads.
"""

import argparse
from pathlib import Path

import numpy as np

import config as configs
from data import TEST, VALIDATION, Corpus
from evaluate import score
from folder import load_checkpoint
from model import initialize
from predict import predict
from train import begin

ENCODER_RATE, EMBEDDING_RATE, HEAD_RATE = 1e-4, 2e-4, 3e-2
"""A new head's weights have to grow large, and cannot in a short run at the encoder's rate (README.md, Choices)."""


def main() -> None:
    parser = argparse.ArgumentParser(description="How much a head's accuracy depends on the seed.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="an exported folder, or a checkpoint.pt")
    parser.add_argument("--head", required=True)
    parser.add_argument("--tokens", type=int, required=True, help="how much each seed learns from")
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    if args.seeds < 2:
        parser.error("one seed says nothing of others: --seeds is 2 or more")
    cfg = configs.load(args.config)
    cfg.heads = {args.head: cfg.heads[args.head]}
    cfg.train.tokens = args.tokens
    cfg.train.learning_rate, cfg.train.embedding_learning_rate = ENCODER_RATE, EMBEDDING_RATE
    cfg.train.head_learning_rate = HEAD_RATE
    # In so few steps what tells masked words would only begin to be learned.
    cfg.train.words_weight = 0.0
    corpus = Corpus.of(args.cache, args.head, cfg.heads[args.head])
    found = []
    for seed in range(args.seeds):
        cfg.train.seed = seed
        out = args.out / f"seed-{seed}"
        trainer = begin("train", cfg, args.cache, out, args.start)
        if trainer.step == 0:
            initialize(trainer.module.heads)
            # What is scored is the average, in which the old head would linger.
            trainer.average |= {f"heads.{k}": v.clone() for k, v in trainer.module.heads.state_dict().items()}
        trainer.train()
        model = load_checkpoint(out / "checkpoint.pt").eval()
        accuracy = []
        for split in (VALIDATION, TEST):
            documents = corpus.documents(split)
            logits = predict(model, corpus, documents, "paragraph", low=False)[args.head]
            accuracy.append(score(logits, corpus.labels[documents], corpus.names)["accuracy"])
        found.append(accuracy)
        print(f"seed {seed}: validation {accuracy[0]:.1%}, test {accuracy[1]:.1%}", flush=True)
    (validation, test), (_, spread) = np.mean(found, 0), np.std(found, 0, ddof=1)
    print(f"mean of {len(found)} seeds: validation {validation:.1%}, test {test:.1%} with a standard deviation of {spread:.1%}")


if __name__ == "__main__":
    main()
