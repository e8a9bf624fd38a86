"""Which of IMDb's training reviews are of one film. The corpus does not say, but numbers its files film by film under each label,
and reviews of one film share names that few others have.

A regression over n-grams is right of 92.1% of its training reviews when others of their films teach it, of 90.1% when none does.
"""

import re

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

APART = 30
"""The corpus has at most so many reviews of a film, so their numbers are no further apart."""
MOST = 60
"""A name that more reviews have is no film's."""
ALIKE = 0.12
"""Cosine of the names of two reviews: of those 100 numbers apart one pair in 2,000 has as much, of neighbours a third."""
SAME = 0.4
"""Cosine of the names of two films, of which one may be the other's under the other label."""

_ID = re.compile(r"train/(\w+)/(\d+)_\d+$")


def _runs(names: sparse.csr_matrix, labels: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The run of each review [n], of reviews in the order of label and number: two that are alike, and all between them."""
    reach = np.arange(len(numbers))
    for apart in range(1, APART + 1):
        near = (labels[apart:] == labels[:-apart]) & (numbers[apart:] - numbers[:-apart] <= APART)
        cosines = np.asarray(names[:-apart].multiply(names[apart:]).sum(1)).ravel()
        first = np.flatnonzero(near & (cosines > ALIKE))
        reach[first] = first + apart
    reach = np.maximum.accumulate(reach)
    starts = np.concatenate([[True], np.arange(1, len(reach)) > reach[:-1]])
    return np.cumsum(starts) - 1


def films_of(rows: list[dict]) -> list[str]:
    """The film of each row: a number for the training reviews of IMDb, and for any other row its id."""
    parts = [_ID.match(row["id"]) for row in rows]
    order = sorted((i for i, part in enumerate(parts) if part), key=lambda i: (parts[i][1], int(parts[i][2])))
    if not order:
        return [row["id"] for row in rows]
    names = TfidfVectorizer(lowercase=False, token_pattern=r"\b[A-Z][a-z]{2,}\b", min_df=2, max_df=MOST, sublinear_tf=True)
    table = names.fit_transform([rows[i]["text"] for i in order])
    runs = _runs(table, np.array([parts[i][1] for i in order]), np.array([int(parts[i][2]) for i in order]))
    of_run = sparse.csr_matrix((np.ones(len(runs)), (runs, np.arange(len(runs))))) @ table
    length = sparse.linalg.norm(of_run, axis=1)
    of_run = sparse.diags(1 / np.maximum(length, 1e-9)) @ of_run
    films = connected_components((of_run @ of_run.T) > SAME, directed=False)[1][runs]
    found = [row["id"] for row in rows]
    for i, film in zip(order, films):
        found[i] = f"film {film}"
    return found
