"""Cached documents to augmented training examples: crops, segmentations, masking, documents of several parts."""

from dataclasses import dataclass

import numpy as np

from config import Run
from data import PARAGRAPH, SENTENCE

CLS, SEP, MASK = 101, 102, 103
WAYS = ("paragraph", "paragraph", "sentence", "fixed", "fixed")
POSITIONS = 1 << 16
"""Where a crop may start, so that wrapped positions carry no meaning."""


def segment_ids(marks: np.ndarray, way: str, run: int = 0) -> np.ndarray:
    """Segment numbers 1..K [n] of a document's tokens, by `sentence`, `paragraph` or `fixed` runs of `run` tokens."""
    if way == "fixed":
        return np.arange(len(marks)) // run + 1
    starts = (marks & (SENTENCE if way == "sentence" else PARAGRAPH)) > 0
    starts[:1] = True
    return np.cumsum(starts)


def augmented_segments(marks: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Segment numbers by a way drawn at random: short segments and long ones, as the extension's settings make them."""
    run = int(np.exp(rng.uniform(np.log(2), np.log(256))))
    return segment_ids(marks, WAYS[rng.integers(len(WAYS))], run)


@dataclass
class Example:
    """One row of a batch, [CLS] and [SEP] included: ids, segments, types, parts and originals int64 [n], special bool
    [n]. `parts` numbers the labelled parts 1..P (0: none); targets [P, labels] are each part's probabilities, or the
    row's one structural label; segment_targets [K, labels] those of segments 1..K times their part of the crop.
    `originals` are the ids under the masks, -100 where nothing is to be predicted."""

    ids: np.ndarray
    segments: np.ndarray
    types: np.ndarray
    special: np.ndarray
    parts: np.ndarray
    originals: np.ndarray
    targets: np.ndarray
    segment_targets: np.ndarray
    position: int = 0

    def __len__(self) -> int:
        return len(self.ids)


NO_TARGET = np.zeros((1, 1), np.float32)


def enclose(
    pieces: list[tuple[np.ndarray, np.ndarray]],
    targets: np.ndarray = NO_TARGET,
    segment_targets: np.ndarray = NO_TARGET,
    separated: bool = False,
) -> Example:
    """[CLS] piece piece ... [SEP] from (ids, segment numbers 1..K) pieces; `separated` puts a [SEP] after each piece and
    gives the later ones token type 1, as in a pair of texts. [CLS] is segment 0, each [SEP] a segment of its own."""
    ids, segments, types, parts = [[CLS]], [[0]], [[0]], [[0]]
    last = 0
    for number, (text, numbers) in enumerate(pieces):
        ids.append(text)
        segments.append(numbers + last)
        last += int(numbers[-1]) if len(numbers) else 0
        types.append(np.full(len(text), int(separated and number > 0)))
        parts.append(np.full(len(text), number + 1))
        if separated or number == len(pieces) - 1:
            last += 1
            for column, value in ((ids, SEP), (segments, last), (types, int(separated and number > 0)), (parts, 0)):
                column.append([value])
    joined = [np.concatenate(column).astype(np.int64) for column in (ids, segments, types, parts)]
    special = joined[3] == 0
    return Example(joined[0], joined[1], joined[2], special, joined[3], np.full(len(special), -100), targets,
                   segment_targets)  # fmt: skip


class Cropper:
    """Draws augmented crops from documents."""

    def __init__(self, run: Run, markup: np.ndarray):
        self.run, self.markup = run, markup

    def crop(self, ids: np.ndarray, marks: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """A stretch of random length and place: ids and marks [n]."""
        length = int(np.clip(self.run.crop_median * np.exp(0.6 * rng.standard_normal()), 64, self.run.crop_max)) - 2
        start = rng.integers(max(1, len(ids) - length + 1))
        return ids[start : start + length], marks[start : start + length]

    def plain(self, ids: np.ndarray, marks: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Some crops lose their markup: what a project writes its headings with must not be all that tells them."""
        keep = ~self.markup[ids]
        if rng.random() >= self.run.markup_drop_rate or keep.sum() < 16:
            return ids, marks
        # The mark of a dropped token moves to the next one kept.
        kept = np.flatnonzero(keep)
        heir = np.searchsorted(kept, np.arange(len(ids)))
        carried = np.zeros(len(kept) + 1, marks.dtype)
        np.bitwise_or.at(carried, heir, marks)
        return ids[keep], carried[:-1]

    def masked(self, ids: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return np.where(rng.random(len(ids)) < self.run.mask_rate, MASK, ids)
