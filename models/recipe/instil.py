"""What the n-gram teachers say of the word pieces, written into the word embeddings of a trained model, for a run to go on
from: training alone hardly moves them.

A word's weights in the linear models are read from its embedding by ridge regression, and what that misses is added to the
embedding, by the smallest change from which the same regression reads it: where the layers above look for such things already.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

import config as configs
from data import TRAIN, Corpus
from folder import load_state
from ngrams import WORDS, Teacher, load_teacher

TABLE = "ponet.embeddings.word_embeddings.weight"
COMMONEST = 1e-3
"""No word counts for more than this part of all; else a few of them were all that is fitted."""
LOUDEST = 6.0
"""A few words weigh more than a linear map can follow."""
RIDGE = 1e-4
"""Of the regression, beside words that count 1 in all; embeddings vary by about 1 in each channel."""
SLACK = 1e-2
"""Of the way back, as part of the mean square of its directions: those that the regression hardly reads are left alone."""


def importance(corpus: Corpus, vocab_size: int) -> np.ndarray:
    """How much each word piece counts [V]: by how many training documents have it among their first WORDS, 1 in all but for what
    COMMONEST cuts off."""
    documents = np.zeros(vocab_size)
    for document in corpus.documents(TRAIN):
        documents[np.unique(corpus.document(document)[0][:WORDS])] += 1
    return np.minimum(documents, documents.sum() * COMMONEST) / documents.sum()


def targets(teacher: Teacher, counts: np.ndarray) -> np.ndarray:
    """What the linear models make of the word pieces [V, labels], less its mean over the labels; of two labels, of the second. Of
    mean square 1 where each word counts by `counts` [V], at most LOUDEST."""
    found = teacher.of_words(len(counts))
    found -= found.mean(1, keepdims=True)
    found = found[:, 1:] if found.shape[1] == 2 else found
    return (found / np.sqrt(np.average((found**2).mean(1), weights=counts))).clip(-LOUDEST, LOUDEST)


def regression(table: np.ndarray, said: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ridge regression of `said` [V, labels] on the embeddings [V, d] -> its map [d, labels], and what it misses [V, labels]:
    nothing of words that do not count."""
    inputs = np.concatenate([table, np.ones((len(table), 1), table.dtype)], 1)
    weighted = inputs * counts[:, None]
    found = np.linalg.solve(weighted.T @ inputs + RIDGE * counts.sum() * np.eye(inputs.shape[1]), weighted.T @ said)
    missed = said - inputs @ found
    spread = said - np.average(said, 0, counts)
    explained = 1 - (counts @ missed**2).sum() / (counts @ spread**2).sum()
    print(f"read from the embeddings: {explained:.1%} of what is said", flush=True)
    return found[:-1], missed * (counts > 0)[:, None]


def instilled(table: np.ndarray, heads: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The embeddings [V, d] with what each head's teacher says of the words in them; no word moves further than it is long.

    @param heads what is said [V, labels], and how much each word counts [V]
    """
    maps, missed = (np.concatenate(parts, 1) for parts in zip(*(regression(table, *head) for head in heads)))
    square = maps.T @ maps
    change = missed @ np.linalg.solve(square + SLACK * np.trace(square) / len(square) * np.eye(len(square)), maps.T)
    far = np.linalg.norm(change, axis=1) / np.maximum(np.linalg.norm(table, axis=1), 1e-9)
    return table + change / np.maximum(far, 1)[:, None]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a folder to go on training from, with words that say more.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--from", dest="trained", type=Path, required=True, help="an exported folder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    state = load_state(args.trained)
    table = state[TABLE].float().numpy()
    heads = []
    for name, head in cfg.heads.items():
        if not head.ngrams:
            continue
        corpus = Corpus.of(args.cache, name, head)
        counts = importance(corpus, len(table))
        heads.append((targets(load_teacher(args.cache, name, head, corpus), counts), counts))
    state[TABLE] = torch.from_numpy(instilled(table, heads).astype(np.float32))
    args.to.mkdir(parents=True, exist_ok=True)
    shutil.copy(args.trained / "config.json", args.to)
    save_file({name: x.contiguous() for name, x in state.items()}, args.to / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
