"""A teacher's reading of every training document: CACHE/teacher-<corpus>.npz, `said` float16 [documents, labels of all
heads].

The probabilities of a larger model (of a folder at the temperatures of its card), for the heads of the config in their order;
train.py mixes them with the labels in the proportion of the head's `teacher_share`, half and half with what an n-gram model says.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import config as configs
from calibration import softmax
from data import TRAIN, Corpus, made_of
from folder import load_model, load_temperatures
from predict import predict

OF_SPLIT = ("files", "group", "kin", "held_out")
"""What of a head's settings says which rows are held out."""


def made_from(heads: dict[str, configs.Head], corpora: dict[str, Corpus]) -> str:
    """What of the settings and of the corpora the tables depend on: their columns and their rows."""
    return json.dumps({name: [made_of(head), corpora[name].read] for name, head in heads.items()})


def load_said(cache: Path, name: str, heads: dict[str, configs.Head], corpora: dict[str, Corpus]) -> np.ndarray | None:
    """The table of a corpus, where there is one; that of other corpora or heads would speak of other documents and labels."""
    path = cache / f"teacher-{name}.npz"
    if not path.exists():
        return None
    with np.load(path) as f:
        if str(f["made_from"]) != made_from(heads, corpora):
            raise SystemExit(f"{path} was made with other settings or from other files: give another --cache, or remove it.")
        return f["said"]


def check_split(teacher: Path, heads: dict[str, configs.Head]) -> None:
    """A checkpoint that was trained on what the heads hold out would teach it: the validation split would promise too much."""
    trained = torch.load(teacher, map_location="cpu", weights_only=True, mmap=True)["heads"]
    for name, head in heads.items():
        theirs = trained.get(name, {})
        if any(theirs.get(key) != getattr(head, key) for key in OF_SPLIT):
            raise SystemExit(
                f"{teacher} was not trained on the split of [heads.{name}] and may know what that holds out: "
                f"train it with the same {', '.join(OF_SPLIT)}."
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Write what a teacher says of the training documents.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="an exported folder, or a checkpoint.pt")
    parser.add_argument("--tokens", type=int, default=2048, help="how much of each document the teacher reads")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    if args.teacher.is_file():
        check_split(args.teacher, cfg.heads)
    temperatures = load_temperatures(args.teacher)
    model = load_model(args.teacher).eval().to(args.device)
    corpora = {name: Corpus.of(args.cache, name, head) for name, head in cfg.heads.items()}
    for name, corpus in corpora.items():
        documents = corpus.documents(TRAIN)
        logits = predict(model, corpus, documents, "paragraph", low=True, limit=args.tokens)
        lengths = np.minimum(np.diff(corpus.offsets)[documents], args.tokens)
        for head, temperature in temperatures.items():
            logits[head] = temperature.applied(logits[head], lengths)
        said = [softmax(logits[head]) for head in cfg.heads]
        table = np.zeros((len(corpus.labels), sum(x.shape[1] for x in said)), np.float16)
        table[documents] = np.concatenate(said, 1)
        temporary = args.cache / f"teacher-{name}.tmp.npz"
        np.savez(temporary, said=table, made_from=made_from(cfg.heads, corpora))
        temporary.replace(args.cache / f"teacher-{name}.npz")
        print(f"{name}: {len(documents):,} documents read", flush=True)


if __name__ == "__main__":
    main()
