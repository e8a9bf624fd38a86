"""Checks without data: ListOps by hand, padding that changes nothing, parts of a batch that have the gradient of the whole, and
every mixer learning 32 examples by heart."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from data import TRAIN, Corpus

from . import listops
from .batches import collate
from .config import Config, Data, Model, Train
from .lessons import Lessons, shares_of_bytes
from .mixers import MIXERS
from .models import Classifier
from .train import TOKENIZER, Trainer

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
        weights=np.ones(32, np.float32),
        kin=np.arange(32),
        names=["0", "1"],
        read="",
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


def check_parts(name: str, corpus: Corpus) -> None:
    """A batch computed a few examples at a time has the gradient of the whole."""
    gradients = []
    for together in (32, 5):
        cfg = Config(Data(), MODEL, Train(steps=1, warmup=0.2, dropout=0.0, together=together))
        trainer = Trainer("listops", name, cfg, corpus, None, Path(), 1, 0.0)
        trainer.backward(collate(corpus, np.arange(32), MODEL.run))
        gradients.append(torch.cat([p.grad.flatten() for p in trainer.model.parameters()]))
    apart = (gradients[0] - gradients[1]).norm() / gradients[0].norm()
    assert apart < 1e-4, f"{name}'s parts are not the whole: {apart:.1e}"


class EveryWordPiece:
    """A teacher to whom each word piece says 1 of the first label and its id of the second."""

    def shares(self, document: int, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.stack([np.ones(len(ids)), ids], 1).astype(np.float32), np.zeros(2, np.float32)


def check_lessons() -> None:
    """Bytes carry the whole of their word pieces' shares, in place, and runs the whole of their bytes'."""
    text = "A naïve café — “truly” 𝕌nseen."
    words = Tokenizer.from_file(str(TOKENIZER))
    spread, _ = shares_of_bytes(words, EveryWordPiece(), 0, text)
    ids = words.encode(text, add_special_tokens=False).ids
    assert len(spread) == len(text.encode())
    assert np.allclose(spread.sum(0), [len(ids), sum(ids)])
    assert not spread[1].any() and spread[2:8, 0].sum() == len(words.encode("naïve", add_special_tokens=False).ids)

    model, corpus = Classifier(replace(MODEL, linear_head="sentiment"), "ponet", dropout=0.0), random_corpus()
    batch = collate(corpus, np.arange(4), 33)
    ids, positions, real = map(torch.from_numpy, (batch.ids, batch.positions, batch.real))
    lessons = Lessons(np.random.default_rng(0).standard_normal((len(corpus.ids), 2)), np.zeros((32, 2), np.float32), corpus.offsets)
    whole, runs, part = lessons.of(batch.rows, ids.shape[1], batch.run)
    assert torch.allclose(part.sum(1), torch.ones(4))
    logits = (runs.log() * part.unsqueeze(2)).sum(1)
    assert torch.allclose((logits - logits[:, :1]), (whole.log() - whole.log()[:, :1]), atol=1e-4)
    hidden = model.model(ids, positions, real, batch.run)
    mean = (model.run_logits(hidden, real, batch.run) * part.unsqueeze(2)).sum(1)
    assert torch.allclose(mean, model.logits(hidden, real), atol=1e-5)


def main() -> None:
    check_listops()
    check_lessons()
    print("lessons: the parts sum to the whole")
    print("listops: right by hand")
    corpus = random_corpus()
    for name in MIXERS:
        check_parts(name, corpus)
        print(f"{name}: 32 examples in {check_mixer(name, corpus)} steps", flush=True)


if __name__ == "__main__":
    main()
