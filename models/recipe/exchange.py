"""Names exchanged for other names: what only a few projects write must not tell what their documents are."""

import numpy as np

from data import TRAIN, UNLABELLED, Corpus

DRAWN = 1000
"""Documents whose rare word pieces are given in exchange."""


class Exchange:
    """Exchanges the word pieces that few of a corpus's kin have for others of that sort, as often as those occur."""

    def __init__(self, corpus: Corpus, spread: float, vocab_size: int, seed: int):
        """Few: less than the part `spread` of the kin in training that have a label, as the n-gram teacher counts them."""
        documents = np.flatnonzero((corpus.splits == TRAIN) & (corpus.labels != UNLABELLED))
        kins, place = np.unique(corpus.kin[documents], return_inverse=True)
        uses = np.zeros((len(kins), vocab_size), bool)
        for document, kin in zip(documents, place):
            uses[kin, corpus.document(document)[0]] = True
        self.few = uses.mean(0) < spread
        rng = np.random.default_rng(seed)
        some = rng.choice(documents, min(DRAWN, len(documents)), replace=False)
        ids = np.concatenate([corpus.document(i)[0] for i in some])
        self.drawn = ids[self.few[ids]]

    def of(self, ids: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A crop's word pieces [n] with each of the few exchanged for another one, the same wherever it occurs."""
        gone = np.unique(ids[self.few[ids]])
        if not len(gone):
            return ids
        table = np.arange(len(self.few))
        table[gone] = rng.choice(self.drawn, len(gone))
        return table[ids]
