"""Typed configuration, read from TOML. A key nobody reads is an error, and so is a value that is not of its field's type: a
setting must not pass in silence."""

import tomllib
from dataclasses import dataclass, field, fields
from inspect import formatannotation
from pathlib import Path
from typing import Literal, get_args, get_origin

Precision = Literal["float32", "bfloat16"]
"""What products run in."""


@dataclass
class Model:
    """`mixer` is "ponet", or "transformer" for the model PoNet is compared with; `poolings` are the ones in use."""

    vocab_size: int = 30522
    hidden_size: int = 128
    num_hidden_layers: int = 4
    num_attention_heads: int = 4
    intermediate_size: int = 512
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    hidden_act: str = "gelu"
    layer_norm_eps: float = 1e-12
    clsgsepg: bool = True
    pad_token_id: int = 0
    mixer: Literal["ponet", "transformer"] = "ponet"
    poolings: list[Literal["global", "segment", "local"]] = field(default_factory=lambda: ["global", "segment", "local"])


@dataclass
class Text:
    """Unlabelled text, where there is any, and how skip-gram vectors are learned from it and from the training splits."""

    files: list[str] = field(default_factory=list)
    skipgram_tokens: int = 34_000_000
    skipgram_epochs: int = 2
    skipgram_threads: int = 2


@dataclass
class Head:
    """One classification head: the files of its labelled rows, and the field whose values share a fate in the validation
    split ("thread" for newsgroup posts, "film" for reviews). Rows that share the field `kin`, or else that one, are read by
    one fold of the n-gram teacher; those that `held_out` names are held out of training; the temperature is fitted on
    validation rows without kin in training, where these are not too few. Training sees `share` of the crops from it; with a
    field `balance`, each label as often as any other and, under one label, that field's values by the root of their numbers.
    The n-gram teacher reads it in runs of up to `ngrams` word pieces (0: not at all), and teaches those rows of the
    unlabelled text whose `source` holds the word `unlabelled`. Of what a labelled crop teaches, `teacher_share` is a
    teacher's opinion, and the rest its label. What less than the part `spread` of its kin have says nothing to the teacher,
    and is exchanged in the crops."""

    files: list[str]
    group: str = "id"
    held_out: list[str] = field(default_factory=list)
    kin: str = ""
    share: float = 1.0
    balance: str = ""
    ngrams: int = 0
    spread: float = 0.0
    teacher_share: float = 0.5
    unlabelled: str = ""


@dataclass
class Run:
    """One training run: of [pretrain] on the text itself, or of [train] on the heads. There the masked words of a row weigh
    `words_weight` beside its labels."""

    device: str = "cpu"
    dtype: Precision = "bfloat16"
    seed: int = 0
    tokens: int = 50_000_000
    minutes: float = 0.0
    batch_tokens: int = 16384
    crop_median: int = 384
    crop_max: int = 2048
    learning_rate: float = 1.5e-3
    embedding_learning_rate: float = 1.5e-3
    head_learning_rate: float = 1.5e-3
    warmup: float = 0.03
    weight_decay: float = 0.01
    grad_clip: float = 1.0
    dropout: float = 0.1
    mask_rate: float = 0.15
    words_weight: float = 0.0
    mix_rate: float = 0.15
    markup_drop_rate: float = 0.15
    label_smoothing: float = 0.1
    average_decay: float = 0.999
    log_every: int = 50
    save_every: int = 500


FIXED = frozenset({"hidden_act", "pad_token_id"})
"""What a model's config.json says and no configuration changes."""
OF_HEADS = frozenset({"head_learning_rate", "words_weight", "mix_rate", "markup_drop_rate", "label_smoothing"})
"""What only a run on the heads reads."""


@dataclass
class Config:
    model: Model
    text: Text
    heads: dict[str, Head]
    pretrain: Run | None
    train: Run


def fits(value, of) -> bool:
    """Whether a value of the file is of a field's type. A whole number does for a float; true and false are no numbers."""
    if get_origin(of) is Literal:
        return value in get_args(of)
    if get_origin(of) is list:
        return isinstance(value, list) and all(fits(one, *get_args(of)) for one in value)
    return type(value) is of or (type(value) is int and of is float)


def section(cls, values: dict, where: str, unread: frozenset[str] = frozenset()):
    """A dataclass from a table of the file, refusing keys that it does not declare, those that are `unread` there, and values
    that are not of their field's type."""
    known = {f.name: f.type for f in fields(cls) if f.name not in unread}
    for key, value in values.items():
        if key not in known:
            raise SystemExit(f"Unknown key '{key}' in {where}; known keys are {', '.join(sorted(known))}.")
        if not fits(value, known[key]):
            raise SystemExit(f"{key} = {value!r} in {where} is not of type {formatannotation(known[key])}.")
    return cls(**values)


def load(path: Path) -> Config:
    """Reads a TOML file into a Config, rejecting every key that no dataclass above declares, and values of other types."""
    raw = tomllib.loads(Path(path).read_text())
    sections = [f.name for f in fields(Config)]
    for key in raw:
        if key not in sections:
            raise SystemExit(f"Unknown section '{key}' in {path}; known sections are {', '.join(sections)}.")
    return Config(
        model=section(Model, raw.get("model", {}), f"[model] of {path}", FIXED),
        text=section(Text, raw.get("text", {}), f"[text] of {path}"),
        heads={name: section(Head, v, f"[heads.{name}] of {path}") for name, v in raw.get("heads", {}).items()},
        pretrain=section(Run, raw["pretrain"], f"[pretrain] of {path}", OF_HEADS) if "pretrain" in raw else None,
        train=section(Run, raw.get("train", {}), f"[train] of {path}"),
    )
