"""What a run minimizes: the two pre-training tasks, or the labels of every head."""

import math
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import config as configs
from batches import LabelledStream, PairStream, Stream
from crops import Cropper
from data import TRAIN, UNLABELLED, Corpus, corpora_of, load_markup
from distil import load_said
from lessons import Lessons
from model import Pretraining, PoNet, Words
from ngrams import load_teacher


SAMPLED = 4096
"""Words that a masked one is told from, beside all that are masked in its batch: the whole vocabulary takes as long as half of
what else a step of `ponet-small` does."""


def masked_words(words: Words, table: Tensor, hidden: Tensor, originals: Tensor) -> tuple[Tensor, Tensor]:
    """Summed cross entropy of the masked words by the last hidden states [B, N, d], and their number; `originals` [B, N] are
    -100 elsewhere. Each word of the sample stands for as many as were not drawn (Jean et al. 2015, "On Using Very Large Target
    Vocabulary")."""
    chosen = originals >= 0
    known, place = originals[chosen].unique(return_inverse=True)
    others = torch.ones(len(table), dtype=torch.bool, device=table.device)
    others[known] = False
    others = others.nonzero()[:, 0]
    drawn = others[torch.randint(len(others), (SAMPLED,), device=table.device)]
    logits = words(hidden[chosen], table, torch.cat([known, drawn])).float()
    logits[:, len(known) :] += math.log(len(others) / SAMPLED)
    return F.cross_entropy(logits, place, reduction="sum"), chosen.sum()


def frequencies(corpora: dict[str, Corpus], quota: dict[str, int], vocab_size: int) -> Tensor:
    """How often each word piece is met [vocab_size], of 1, in the training documents as they are, of each corpus as much as its
    quota says; no piece never."""
    total = np.zeros(vocab_size)
    for name, corpus in corpora.items():
        pieces = np.concatenate([corpus.document(i)[0] for i in corpus.documents(TRAIN)])
        count = 1.0 + np.bincount(pieces, minlength=vocab_size)
        total += quota[name] * count / count.sum()
    return torch.from_numpy(total / total.sum()).float()


class Objective(Protocol):
    """`names` of the losses shown, the `labels` of each head, the `module` trained, the `stream` it is trained on, and the `files`
    which that comes of."""

    names: list[str]
    files: list[Path]
    labels: dict[str, list[str]]
    module: nn.Module
    stream: Stream

    def losses(self, hidden: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Last hidden states [B, N, d] -> the summed loss to minimize, and per name the summed loss and its count."""
        ...


class Classification:
    """Cross entropy of every head with the targets of each labelled part, and of its segments where a teacher has any; of the
    masked words, where they have a weight."""

    def __init__(self, cfg: configs.Config, cache: Path):
        corpora = {name: Corpus.of(cache, name, head) for name, head in cfg.heads.items()}
        self.heads, self.words_weight = list(cfg.heads), cfg.train.words_weight
        self.names = [*self.heads, "words"] if self.words_weight else self.heads
        self.labels = {name: corpus.names for name, corpus in corpora.items()}
        self.widths = [len(names) for names in self.labels.values()]
        self.module = PoNet(cfg.model, dict(zip(self.heads, self.widths)))
        if self.words_weight:
            self.module.words = Words(cfg.model)
        lessons = {name: self._lessons(cfg, cache, name, corpora) for name in corpora}
        read = (cache / f"{kind}{name}.npz" for name in corpora for kind in ("", "ngrams-", "teacher-"))
        self.files = [cache / "markup.npy", *(file for file in read if file.exists())]
        self.stream = LabelledStream(cfg, corpora, lessons, Cropper(cfg.train, load_markup(cache)))
        if self.words_weight:
            self.module.words.begin(frequencies(corpora, self.stream.quota, cfg.model.vocab_size))

    def _lessons(self, cfg: configs.Config, cache: Path, name: str, corpora: dict[str, Corpus]) -> Lessons:
        """A smoothed label under the document's own head; opinions of an n-gram model there, and of a larger one under all
        heads, where it has read the corpus."""
        head, corpus, smoothing = cfg.heads[name], corpora[name], cfg.train.label_smoothing
        start = sum(self.widths[: self.heads.index(name)])
        width = len(corpus.names)
        labelled = np.flatnonzero(corpus.labels != UNLABELLED)
        targets = np.zeros((len(corpus.labels), sum(self.widths)), np.float32)
        targets[labelled, start : start + width] = smoothing / width
        targets[labelled, start + corpus.labels[labelled]] += 1 - smoothing
        teacher = load_teacher(cache, name, head, corpus) if head.ngrams else None
        said = load_said(cache, name, cfg.heads, corpora)
        if head.unlabelled and teacher is None and said is None:
            raise SystemExit(f"Nobody says what the `unlabelled` rows of [heads.{name}] are: give it `ngrams`, or run distil.py.")
        return Lessons(head, corpus, targets, start, teacher, said)

    def losses(self, hidden: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        targets = batch["targets"]
        logits = self.module.logits(hidden, batch["parts"], targets.shape[1])
        wanted = targets.split(self.widths, 2)
        sums = torch.stack([-(t * x.log_softmax(2)).sum() for t, x in zip(wanted, logits.values())])
        loss, counts = sums.sum() + self._segments(hidden, batch), torch.stack([t.sum() for t in wanted])
        if not self.words_weight:
            return loss, sums, counts
        table = self.module.ponet.embeddings.word_embeddings.weight
        words, masked = masked_words(self.module.words, table, hidden, batch["originals"])
        loss = loss + self.words_weight * words * len(hidden) / masked.clamp(min=1)
        return loss, torch.cat([sums, words[None]]), torch.cat([counts, masked[None]])

    def _segments(self, hidden: Tensor, batch: dict[str, Tensor]) -> Tensor:
        """Summed cross entropy of the segments' own logits with what a teacher says of them."""
        targets = batch["segment_targets"]
        logits = self.module.logits(hidden, batch["segments"], targets.shape[1])
        return sum(-(t * x.log_softmax(2)).sum() for t, x in zip(targets.split(self.widths, 2), logits.values()))


class SelfSupervision:
    """Masked words and the order of texts, over the unlabelled text and every head's training documents."""

    names = ["words", "structure"]
    labels: dict[str, list[str]] = {}

    def __init__(self, cfg: configs.Config, cache: Path):
        corpora = corpora_of(cache, cfg)
        self.files = [cache / "markup.npy", *(cache / f"{name}.npz" for name in corpora)]
        self.module = Pretraining(cfg.model)
        self.stream = PairStream(cfg.pretrain, corpora, Cropper(cfg.pretrain, load_markup(cache)), cfg.model.vocab_size)
        self.module.words.begin(frequencies(corpora, self.stream.quota, cfg.model.vocab_size))

    def losses(self, hidden: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        table = self.module.ponet.embeddings.word_embeddings.weight
        words, masked = masked_words(self.module.words, table, hidden, batch["originals"])
        structure = -(batch["targets"][:, 0] * self.module.structure(hidden[:, 0]).float().log_softmax(1)).sum()
        counts = torch.stack([masked, torch.tensor(len(hidden), device=hidden.device)])
        # A row's words weigh as one, as its structure does.
        loss = words * len(hidden) / counts[0].clamp(min=1) + structure
        return loss, torch.stack([words, structure]), counts
