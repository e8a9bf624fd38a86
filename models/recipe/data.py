"""Text to cached word pieces, and cached word pieces to padded training batches.

A cached corpus is one .npz: `ids` uint16 [T] (all documents end to end), `marks` uint8 [T] (bit 0: a sentence starts
at this token, bit 1: a paragraph starts), `offsets` int64 [D + 1], `labels` int16 [D], `splits` uint8 [D], `names`.
"""

import argparse
import json
import lzma
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import config as configs

CLS, SEP, MASK = 101, 102, 103
TRAIN, VALIDATION, TEST = range(3)
SENTENCE, PARAGRAPH = 1, 2
LONG_PARAGRAPH = 2000

_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_SENTENCE_END = re.compile(r"""(?<=[.!?])["')\]]*\s+""")


def split_text(text: str) -> list[tuple[str, int]]:
    """Cuts a text into sentences, each marked SENTENCE or SENTENCE | PARAGRAPH (a paragraph also starts inside one of
    more than LONG_PARAGRAPH characters, at the sentence end nearest below that length, as the extension cuts it)."""
    pieces = []
    for paragraph in _BLANK_LINES.split(text):
        length = 0
        cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(paragraph)), len(paragraph)]
        for start, end in zip(cuts, cuts[1:]):
            sentence = paragraph[start:end]
            if not sentence or sentence.isspace():
                continue
            starts = length == 0 or length + len(sentence) > LONG_PARAGRAPH
            length = len(sentence) + (0 if starts else length)
            pieces.append((sentence, SENTENCE | PARAGRAPH if starts else SENTENCE))
    return pieces


def _split_of(row: dict) -> int:
    """The row's split; 5% of the training rows, chosen by hash of the id, join the validation split."""
    if row["split"] == "train":
        return VALIDATION if zlib.crc32(row["id"].encode()) % 20 == 0 else TRAIN
    return {"dev": VALIDATION, "test": TEST}[row["split"]]


def _encode(tokenizer: Tokenizer, rows: list[dict]):
    """Word pieces and marks of each row's text. Sentences end at white space, so encoding them apart changes no id."""
    cut = [split_text(row["text"]) for row in rows]
    encoded = iter(tokenizer.encode_batch_fast([s for c in cut for s, _ in c], add_special_tokens=False))
    for pieces in cut:
        ids, marks = [], []
        for _, mark in pieces:
            new = next(encoded).ids
            if new:
                ids += new
                marks += [mark] + [0] * (len(new) - 1)
        yield np.array(ids, np.uint16), np.array(marks, np.uint8)


def prepare(tokenizer: Tokenizer, files: list[Path], target: Path, labelled: bool) -> None:
    """Encodes the JSON lines of `files` into the cached corpus `target`; a cache that exists is left as it is."""
    if target.exists():
        return
    all_ids, all_marks, labels, splits = [], [], [], []

    def flush(rows):
        for row, (ids, marks) in zip(rows, _encode(tokenizer, rows)):
            all_ids.append(ids)
            all_marks.append(marks)
            labels.append(row["label"] if labelled else "")
            splits.append(_split_of(row) if labelled else TRAIN)

    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            rows = []
            for line in lines:
                rows.append(json.loads(line))
                if len(rows) == 400:
                    flush(rows)
                    rows = []
            flush(rows)
    names = sorted(set(labels))
    temporary = target.with_suffix(".tmp.npz")
    np.savez(
        temporary,
        ids=np.concatenate(all_ids),
        marks=np.concatenate(all_marks),
        offsets=np.cumsum([0] + [len(i) for i in all_ids], dtype=np.int64),
        labels=np.array([names.index(label) for label in labels], np.int16),
        splits=np.array(splits, np.uint8),
        names=np.array(names),
    )
    temporary.rename(target)
    print(f"{target.name}: {len(labels):,} documents, {sum(map(len, all_ids)):,} tokens", flush=True)


@dataclass
class Corpus:
    ids: np.ndarray
    marks: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray
    splits: np.ndarray
    names: list[str]

    @classmethod
    def load(cls, cache: Path, name: str) -> "Corpus":
        with np.load(cache / f"{name}.npz") as f:
            return cls(*(f[k] for k in ("ids", "marks", "offsets", "labels", "splits")), [str(n) for n in f["names"]])

    def documents(self, split: int) -> np.ndarray:
        """Indices of the split's documents."""
        return np.flatnonzero(self.splits == split)

    def document(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        """Ids and marks [n] of document i."""
        span = slice(self.offsets[i], self.offsets[i + 1])
        return self.ids[span].astype(np.int64), self.marks[span]


def segment_ids(marks: np.ndarray, way: str, run: int = 0) -> np.ndarray:
    """Segment numbers 1..K [n] of a document's tokens, by `sentence`, `paragraph` or `fixed` runs of `run` tokens."""
    if way == "fixed":
        return np.arange(len(marks)) // run + 1
    starts = (marks & (SENTENCE if way == "sentence" else PARAGRAPH)) > 0
    starts[:1] = True
    return np.cumsum(starts)


@dataclass
class Batch:
    """ids, positions, segments int64 [B, N]; real, special bool [B, N]; labels int64 [B, heads], -100 for "not mine"."""

    ids: np.ndarray
    positions: np.ndarray
    real: np.ndarray
    special: np.ndarray
    segments: np.ndarray
    labels: np.ndarray
    weight: float = 1.0

    @property
    def count(self) -> int:
        """Segments in the longest row, rounded up to a power of two: few distinct shapes for the compiler."""
        return 1 << int(self.segments.max() + 1).bit_length()


def collate(examples: list[tuple[np.ndarray, np.ndarray, int, np.ndarray]], width: int) -> Batch:
    """Pads (ids, segment ids, position offset, labels) examples to `width` tokens, adding [CLS] and [SEP]."""
    shape = (len(examples), width)
    ids, segments = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    real, special = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, (text, numbers, _, _) in enumerate(examples):
        n = len(text)
        ids[row, : n + 2] = np.concatenate([[CLS], text, [SEP]])
        segments[row, 1 : n + 1] = numbers
        segments[row, n + 1] = numbers[-1] + 1 if n else 1
        real[row, : n + 2] = True
        special[row, [0, n + 1]] = True
    positions = np.array([e[2] for e in examples])[:, None] + np.arange(width)
    return Batch(ids, positions, real, special, segments, np.array([e[3] for e in examples]))


class Stream:
    """An endless, seeded stream of training batches; block k depends on the seed and k alone, so it can be resumed.

    A block is BLOCK crops, the heads' shares kept exactly; its crops are sorted by length before they are batched, which
    keeps padding to a few percent. Each head walks through its documents in a fresh order every epoch.
    """

    BLOCK = 4096
    WAYS = ("paragraph", "paragraph", "sentence", "fixed")

    def __init__(self, corpora: dict[str, Corpus], cfg: configs.Config):
        self.cfg, self.corpora = cfg.train, corpora
        total = sum(head.share for head in cfg.heads.values())
        self.quota = {name: round(self.BLOCK * head.share / total) for name, head in cfg.heads.items()}
        self.documents = {name: c.documents(TRAIN) for name, c in corpora.items()}
        for name, corpus in corpora.items():
            lengths = np.diff(corpus.offsets)[self.documents[name]]
            self.documents[name] = self.documents[name][lengths > 0]

    def _order(self, name: str, epoch: int) -> np.ndarray:
        seed = [self.cfg.seed, zlib.crc32(name.encode()), epoch]
        return np.random.default_rng(seed).permutation(self.documents[name])

    def _crop(self, ids, marks, labels, rng):
        """One augmented example: a crop of random length and place, random segmentation, position offset and masking."""
        cfg = self.cfg
        length = int(np.clip(cfg.crop_median * np.exp(0.6 * rng.standard_normal()), 64, cfg.crop_max)) - 2
        start = rng.integers(max(1, len(ids) - length + 1))
        ids, marks = ids[start : start + length], marks[start : start + length]
        masked = np.where(rng.random(len(ids)) < cfg.mask_rate, MASK, ids)
        way = self.WAYS[rng.integers(len(self.WAYS))]
        run = int(np.exp(rng.uniform(np.log(16), np.log(256))))
        return masked, segment_ids(marks, way, run), int(rng.integers(1 << 16)), labels

    def block(self, k: int) -> list[Batch]:
        """The batches of block k, each of at most `batch_tokens` tokens, in random order."""
        rng = np.random.default_rng([self.cfg.seed, k])
        examples = []
        for column, (name, quota) in enumerate(self.quota.items()):
            corpus = self.corpora[name]
            epochs: dict[int, np.ndarray] = {}
            for serial in range(k * quota, (k + 1) * quota):
                epoch, place = divmod(serial, len(self.documents[name]))
                if epoch not in epochs:
                    epochs[epoch] = self._order(name, epoch)
                i = epochs[epoch][place]
                labels = np.full(len(self.quota), -100)
                labels[column] = corpus.labels[i]
                examples.append(self._crop(*corpus.document(i), labels, rng))
        examples.sort(key=lambda e: len(e[0]))
        batches = []
        while examples:
            # Widths are multiples of 32: whole vector registers and few distinct shapes.
            width = -(-(len(examples[-1][0]) + 2) // 32) * 32
            take = max(1, self.cfg.batch_tokens // width)
            batches.append(collate(examples[-take:], width))
            del examples[-take:]
        # Batches of short documents hold more of them: weigh every document alike.
        per_batch = sum(len(b.ids) for b in batches) / len(batches)
        for batch in batches:
            batch.weight = 1 / per_batch
        return [batches[i] for i in rng.permutation(len(batches))]


def main() -> None:
    parser = argparse.ArgumentParser(description="Encode every corpus the config names into the cache folder.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the *.jsonl.xz files")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    args.cache.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    for name, head in cfg.heads.items():
        prepare(tokenizer, [args.data / f for f in head.files], args.cache / f"{name}.npz", labelled=True)
    prepare(tokenizer, [args.data / f for f in cfg.text.files], args.cache / "text.npz", labelled=False)


if __name__ == "__main__":
    main()
