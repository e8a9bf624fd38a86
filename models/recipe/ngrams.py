"""Linear models over word-piece n-grams as teachers: CACHE/ngrams-<corpus>.npz.

A linear model over TF-IDF is hard to beat on the short documents of some heads, since it cannot but generalize from words. It
also says where in a text its opinion comes from, so it teaches every segment of every crop, and not only what a document is.
The documents are dealt into folds by their kin; each is read by the model of the other folds, one without a label by all.
Heads with `ngrams` of the config are taught, and only under their own labels.
"""

import argparse
import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import norm
from sklearn.linear_model import LogisticRegression

import config as configs
from calibration import LONGEST, alike, deviation, fitted_temperature, softmax
from crops import MASK
from data import TRAIN, UNLABELLED, VALIDATION, Corpus, made_of

VERSION = 4
"""Of what is said in ngrams-*.npz."""
FOLDS = 10
EVERY = -1
"""The fold of documents without a label, which no model was fitted on: they are read by all."""
SINGLES = 1 << 15
BITS = 24
"""Of a hash. Reviews have five million distinct runs: with 20 bits most columns that many films have are several runs of few."""
HASHED = 1 << BITS
STRETCH = 768
STRETCHES = 3
"""What of a document the models are fitted on, in word pieces: texts as long as the crops that they are to teach of."""
WORDS = 2000
"""How much of a document they are asked about."""
SMOOTHING = 0.05
"""How much of every n-gram each label is taken to have had before the first text, in TF-IDF."""
CLOSEST = 0.1
"""The least standard deviation that logits are softened by: parts of a text whose opinions cancel would be told as certain."""
SOFTNESS = 2.0
"""The temperature at which calibrated models teach: a softer opinion says more of the labels that are not the best one."""


def ngrams(ids: np.ndarray, longest: int) -> list[np.ndarray]:
    """Columns of a document's word pieces [n], then of its runs of 2 [n - 1], 3 [n - 2] to `longest`; runs are hashed. One with
    a masked word has that of [MASK], which no text has: by chance its hash would be that of words nobody wrote."""
    columns = [ids.astype(np.int64)]
    for size in range(2, min(longest, len(ids)) + 1):
        run = np.zeros(len(ids) - size + 1, np.uint64)
        masked = np.zeros(len(run), bool)
        for at in range(size):
            run = run * np.uint64(1000003) + ids[at : at + len(run)].astype(np.uint64) + np.uint64(1)
            masked |= ids[at : at + len(run)] == MASK
        # Fibonacci hashing: the upper bits of the product are the well-mixed ones.
        hashed = SINGLES + (run * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - BITS)).astype(np.int64)
        columns.append(np.where(masked, MASK, hashed))
    return columns


def counts(texts: list[np.ndarray], longest: int) -> sparse.csr_matrix:
    """1 + ln of how often each n-gram occurs in each text [T, columns]."""
    found = [np.unique(np.concatenate(ngrams(ids, longest)), return_counts=True) for ids in texts]
    ends = np.cumsum([0] + [len(columns) for columns, _ in found])
    values = np.concatenate([1 + np.log(n) for _, n in found]).astype(np.float32)
    return sparse.csr_matrix(
        (values, np.concatenate([columns.astype(np.int32) for columns, _ in found]), ends), shape=(len(found), SINGLES + HASHED)
    )


def stretches(ids: np.ndarray) -> list[np.ndarray]:
    """A document as at most STRETCHES parts of at most STRETCH word pieces, evenly apart."""
    count = min(STRETCHES, -(-len(ids) // STRETCH))
    starts = np.linspace(0, max(0, len(ids) - STRETCH), count).astype(int)
    return [ids[start : start + STRETCH] for start in starts]


def having(table: sparse.csr_matrix, owners: np.ndarray) -> np.ndarray:
    """How many distinct owners [T] of the texts have each n-gram of counts [T, columns]: [columns]."""
    distinct, place = np.unique(owners, return_inverse=True)
    belongs = sparse.csr_matrix((np.ones(len(owners), np.float32), (place, np.arange(len(owners)))), (len(distinct), len(owners)))
    return np.bincount((belongs @ table).indices, minlength=table.shape[1])


def counting(table: sparse.csr_matrix, documents: np.ndarray, kin: np.ndarray, spread: float) -> np.ndarray:
    """Which n-grams count, of counts [T, columns] of texts of the documents [T] and the kin [T]: those in two documents or
    more (the texts of one may overlap), and in the part `spread` of the kin. What few projects say is not what their label
    means."""
    enough = spread * len(np.unique(kin))
    return np.flatnonzero((having(table, documents) > 1) & (having(table, kin) >= enough))


def ratios(rows: sparse.csr_matrix, mine: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Naive Bayes' weight of every column [columns] of texts [T, columns], each counting by its weight [T], for the texts
    that are `mine` [T] over all others."""
    inside, outside = (SMOOTHING + rows.T @ (weights * chosen) for chosen in (mine, ~mine))
    return np.log(inside / inside.sum()) - np.log(outside / outside.sum())


def logistic(rows: sparse.csr_matrix, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients [columns, labels] and bias [labels] of logistic regression over the rows; of two labels, of the second over
    the first."""
    solver = "liblinear" if labels.max() == 1 else "lbfgs"
    model = LogisticRegression(C=100, tol=1e-3, solver=solver, max_iter=200).fit(rows, labels, sample_weight=weights)
    return model.coef_.T, model.intercept_


def logistic_bayes(rows: sparse.csr_matrix, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same of logistic regression over columns times naive Bayes' weight of each, one label against all others (Wang and
    Manning, "Baselines and Bigrams", ACL 2012): better than either alone on posts and reviews."""
    columns, biases = [], []
    for label in range(1 if labels.max() == 1 else 0, labels.max() + 1):
        mine = labels == label
        ratio = ratios(rows, mine, weights)
        adds, bias = logistic(rows @ sparse.diags(ratio), mine.astype(int), weights)
        columns.append(ratio * adds[:, 0])
        biases.append(bias)
    return np.stack(columns, 1), np.concatenate(biases)


@dataclass
class Linear:
    """A linear model over the n-grams that count, by their sorted `columns` int32 [k]: inverse document frequencies [k]; weights
    [k, labels], `idf` included; bias [labels]."""

    columns: np.ndarray
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, table: sparse.csr_matrix, labels: np.ndarray, weights: np.ndarray, kept: np.ndarray, width: int) -> "Linear":
        """The mean of both regressions, from counts [T, columns] of texts, of which the columns `kept` count, labels [T], each
        of the `width` labels among them, and how much each text counts [T]."""
        rows = table[:, kept]
        frequency = np.bincount(rows.indices, minlength=len(kept))
        idf = (np.log((1 + rows.shape[0]) / (1 + frequency)) + 1).astype(np.float32)
        rows = rows @ sparse.diags(idf)
        rows = sparse.diags(1 / np.maximum(norm(rows, axis=1), 1e-9)) @ rows
        found = [regression(rows, labels, weights) for regression in (logistic, logistic_bayes)]
        coefficients, bias = (sum(parts) / len(found) for parts in zip(*found))
        # Of two labels there is one column, the logit of the second over the first.
        both = np.array([[-0.5, 0.5]]) if width == 2 else np.eye(width)
        adds = (coefficients @ both * idf[:, None]).astype(np.float16)
        return cls(kept.astype(np.int32), idf, adds, (bias @ both).astype(np.float32))

    def at(self, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The idf [n] and weights float32 [n, labels] of columns [n]; zero where one does not count."""
        place = np.searchsorted(self.columns, columns).clip(max=len(self.columns) - 1)
        counts = self.columns[place] == columns
        return self.idf[place] * counts, self.weights[place].astype(np.float32) * counts[:, None]

    def shares(self, ids: np.ndarray, longest: int) -> np.ndarray:
        """What each word piece [n] of a text adds to its logits [n, labels]; an n-gram's part is spread evenly over its
        word pieces, and all of them sum to the logits less the bias."""
        runs = ngrams(ids, longest)
        columns, place, count = np.unique(np.concatenate(runs), return_inverse=True, return_counts=True)
        value = 1 + np.log(count)
        idf, weights = self.at(columns)
        length = np.linalg.norm(value * idf)
        weights *= (value / count / max(length, 1e-9))[:, None].astype(np.float32)
        parts = np.split(weights[place], np.cumsum([len(run) for run in runs])[:-1])
        shares = np.zeros((len(ids), len(self.bias)), np.float32)
        for size, part in enumerate(parts, 1):
            for at in range(size):
                shares[at : at + len(part)] += part / size
        return shares


@dataclass
class Softening:
    """Logits whose standard deviation is s are divided by `temperature` times s ^ `by_deviation`, as calibration.py says why, and
    `offset` [labels] is added."""

    temperature: float
    by_deviation: float
    offset: np.ndarray

    def divisor(self, logits: np.ndarray) -> np.ndarray:
        """[..., 1] of logits [..., labels]."""
        return self.temperature * np.maximum(deviation(logits), CLOSEST) ** self.by_deviation

    def __call__(self, logits: np.ndarray) -> np.ndarray:
        """Logits [..., labels] as they teach."""
        return logits / self.divisor(logits) + self.offset


@dataclass
class Teacher:
    """The linear models of a corpus, one per fold, the fold of every document [D], how soft their opinions are, and what they
    were fitted from."""

    longest: int
    folds: np.ndarray
    models: list[Linear]
    softening: Softening
    fitted_from: str

    def shares(self, document: int, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the word pieces [n] of a text made from `document` add to its softened logits [n, labels], and the bias
        [labels], by the model that has not seen it, or on average by all."""
        fold = self.folds[document]
        said = [self._said(model, ids) for model in (self.models if fold == EVERY else [self.models[fold]])]
        shares, bias = (sum(parts) / len(said) for parts in zip(*said))
        return shares, bias + self.softening.offset

    def _said(self, model: Linear, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        shares = model.shares(ids, self.longest)
        divisor = self.softening.divisor(shares.sum(0) + model.bias)
        return shares / divisor, model.bias / divisor

    def of_words(self, count: int) -> np.ndarray:
        """Weights [count, labels] of the first `count` word pieces, each by itself, on average over the folds."""
        return np.mean([model.at(np.arange(count))[1] for model in self.models], 0)

    def holds_out_ids(self) -> bool:
        """Whether the validation rows, which it has not seen, were drawn one by one."""
        return json.loads(json.loads(self.fitted_from)[1])["group"] == "id"

    def save(self, path: Path) -> None:
        """Under another name first: a kill leaves no half of one."""
        models = {f"{key}-{k}": values for k, model in enumerate(self.models) for key, values in vars(model).items()}
        temporary = path.with_suffix(".tmp.npz")
        single = {key: getattr(self, key) for key in ("longest", "folds", "fitted_from")}
        np.savez(temporary, **single, **models, **vars(self.softening))
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Teacher":
        with np.load(path) as f:
            made = str(f["fitted_from"])
            if json.loads(made)[0] != VERSION:
                raise SystemExit(f"{path} is of another version of ngrams.py: remove it, and run ngrams.py again.")
            models = [Linear(*(f[f"{part.name}-{k}"] for part in fields(Linear))) for k in range(FOLDS)]
            softening = Softening(float(f["temperature"]), float(f["by_deviation"]), f["offset"])
            return cls(int(f["longest"]), f["folds"], models, softening, made)

    def read(self) -> dict[str, str]:
        """The sha256 of each file that its rows came from, by name."""
        return json.loads(json.loads(self.fitted_from)[4])


def settings_of(head: configs.Head, corpus: Corpus) -> str:
    """What of a head's settings and of its corpus its n-gram models depend on, and of this file."""
    return json.dumps([VERSION, made_of(head), head.ngrams, head.spread, corpus.read])


def load_teacher(cache: Path, name: str, head: configs.Head, corpus: Corpus) -> Teacher:
    """The n-gram models of a head; those of other settings or files would say other things, and their folds would be those of
    other documents: nothing after it would notice."""
    path = cache / f"ngrams-{name}.npz"
    teacher = Teacher.load(path)
    if teacher.fitted_from != settings_of(head, corpus):
        raise SystemExit(f"{path} was fitted with other settings or from other files: remove it, and run ngrams.py again.")
    return teacher


def logits(model: Linear, table: sparse.csr_matrix) -> np.ndarray:
    """Logits [D, labels] of counts [D, columns]."""
    rows = table[:, model.columns]
    length = norm(rows @ sparse.diags(model.idf), axis=1)
    return rows @ model.weights.astype(np.float32) / np.maximum(length, 1e-9)[:, None] + model.bias


def levelled(said: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What to add to the logits [D, labels] of unseen documents, which count by their weights [D], so that each label is said
    as often as it is true.

    Of a label with few kin the models have seen less that holds for others, and say it too seldom."""
    weights = weights / weights.sum()
    true = np.bincount(labels, weights, said.shape[1])
    offset = np.zeros(said.shape[1])
    for _ in range(100):
        offset += np.log(true / (weights @ softmax(said + offset)))
    return offset - offset.mean()


def dealt(corpus: Corpus, seed: int) -> np.ndarray:
    """The fold of each document [D], EVERY without a label. What is of one kin in training is of one fold, whatever its
    labels, but for labels that have no other kin; the kin of each label are spread over the folds evenly, those of the labels
    with the fewest first."""
    rng = np.random.default_rng(seed)
    folds = rng.integers(FOLDS, size=len(corpus.labels))
    rows = [np.flatnonzero((corpus.labels == label) & (corpus.splits == TRAIN)) for label in range(len(corpus.names))]
    kin = [np.unique(corpus.kin[of_label]) for of_label in rows]
    fold_of = np.full(corpus.kin.max() + 1, -1)
    for label in sorted(range(len(rows)), key=lambda label: len(kin[label])):
        if len(kin[label]) < 2:
            continue
        given = fold_of[kin[label]]
        new = rng.permutation(kin[label][given < 0])
        had = np.bincount(given[given >= 0], minlength=FOLDS)
        for one in new:
            fold_of[one] = rng.choice(np.flatnonzero(had == had.min()))
            had[fold_of[one]] += 1
        folds[rows[label]] = fold_of[corpus.kin[rows[label]]]
    folds[corpus.labels == UNLABELLED] = EVERY
    return folds


def taught(corpus: Corpus, head: configs.Head, seed: int) -> Teacher:
    """Fits the models of a head's corpus."""
    longest = head.ngrams
    folds = dealt(corpus, seed)
    known = np.flatnonzero((corpus.splits == TRAIN) & (corpus.labels != UNLABELLED))
    labels, held, width = corpus.labels[known], corpus.documents(VALIDATION), len(corpus.names)
    whole, asked = (counts([corpus.document(i)[0][:WORDS] for i in rows], longest) for rows in (known, held))
    parts = [stretches(corpus.document(i)[0]) for i in known]
    size = np.array([len(part) for part in parts])
    place = np.repeat(np.arange(len(known)), size)
    table = counts([text for part in parts for text in part], longest)
    models, unseen = [], np.zeros((len(known), width))
    for k in range(FOLDS):
        outside = folds[known] == k
        inside = ~outside[place]
        texts, of = table[inside], place[inside]
        kept = counting(texts, of, corpus.kin[known[of]], head.spread)
        models.append(Linear.fit(texts, labels[of], corpus.weights[known[of]] / size[of], kept, width))
        unseen[outside] = logits(models[-1], whole[outside])
    # As if all were of one length, the shortest to choose from: the models are softened alike for any.
    best, _ = fitted_temperature(unseen, labels, np.full(len(known), LONGEST[0]), alike(labels))
    softening = Softening(SOFTNESS * best.at_longest, best.by_deviation, np.zeros(width))
    unseen = softening(unseen)
    softening.offset = levelled(unseen, labels, corpus.weights[known]).astype(np.float32)
    levels = (unseen, unseen + softening.offset)
    plain, moved = (np.average(said.argmax(1) == labels, weights=corpus.weights[known]) for said in levels)
    validation = [(softening(logits(model, asked)).argmax(1) == corpus.labels[held]).mean() for model in models]
    print(
        f"right of {len(known):,} training documents, each unseen: {plain:.1%}, levelled {moved:.1%}; "
        f"of {len(held):,} validation documents: {np.mean(validation):.1%}; "
        f"softer by their deviation ^ {best.by_deviation:.2f}",
        flush=True,
    )
    return Teacher(longest, folds.astype(np.int8), models, softening, settings_of(head, corpus))


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the n-gram models that teach the heads.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    cfg = configs.load(args.config)
    for name, head in cfg.heads.items():
        target = args.cache / f"ngrams-{name}.npz"
        if not head.ngrams:
            continue
        corpus = Corpus.of(args.cache, name, head)
        if target.exists():
            load_teacher(args.cache, name, head, corpus)
            continue
        print(name, flush=True)
        taught(corpus, head, cfg.train.seed).save(target)


if __name__ == "__main__":
    main()
