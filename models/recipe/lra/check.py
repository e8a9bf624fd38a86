"""Checks without data: ListOps by hand, padding that changes nothing, and every mixer learning 32 examples by heart."""

from random import Random

import numpy as np
import torch
import torch.nn.functional as F

from data import TRAIN, Corpus

from . import listops
from .batches import collate
from .config import Model
from .mixers import MIXERS
from .models import Classifier

BY_HAND = {
    "7": 7,
    "( ( ( [MAX 2 ) 9 ) ] )": 9,
    "( ( ( ( [MIN 4 ) 8 ) 6 ) ] )": 4,
    "( ( ( ( [SM 9 ) 8 ) 5 ) ] )": 2,
    "( ( ( ( [MED 9 ) 1 ) 5 ) ] )": 5,
    "( ( ( [MED 4 ) 7 ) ] )": 5,
    "( ( ( ( [MAX ( ( ( [MIN 3 ) 8 ) ] ) ) ( ( ( [SM 9 ) 9 ) ] ) ) ( ( ( [MED 0 ) 1 ) ] ) ) ] )": 8,
}
MODEL = Model(vocab_size=17, classes=2, max_length=256, max_seq_len=512, segments=32, landmarks=16, linformer_rows=32)
MOST_STEPS = 400


def check_listops() -> None:
    for source, value in BY_HAND.items():
        got = listops.evaluate(listops.tokenize(source))
        assert got == value, f"{source} is {value}, not {got}"
    random = Random(1)
    for _ in range(2000):
        ids = listops.draw(random)
        if len(ids) < listops.MAX_LENGTH:
            assert 0 <= listops.evaluate(ids) <= 9
            assert sum(listops.MIN <= i < listops.CLOSE for i in ids) == ids.count(listops.CLOSE)


def random_corpus() -> Corpus:
    """32 examples of 60 to 200 random tokens with random labels."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(60, 200, 32)
    return Corpus(
        ids=rng.integers(1, 16, lengths.sum()).astype(np.uint8),
        marks=np.zeros(0, np.uint8),
        offsets=np.cumsum([0, *lengths]),
        labels=rng.integers(0, 2, 32).astype(np.int16),
        splits=np.full(32, TRAIN, np.uint8),
        names=["0", "1"],
    )


def check_mixer(name: str, corpus: Corpus) -> int:
    """Steps until all 32 examples are right, or an assertion."""
    torch.manual_seed(0)
    model = Classifier(MODEL, name, dropout=0.0)
    batch = collate(corpus, np.arange(32), MODEL.run)
    ids, positions, real, labels = map(torch.from_numpy, (batch.ids, batch.positions, batch.real, batch.labels))
    if name not in ("fnet", "nystroemformer"):  # the two that see the width of the batch
        more, full = F.pad(ids, (0, 40), value=3), F.pad(real, (0, 40))
        with torch.no_grad():
            apart = model(more, torch.arange(more.shape[1]), full, batch.run) - model(ids, positions, real, batch.run)
        assert apart.abs().max() < 1e-5, f"{name} sees padding"
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for step in range(MOST_STEPS):
        logits = model(ids, positions, real, batch.run)
        if (logits.argmax(1) == labels).all():
            return step
        F.cross_entropy(logits, labels).backward()
        optimizer.step()
        optimizer.zero_grad()
    raise AssertionError(f"{name} did not learn 32 examples in {MOST_STEPS} steps")


def main() -> None:
    check_listops()
    print("listops: right by hand")
    corpus = random_corpus()
    for name in MIXERS:
        print(f"{name}: 32 examples in {check_mixer(name, corpus)} steps", flush=True)


if __name__ == "__main__":
    main()
