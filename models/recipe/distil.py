"""A teacher's reading of every training document: CACHE/teacher-<corpus>.npy, float16 [documents, labels of all heads].

The probabilities of a larger model (of a folder at the temperatures of its card), for the heads of the config in their order; train.py mixes them with the labels in the
proportion of the head's `teacher_share`, half and half with what an n-gram model says.
"""

import argparse
from pathlib import Path

import numpy as np

import config as configs
from calibration import softmax
from data import TRAIN, Corpus
from folder import load_checkpoint, load_folder, load_temperatures
from predict import predict


def main() -> None:
    parser = argparse.ArgumentParser(description="Write what a teacher says of the training documents.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="an exported folder, or a checkpoint.pt")
    parser.add_argument("--tokens", type=int, default=2048, help="how much of each document the teacher reads")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    temperatures = load_temperatures(args.teacher)
    model = (load_folder if args.teacher.is_dir() else load_checkpoint)(args.teacher).eval().to(args.device)
    for name in cfg.heads:
        corpus = Corpus.load(args.cache, name)
        documents = corpus.documents(TRAIN)
        logits = predict(model, corpus, documents, "paragraph", low=True, limit=args.tokens)
        lengths = np.minimum(np.diff(corpus.offsets)[documents], args.tokens)
        for head, by_length in temperatures.items():
            logits[head] /= by_length.of(lengths)[:, None]
        said = [softmax(logits[head]) for head in cfg.heads]
        table = np.zeros((len(corpus.labels), sum(x.shape[1] for x in said)), np.float16)
        table[documents] = np.concatenate(said, 1)
        np.save(args.cache / f"teacher-{name}.npy", table)
        print(f"{name}: {len(documents):,} documents read", flush=True)


if __name__ == "__main__":
    main()
