"""IMDb reviews as bytes, the text task of Long Range Arena. Ids are ByT5Tokenizer's: the byte + 3, after padding (0), the
end of a sequence (1) and unknown (2), of which only padding occurs."""

import json
from pathlib import Path

import numpy as np

from config import Head
from data import check_made_of, digest, read_rows, splits_of, write_corpus

FILE = "imdb.jsonl.xz"
FIRST_BYTE = 3


def encode(text: str, max_length: int) -> np.ndarray:
    """Ids uint16 [n] of the text's UTF-8, cut at `max_length` bytes as published."""
    return np.frombuffer(text.encode()[:max_length], np.uint8).astype(np.uint16) + FIRST_BYTE


def prepare(data: Path, max_length: int, target: Path) -> None:
    """Writes the cached corpus `target` (see data.Corpus); 5% of the training rows are held out for validation, where
    the published runs chose on the test split."""
    read = json.dumps({FILE: digest(data / FILE)})
    if target.exists():
        return check_made_of(target, "", read)
    rows = read_rows([data / FILE])
    examples = [encode(row["text"], max_length) for row in rows]
    names = sorted({row["label"] for row in rows})
    labels = [names.index(row["label"]) for row in rows]
    write_corpus(target, examples, np.zeros(0, np.uint8), labels, splits_of(rows, Head(files=[FILE])), names, read=read)
