"""The rival: TF-IDF of word 1-2-grams with logistic regression, one JSON line per head, on the test split.

    python rival.py --config tiny.toml --data DATA [--without debian.jsonl.xz]

Of each document the first 20,000 characters are read.
"""

import argparse
import json
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline

import config as configs
from data import read_rows

CHARACTERS = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description="TF-IDF with logistic regression on every head's data.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--head", help="only this head")
    parser.add_argument("--without", help="a file of the config to leave out")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    if args.without and not any(args.without in head.files for head in cfg.heads.values()):
        parser.error(f"no head of {args.config} has the file {args.without}")
    for name in [args.head] if args.head else cfg.heads:
        rows = read_rows([args.data / file for file in cfg.heads[name].files if file != args.without])
        texts = {s: [row["text"][:CHARACTERS] for row in rows if row["split"] == s] for s in ("train", "test")}
        labels = {s: [row["label"] for row in rows if row["split"] == s] for s in ("train", "test")}
        vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        rival = make_pipeline(vectorizer, LogisticRegression(C=10, max_iter=200))
        rival.fit(texts["train"], labels["train"])
        said = rival.predict(texts["test"])
        print(json.dumps({
            "head": name,
            "accuracy": round(accuracy_score(labels["test"], said), 4),
            "macroF1": round(f1_score(labels["test"], said, average="macro"), 4),
        }), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
