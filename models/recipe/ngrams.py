"""A linear model over word-piece n-grams as a teacher: CACHE/teacher-<corpus>.npy, float16 [documents, labels of all heads].

Logistic regression over TF-IDF is hard to beat on the short documents of some heads, since it cannot but generalize from
words. What it says of a training document, fitted without it, tells an encoder which documents its words leave in doubt; of
an unlabelled one, what it probably is. Heads with `ngrams` of the config are taught, and only under their own labels.
"""

import argparse
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

import config as configs
from data import TRAIN, UNLABELLED, VALIDATION, Corpus

FOLDS = 5
SINGLES = 1 << 15
HASHED = 1 << 20


def ngrams(ids: np.ndarray, longest: int) -> np.ndarray:
    """Columns [m] of a document's word pieces [n] and runs of 2 to `longest` of them; runs are hashed."""
    columns = [ids.astype(np.uint64)]
    for size in range(2, min(longest, len(ids)) + 1):
        run = np.zeros(len(ids) - size + 1, np.uint64)
        for at in range(size):
            run = run * np.uint64(1000003) + ids[at : at + len(run)].astype(np.uint64) + np.uint64(1)
        # Fibonacci hashing: the upper bits of the product are the well-mixed ones.
        columns.append(SINGLES + (run * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(44)))
    return np.concatenate(columns)


def counts(corpus: Corpus, documents: np.ndarray, longest: int) -> sparse.csr_matrix:
    """1 + ln of how often each n-gram occurs [D, columns]."""
    found = [np.unique(ngrams(corpus.document(i)[0], longest), return_counts=True) for i in documents]
    ends = np.cumsum([0] + [len(columns) for columns, _ in found])
    values = np.concatenate([1 + np.log(n) for _, n in found]).astype(np.float32)
    return sparse.csr_matrix(
        (values, np.concatenate([columns.astype(np.int32) for columns, _ in found]), ends), shape=(len(found), SINGLES + HASHED)
    )


def weighted(table: sparse.csr_matrix, fitted: sparse.csr_matrix) -> sparse.csr_matrix:
    """The columns that are in two documents of `fitted` at least, weighted by inverse document frequency; rows of unit
    length."""
    frequency = np.bincount(fitted.indices, minlength=fitted.shape[1])
    kept = np.flatnonzero(frequency > 1)
    table = table[:, kept] @ sparse.diags(np.log((1 + fitted.shape[0]) / (1 + frequency[kept])) + 1)
    length = np.sqrt(np.asarray(table.multiply(table).sum(1))).ravel()
    return sparse.diags(1 / np.maximum(length, 1e-9)) @ table


def said(train: sparse.csr_matrix, labels: np.ndarray, asked: sparse.csr_matrix) -> np.ndarray:
    """Probabilities [asked, labels] from a model fitted on `train`."""
    few = labels.max() == 1
    model = LogisticRegression(C=10, tol=1e-3, solver="liblinear" if few else "lbfgs", max_iter=100)
    return model.fit(weighted(train, train), labels).predict_proba(weighted(asked, train))


def taught(corpus: Corpus, longest: int, seed: int) -> np.ndarray:
    """Probabilities [documents, labels] of the training documents: of labelled ones by a model that has not seen them, of
    unlabelled ones by the model of all others. The rest stays zero."""
    documents = corpus.documents(TRAIN)
    labels = corpus.labels[documents]
    table = counts(corpus, documents, longest)
    result = np.zeros((len(corpus.labels), len(corpus.names)), np.float32)
    known = np.flatnonzero(labels != UNLABELLED)
    fold = np.random.default_rng(seed).integers(FOLDS, size=len(known))
    for k in range(FOLDS):
        inside, outside = known[fold != k], known[fold == k]
        result[documents[outside]] = said(table[inside], labels[inside], table[outside])
    right = result[documents[known]].argmax(1) == labels[known]
    print(f"right of {len(known):,} training documents, each unseen: {right.mean():.1%}", flush=True)
    unknown = np.flatnonzero(labels == UNLABELLED)
    asked = np.concatenate([documents[unknown], corpus.documents(VALIDATION)])
    opinion = said(table[known], labels[known], counts(corpus, asked, longest))
    result[documents[unknown]] = opinion[: len(unknown)]
    right = opinion[len(unknown) :].argmax(1) == corpus.labels[corpus.documents(VALIDATION)]
    print(f"right of {len(right):,} validation documents: {right.mean():.1%}", flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Write what an n-gram model says of the training documents.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    cfg = configs.load(args.config)
    corpora = {name: Corpus.load(args.cache, name) for name in cfg.heads}
    start = 0
    for name, corpus in corpora.items():
        target = args.cache / f"teacher-{name}.npy"
        if cfg.heads[name].ngrams and not target.exists():
            table = np.zeros((len(corpus.labels), sum(len(c.names) for c in corpora.values())), np.float16)
            print(name, flush=True)
            table[:, start : start + len(corpus.names)] = taught(corpus, cfg.heads[name].ngrams, cfg.train.seed)
            np.save(target, table)
        start += len(corpus.names)


if __name__ == "__main__":
    main()
