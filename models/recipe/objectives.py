"""What a run minimizes: the two pre-training tasks, or the labels of every head."""

from pathlib import Path
from typing import Protocol

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import config as configs
from batches import LabelledStream, PairStream, Stream
from crops import Cropper
from data import UNLABELLED, Corpus, corpora_of, load_markup
from distil import load_said
from lessons import Lessons
from model import Pretraining, PoNet
from ngrams import load_teacher


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
    """Cross entropy of every head with the targets of each labelled part, and of its segments where a teacher has any."""

    def __init__(self, cfg: configs.Config, cache: Path):
        corpora = {name: Corpus.of(cache, name, head) for name, head in cfg.heads.items()}
        self.names = list(cfg.heads)
        self.labels = {name: corpus.names for name, corpus in corpora.items()}
        self.widths = [len(names) for names in self.labels.values()]
        self.module = PoNet(cfg.model, dict(zip(self.names, self.widths)))
        lessons = {name: self._lessons(cfg, cache, name, corpora) for name in corpora}
        read = (cache / f"{kind}{name}.npz" for name in corpora for kind in ("", "ngrams-", "teacher-"))
        self.files = [cache / "markup.npy", *(file for file in read if file.exists())]
        self.stream = LabelledStream(cfg, corpora, lessons, Cropper(cfg.train, load_markup(cache)))

    def _lessons(self, cfg: configs.Config, cache: Path, name: str, corpora: dict[str, Corpus]) -> Lessons:
        """A smoothed label under the document's own head; opinions of an n-gram model there, and of a larger one under all
        heads, where it has read the corpus."""
        head, corpus, smoothing = cfg.heads[name], corpora[name], cfg.train.label_smoothing
        start = sum(self.widths[: self.names.index(name)])
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
        return sums.sum() + self._segments(hidden, batch), sums, torch.stack([t.sum() for t in wanted])

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

    def losses(self, hidden: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        chosen = batch["originals"] >= 0
        words = F.cross_entropy(self.module.word_logits(hidden[chosen]).float(), batch["originals"][chosen], reduction="sum")
        structure = -(batch["targets"][:, 0] * self.module.structure(hidden[:, 0]).float().log_softmax(1)).sum()
        counts = torch.stack([chosen.sum(), torch.tensor(len(hidden), device=hidden.device)])
        # A row's words weigh as one, as its structure does.
        loss = words * len(hidden) / counts[0].clamp(min=1) + structure
        return loss, torch.stack([words, structure]), counts
