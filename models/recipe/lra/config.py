"""Typed configuration of one task, read from its sections of a TOML file. The defaults are the published setting."""

import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from config import Precision, section


@dataclass
class Data:
    """How much ListOps to generate; 0 for a task whose data comes as it is."""

    train: int = 0
    validation: int = 0
    test: int = 0
    seed: int = 0


@dataclass
class Model:
    """`segments` is the published K: PoNet's segments are equal runs of `max_seq_len // segments + 1` tokens.
    `linear_head` names a linear head in place of the published MLP: what the extension can explain contributions with."""

    vocab_size: int
    classes: int
    max_length: int
    max_seq_len: int
    segments: int
    hidden_size: int = 64
    heads: int = 2
    layers: int = 2
    intermediate_size: int = 128
    linear_head: str = ""
    landmarks: int = 128
    linformer_rows: int = 256
    performer_features: int = 256

    @property
    def run(self) -> int:
        """Tokens in one of the published segments."""
        return self.max_seq_len // self.segments + 1


@dataclass
class Train:
    """`together`: how many of a batch are computed at a time, whose sum of gradients is one step: a few stay in a core's cache.
    `runs`: segment lengths of which every training batch draws one, instead of the published one alone.
    `shift_positions`: start at a random row of the position table, so that all of its rows are learned.
    `teacher_share`: how much of what a review teaches is an n-gram model's opinion of it (lessons.py), which then teaches each
    run too; of a task without such a model, nothing."""

    steps: int
    warmup: float
    device: str = "cpu"
    dtype: Precision = "float32"
    seed: int = 0
    batch: int = 32
    together: int = 8
    learning_rate: float = 1e-4
    weight_decay: float = 0.0
    grad_clip: float = math.inf
    dropout: float = 0.1
    runs: list[int] = field(default_factory=list)
    shift_positions: bool = False
    teacher_share: float = 0.0
    log_every: int = 50
    evaluate_every: int = 500


@dataclass
class Config:
    data: Data
    model: Model
    train: Train


def load(path: Path, task: str) -> Config:
    """Reads the sections [TASK.data], [TASK.model] and [TASK.train], rejecting what no dataclass above declares."""
    raw = tomllib.loads(Path(path).read_text())
    if task not in raw:
        raise SystemExit(f"{path} has no task '{task}'; its tasks are {', '.join(raw)}.")
    sections = {"data": Data, "model": Model, "train": Train}
    for name in raw[task]:
        if name not in sections:
            raise SystemExit(f"Unknown section [{task}.{name}] in {path}; known are {', '.join(sections)}.")

    return Config(**{
        name: section(cls, raw[task].get(name, {}), f"[{task}.{name}] of {path}") for name, cls in sections.items()
    })  # fmt: skip
