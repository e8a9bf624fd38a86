"""What a crop of a labelled document teaches: the label, and a teacher's opinion of the crop and of each of its segments."""

import numpy as np

import config as configs
from calibration import softmax
from data import UNLABELLED, Corpus
from ngrams import Teacher


class Lessons:
    """The targets of one corpus, over the labels of all heads."""

    def __init__(
        self,
        head: configs.Head,
        corpus: Corpus,
        targets: np.ndarray,
        start: int,
        teacher: Teacher | None,
        said: np.ndarray | None,
    ):
        """`targets` [documents, labels of all heads]: each document's label; the corpus's own labels begin at column
        `start`. Of the opinions, `teacher`'s is asked for and `said`, of the same shape as the targets, is known."""
        self.targets, self.teacher, self.said = targets, teacher, said
        self.own = slice(start, start + len(corpus.names))
        self.share = np.where(corpus.labels == UNLABELLED, 1, head.teacher_share)

    def of(self, document: int, ids: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A crop's word pieces [n], as training sees them, and segment numbers 1..K [n] -> the crop's target [labels], and
        its segments' [K, labels], each weighted by its part of the crop.

        An encoder's logits of a text are the mean of its tokens'. A segment's are to be the mean of what the teacher's
        shares make of them, each times n: their mean over the crop is the teacher's opinion of the crop."""
        opinions = [] if self.said is None else [self.said[document].astype(np.float32)]
        segments = np.zeros((int(numbers[-1]), self.targets.shape[1]), np.float32)
        if self.teacher is not None:
            shares, bias = self.teacher.shares(document, ids)
            opinion = np.zeros_like(self.targets[document])
            opinion[self.own] = softmax(shares.sum(0) + bias)
            opinions.append(opinion)
            segments[:, self.own] = self._segments(shares, bias, numbers, len(segments))
        share = self.share[document] if opinions else 0
        return (1 - share) * self.targets[document] + share * sum(opinions) / max(1, len(opinions)), segments

    def _segments(self, shares: np.ndarray, bias: np.ndarray, numbers: np.ndarray, count: int) -> np.ndarray:
        """[count, labels of this head] of shares [n, labels] in segments numbered 1..count [n]."""
        part = np.bincount(numbers - 1, minlength=count)[:, None] / len(numbers)
        sums = np.zeros((count, len(bias)), np.float32)
        np.add.at(sums, numbers - 1, shares)
        return part * softmax(sums / np.maximum(part, 1e-9) + bias)
