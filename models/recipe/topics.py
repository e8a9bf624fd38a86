"""Vectors of the word pieces that say what skip-gram, which looks between words, does not: what the n-gram teachers of the
heads make of a word alone, and latent semantic vectors (Deerwester et al., JASIS 1990): which documents it is in. A minute's
work; grow.py sets them beside the vectors that are there.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD

import config as configs
from data import TRAIN, Corpus, corpora_of
from ngrams import WORDS, Teacher, counts, load_teacher

LOUDEST = 4.0
"""A few words weigh more than LayerNorm would leave room for beside them."""


def occurrences(corpora: Iterable[Corpus], vocab_size: int) -> sparse.csr_matrix:
    """1 + ln of how often each training document has each word piece [D, V], in its first WORDS."""
    return counts([corpus.document(i)[0][:WORDS] for corpus in corpora for i in corpus.documents(TRAIN)], 1)[:, :vocab_size]


def vectors(table: sparse.csr_matrix, width: int, seed: int) -> np.ndarray:
    """Directions of unit length [V, width] of the words in three documents or more, zero for the others."""
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    inverse = np.log(table.shape[0] / np.maximum(frequency, 1))
    weighted = table @ sparse.diags(inverse)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1))).ravel()
    weighted = sparse.diags(1 / np.maximum(length, 1e-9)) @ weighted
    found = TruncatedSVD(width, random_state=seed).fit(weighted).components_.T.astype(np.float32)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    found[frequency < 3] = 0
    return found


def directions(teacher: Teacher, vocab_size: int) -> np.ndarray:
    """What a corpus's linear models make of the word pieces [V, labels]; of two labels, of the second. Of variance 1 by label, at
    most LOUDEST."""
    found = teacher.of_words(vocab_size)
    found = found[:, 1:] if found.shape[1] == 2 else found
    return (found / found.std(0)).clip(-LOUDEST, LOUDEST)


def main() -> None:
    parser = argparse.ArgumentParser(description="Latent semantic vectors into CACHE/topics-<d>.npy.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    cfg = configs.load(args.config)
    corpora = corpora_of(args.cache, cfg)
    vocab, width = cfg.model.vocab_size, cfg.model.hidden_size
    taught = {name: head for name, head in cfg.heads.items() if head.ngrams}
    said = [directions(load_teacher(args.cache, name, head, corpora[name]), vocab) for name, head in taught.items()]
    rest = vectors(occurrences(corpora.values(), vocab), width - sum(x.shape[1] for x in said), cfg.train.seed)
    found = np.concatenate([*said, rest / rest.std()], 1)
    np.save(args.cache / f"topics-{width}.npy", found)
    print(f"{int((found != 0).any(1).sum()):,} of {len(found):,} word pieces have a vector")


if __name__ == "__main__":
    main()
