"""Examples to padded batches of similar length, in a seeded endless stream that can be taken up at any block."""

import zlib
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

import config as configs
from crops import MASK, POSITIONS, Cropper, Example, augmented_segments, enclose
from data import SENTENCE, TRAIN, Corpus
from exchange import Exchange
from lessons import Lessons

BLOCK = 4096


@dataclass
class Batch:
    """ids, positions, segments, types, parts, originals int64 [B, N]; real, special bool [B, N]; targets float32
    [B, P, labels], zero where a part has none; segment_targets [B, K, labels], of the segments from 1 on. `weight` scales
    the summed loss to that of an average batch."""

    ids: np.ndarray
    positions: np.ndarray
    segments: np.ndarray
    types: np.ndarray
    parts: np.ndarray
    originals: np.ndarray
    real: np.ndarray
    special: np.ndarray
    targets: np.ndarray
    segment_targets: np.ndarray
    weight: float = 1.0

    @property
    def count(self) -> int:
        """Segments in the longest row, rounded up to a power of two: few distinct shapes for the compiler."""
        return 1 << int(self.segments.max()).bit_length()

    def inputs(self) -> dict[str, Tensor]:
        """What a model reads of whole documents, whose positions and types are the usual ones."""
        return {k: torch.from_numpy(getattr(self, k)) for k in ("ids", "real", "special", "segments")}


def padded(targets: list[np.ndarray]) -> np.ndarray:
    """Targets [*, labels] of several rows as one float32 array, filled up with zeros."""
    table = np.zeros((len(targets), max(map(len, targets)), targets[0].shape[1]), np.float32)
    for row, target in enumerate(targets):
        table[row, : len(target)] = target
    return table


def collate(examples: list[Example], width: int) -> Batch:
    """Pads examples to `width` tokens and their targets to the most parts and segments that one of them has."""
    shape = (len(examples), width)
    columns = {name: np.zeros(shape, np.int64) for name in ("ids", "segments", "types", "parts")}
    originals = np.full(shape, -100)
    real, special = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, example in enumerate(examples):
        n = len(example)
        for name, column in columns.items():
            column[row, :n] = getattr(example, name)
        originals[row, :n], special[row, :n], real[row, :n] = example.originals, example.special, True
    positions = np.array([e.position for e in examples])[:, None] + np.arange(width)
    targets, segment_targets = padded([e.targets for e in examples]), padded([e.segment_targets for e in examples])
    return Batch(**columns, positions=positions, originals=originals, real=real, special=special, targets=targets,
                 segment_targets=segment_targets)  # fmt: skip


def pack(examples: list[Example], batch_tokens: int, rng: np.random.Generator) -> list[Batch]:
    """Batches of at most `batch_tokens` tokens, of examples of similar length, in random order: 6% padding."""
    examples = sorted(examples, key=len)
    batches = []
    while examples:
        # Widths are multiples of 32: whole vector registers and few distinct shapes.
        width = -(-len(examples[-1]) // 32) * 32
        take = max(1, batch_tokens // width)
        batches.append(collate(examples[-take:], width))
        del examples[-take:]
    # Batches of short documents hold more of them: weigh every document alike.
    per_batch = sum(len(b.ids) for b in batches) / len(batches)
    for batch in batches:
        batch.weight = 1 / per_batch
    return [batches[i] for i in rng.permutation(len(batches))]


class Stream(Protocol):
    """Block k depends on the seed and k alone."""

    def block(self, k: int) -> list[Batch]: ...


class Walk:
    """Walks through the training documents of a corpus, in a fresh order every epoch; in the long run each is met as often
    as its weight says."""

    def __init__(self, name: str, corpus: Corpus, seed: int):
        self.corpus, self.seed = corpus, [seed, zlib.crc32(name.encode())]
        documents = corpus.documents(TRAIN)
        self.documents = documents[np.diff(corpus.offsets)[documents] > 0]
        self.epoch, self.order = -1, self.documents

    def _epoch(self, epoch: int) -> np.ndarray:
        """As many documents as there are, each the whole part of its weight times, or once more."""
        rng = np.random.default_rng([*self.seed, epoch])
        shuffled = rng.permutation(self.documents)
        weights = self.corpus.weights[shuffled].astype(np.float64)
        edges = np.cumsum(weights) * (len(shuffled) / weights.sum())
        drawn = np.searchsorted(edges, np.arange(len(shuffled)) + rng.random()).clip(max=len(shuffled) - 1)
        return rng.permutation(shuffled[drawn])

    def __getitem__(self, serial: int) -> int:
        """The document at place `serial` of the endless walk."""
        epoch, place = divmod(serial, len(self.documents))
        if epoch != self.epoch:
            self.epoch, self.order = epoch, self._epoch(epoch)
        return self.order[place]


class LabelledStream:
    """Crops of labelled documents, the heads' shares kept exactly; `mix_rate` of the rows hold two or three crops of
    different documents, each with its own label, as a segment of a mixed document is to be told from the rest."""

    def __init__(self, cfg: configs.Config, corpora: dict[str, Corpus], lessons: dict[str, Lessons], cropper: Cropper):
        """`lessons` per corpus: what a crop of a document teaches."""
        self.run, self.cropper, self.lessons = cfg.train, cropper, lessons
        self.exchanges = {
            name: Exchange(corpora[name], head.spread, cfg.model.vocab_size, cfg.train.seed)
            for name, head in cfg.heads.items()
            if head.spread
        }
        total = sum(head.share for head in cfg.heads.values())
        self.quota = {name: round(BLOCK * head.share / total) for name, head in cfg.heads.items()}
        self.walks = {name: Walk(name, corpora[name], cfg.train.seed) for name in cfg.heads}

    def _row(self, crops: list, rng: np.random.Generator) -> Example:
        """One row of crops; what its masks hide is to be told, too."""
        pieces = [(self.cropper.masked(ids, rng), augmented_segments(marks, rng)) for ids, marks, _, _ in crops]
        taught = [self.lessons[name].of(i, *piece) for piece, (_, _, name, i) in zip(pieces, crops)]
        targets, segment_targets = zip(*taught)
        example = enclose(pieces, np.stack(targets), np.concatenate(segment_targets))
        text = ~example.special
        example.originals[text] = np.where(example.ids[text] == MASK, np.concatenate([ids for ids, *_ in crops]), -100)
        example.position = int(rng.integers(POSITIONS))
        return example

    def block(self, k: int) -> list[Batch]:
        rng = np.random.default_rng([self.run.seed, k])
        crops = []
        for name, quota in self.quota.items():
            walk = self.walks[name]
            for serial in range(k * quota, (k + 1) * quota):
                i = walk[serial]
                ids, marks = self.cropper.crop(*walk.corpus.document(i), rng)
                ids, marks = self.cropper.plain(ids, marks, rng)
                exchange = self.exchanges.get(name)
                crops.append((exchange.of(ids, rng) if exchange else ids, marks, name, i))
        crops = [crops[i] for i in rng.permutation(len(crops))]
        examples = []
        while crops:
            parts = int(rng.integers(2, 4)) if rng.random() < self.run.mix_rate else 1
            examples.append(self._row(crops[-parts:], rng))
            del crops[-parts:]
        return pack(examples, self.run.batch_tokens, rng)


NEXT, PREVIOUS, RANDOM = range(3)


class PairStream:
    """Pairs of texts for PoNet's own two tasks: words masked as in BERT (80% [MASK], 10% a random word, 10% as is), and
    the sentence structural objective: whether the second text follows the first, precedes it, or is of another
    document. Corpora take part by their number of tokens."""

    def __init__(self, run: configs.Run, corpora: dict[str, Corpus], cropper: Cropper, vocab_size: int):
        self.run, self.cropper, self.vocab_size = run, cropper, vocab_size
        sizes = {name: np.diff(c.offsets)[c.documents(TRAIN)].clip(max=8 * run.crop_max).sum() for name, c in corpora.items()}
        self.quota = {name: round(BLOCK * size / sum(sizes.values())) for name, size in sizes.items()}
        self.walks = {name: Walk(name, corpus, run.seed) for name, corpus in corpora.items()}

    def _halves(self, corpus: Corpus, document: int, rng: np.random.Generator):
        """A crop cut in two at the sentence start nearest its middle."""
        ids, marks = self.cropper.crop(*corpus.document(document), rng)
        starts = np.flatnonzero(marks & SENTENCE)
        middle = starts[np.abs(starts - len(ids) // 2).argmin()] if len(starts) else 0
        cut = int(middle) if 0 < middle < len(ids) else len(ids) // 2
        return (ids[:cut], marks[:cut]), (ids[cut:], marks[cut:])

    def _pair(self, walk: Walk, serial: int, rng: np.random.Generator) -> Example:
        first, second = self._halves(walk.corpus, walk[serial], rng)
        label = int(rng.integers(3))
        if label == RANDOM:
            second = self._halves(walk.corpus, rng.choice(walk.documents), rng)[1]
        if label == PREVIOUS:
            first, second = second, first
        pieces = [(ids, augmented_segments(marks, rng)) for ids, marks in (first, second)]
        example = enclose(pieces, np.eye(3, dtype=np.float32)[[label]], separated=True)
        chosen = (rng.random(len(example)) < self.run.mask_rate) & ~example.special
        example.originals = np.where(chosen, example.ids, -100)
        how = rng.random(len(example))
        random_words = rng.integers(1000, self.vocab_size, len(example))
        shown = np.where(how < 0.8, MASK, np.where(how < 0.9, random_words, example.ids))
        example.ids = np.where(chosen, shown, example.ids)
        example.position = int(rng.integers(POSITIONS))
        return example

    def block(self, k: int) -> list[Batch]:
        rng = np.random.default_rng([self.run.seed, k])
        examples = [
            self._pair(self.walks[name], serial, rng)
            for name, quota in self.quota.items()
            for serial in range(k * quota, (k + 1) * quota)
        ]
        return pack(examples, self.run.batch_tokens, rng)
