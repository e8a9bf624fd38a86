"""What a crop of a labelled document teaches: the label, and a teacher's opinion of the crop and of each of its segments."""

import numpy as np

import config as configs
from calibration import softmax
from data import UNLABELLED, Corpus
from ngrams import Teacher


class Lessons:
    """The targets of one corpus, over the labels of all heads."""

    def __init__(self, head: configs.Head, corpus: Corpus, targets: np.ndarray, start: int, teacher: Teacher | None):
        """`targets` [documents, labels of all heads]: what each document teaches as a whole; the corpus's own labels begin
        at column `start`."""
        self.targets, self.teacher = targets, teacher
        self.own = slice(start, start + len(corpus.names))
        self.share = np.where(corpus.labels == UNLABELLED, 1, head.teacher_share)

    def of(self, document: int, ids: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A crop's word pieces [n], as training sees them, and segment numbers 1..K [n] -> the crop's target [labels], and
        its segments' [K, labels], each weighted by its part of the crop.

        An encoder's logits of a text are the mean of its tokens'. A segment's are to be the mean of what the teacher's
        shares make of them, each times n: their mean over the crop is the teacher's opinion of the crop."""
        target = self.targets[document]
        segments = np.zeros((int(numbers[-1]), len(target)), np.float32)
        if self.teacher is None:
            return target, segments
        shares, bias = self.teacher.shares(document, ids)
        share = self.share[document]
        target = (1 - share) * target
        target[self.own] += share * softmax(shares.sum(0) + bias)
        part = np.bincount(numbers - 1, minlength=len(segments))[:, None] / len(ids)
        sums = np.zeros((len(segments), len(bias)), np.float32)
        np.add.at(sums, numbers - 1, shares)
        segments[:, self.own] = part * softmax(sums / np.maximum(part, 1e-9) + bias)
        return target, segments
