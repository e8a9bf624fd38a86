"""Skip-gram vectors of the word pieces, by the `fasttext` program: the start of the embedding table.

The word pieces of the training splits and of the unlabelled text are written out as the "words" of a text file, one
document a line. Measured: at equal tokens seen this start takes IMDb from 61 to 83%.
"""

import argparse
import subprocess
from pathlib import Path

import numpy as np

import config as configs
from data import TRAIN, corpora_of

BEGINNING = 1000
"""How much of a document is written out, in word pieces: of the long ones more than a few are."""


def write_corpus(cfg: configs.Config, cache: Path, target: Path) -> int:
    """Writes the head of every training document, labelled first, then unlabelled until the budget is spent."""
    written = 0
    order = np.random.default_rng(cfg.train.seed)
    with target.open("w") as out:
        for corpus in corpora_of(cache, cfg).values():
            for i in order.permutation(corpus.documents(TRAIN)):
                if written >= cfg.text.skipgram_tokens:
                    return written
                ids = corpus.document(i)[0][:BEGINNING]
                out.write(" ".join(map(str, ids)) + "\n")
                written += len(ids)
    return written


def read_vectors(path: Path, vocab_size: int, width: int) -> np.ndarray:
    """The [V, d] table of a fasttext .vec file; rows of word pieces never seen stay zero."""
    table = np.zeros((vocab_size, width), np.float32)
    with path.open() as lines:
        next(lines)
        for line in lines:
            word, *values = line.split()
            if word.isdigit():
                table[int(word)] = np.array(values, np.float32)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn skip-gram vectors into CACHE/embeddings-<d>.npy.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    cfg = configs.load(args.config)
    width = cfg.model.hidden_size
    corpus = args.cache / "skipgram.txt"
    print(f"{write_corpus(cfg, args.cache, corpus):,} tokens for skip-gram", flush=True)
    vectors = args.cache / f"skipgram-{width}"
    subprocess.run(
        ["fasttext", "skipgram", "-input", corpus, "-output", vectors, "-dim", str(width), "-minn", "0", "-maxn", "0",
         "-minCount", "3", "-epoch", str(cfg.text.skipgram_epochs), "-thread", str(cfg.text.skipgram_threads)],
        check=True,
    )  # fmt: skip
    table = read_vectors(vectors.with_suffix(".vec"), cfg.model.vocab_size, width)
    np.save(args.cache / f"embeddings-{width}.npy", table)
    print(f"{int((table != 0).any(1).sum()):,} of {len(table):,} word pieces have a vector")


if __name__ == "__main__":
    main()
