"""Text to cached word pieces with sentence and paragraph marks.

A cached corpus is one .npz: `ids` uint16 [T] (all documents end to end), `marks` uint8 [T] (bit 0: a sentence starts
at this token, bit 1: a paragraph starts), `offsets` int64 [D + 1], `labels` int16 [D] (UNLABELLED: for a teacher to say),
`splits` uint8 [D], `weights` float32 [D] (how much a document counts in its split), `kin` int32 [D]
(the same number for documents too alike to judge one by the other), `names`; and what it was made from: `made_of`, the
settings, and `read`, JSON of the sha256 of every file that was read for it.
"""

import argparse
import hashlib
import json
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import config as configs
from films import films_of

TRAIN, VALIDATION, TEST = range(3)
UNLABELLED = -1
SENTENCE, PARAGRAPH = 1, 2
LONG_PARAGRAPH = 2000
VERSION = 5
"""Of how rows become a corpus; another one makes other corpora of the same settings."""
WINDOW = 40
"""Two texts with as many word pieces in common, one after the other, have one source."""
ENOUGH = 0.3
"""The part of the validation documents without kin in training from which on they stand for all."""

_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_SENTENCE_END = re.compile(r"""(?<=[.!?])["')\]]*\s+""")


def split_text(text: str) -> list[tuple[str, int]]:
    """Cuts a text into sentences, each marked SENTENCE or SENTENCE | PARAGRAPH (a paragraph also starts inside one of
    more than LONG_PARAGRAPH characters, at the sentence end nearest below that length). The extension knows more of where
    lines, sentences and sections end (src/document); training needs no more than segments of such lengths."""
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


_SUBJECT = re.compile(r"^Subject:\s*(?:re:\s*)*(.*)$", re.IGNORECASE | re.MULTILINE)


def _group(row: dict, field: str) -> str:
    """What a row shares with its kin: the value of a field, or a newsgroup post's thread."""
    if field == "thread":
        subject = _SUBJECT.search(row["header"])
        return subject[1].strip().lower() if subject else row["id"]
    return row[field]


def splits_of(rows: list[dict], head: configs.Head) -> list[int]:
    """The split of each row. Where the file has no "dev" rows, every choice is made on 5% of the training rows: whole
    groups, by hash, a group with over a tenth of its label's rows divided by id; and on the kin that `held_out` names."""
    given = {"dev": VALIDATION, "test": TEST}
    train = [row for row in rows if row["split"] == "train"]
    label_rows = Counter(row["label"] for row in train)
    group_rows = Counter((row["label"], _group(row, head.group)) for row in train)
    has_dev = any(row["split"] == "dev" for row in rows)

    def held_out(row: dict) -> bool:
        group = _group(row, head.group)
        large = group_rows[row["label"], group] > label_rows[row["label"]] / 10
        named = _group(row, head.kin or head.group) in head.held_out
        return named or zlib.crc32((row["id"] if large else group).encode()) % 20 == 0

    return [
        given[row["split"]] if row["split"] != "train" else VALIDATION if not has_dev and held_out(row) else TRAIN for row in rows
    ]


def weights_of(rows: list[dict], splits: list[int], field: str) -> np.ndarray:
    """How much each row counts in its split, float32 [D], 1 on average. All labels count alike, and rows of a label that share
    a value of `field` (a project) by the root of their number: what the largest project has in common is not what its label
    means."""
    if not field:
        return np.ones(len(rows), np.float32)
    keys = [(split, row["label"], _group(row, field)) for row, split in zip(rows, splits)]
    size, of_split, of_label = Counter(keys), Counter(splits), Counter()
    for key in keys:
        of_label[key[:2]] += size[key] ** -0.5
    labels = Counter(split for split, _ in of_label)
    return np.array([size[k] ** -0.5 / of_label[k[:2]] * of_split[k[0]] / labels[k[0]] for k in keys], np.float32)


def kin_of(rows: list[dict], field: str) -> list[int]:
    """Numbers of the rows, the same for rows that share the value of `field`, of whatever labels: a project's release notes are
    told by what its manual says."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(_group(row, field), len(numbers)) for row in rows]


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


def read_rows(files: list[Path]) -> list[dict]:
    """Every row of the packed JSON-lines files."""
    rows = []
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            rows += map(json.loads, lines)
    return rows


def rows_of(data: Path, head: configs.Head) -> list[dict]:
    """A head's rows, with their films where its settings speak of those."""
    rows = read_rows([data / file for file in head.files])
    if "film" not in (head.group, head.kin):
        return rows
    return [{**row, "film": film} for row, film in zip(rows, films_of(rows))]


def windows(ids: np.ndarray) -> np.ndarray:
    """Hashes of all runs of WINDOW word pieces of a document [n - WINDOW + 1]."""
    found = np.zeros(max(0, len(ids) - WINDOW + 1), np.uint64)
    for at in range(WINDOW):
        found = found * np.uint64(1000003) + ids[at : at + len(found)].astype(np.uint64) + np.uint64(1)
    return found


def among(some: np.ndarray, all_sorted: np.ndarray) -> bool:
    """Whether any of some values is one of all; of few against very many, much faster than numpy's own."""
    places = np.searchsorted(all_sorted, some).clip(max=len(all_sorted) - 1)
    return bool((all_sorted[places] == some).any())


def encoded(tokenizer: Tokenizer, rows: Sequence[dict]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Ids and marks of each row, some hundreds at a time: all of a corpus are more than memory holds."""
    return [document for start in range(0, len(rows), 400) for document in _encode(tokenizer, rows[start : start + 400])]


def held_out(tokenizer: Tokenizer, corpora: Iterable[tuple[list[dict], configs.Head]]) -> np.ndarray:
    """Hashes of what the rows say that no head trains on, sorted, of the rows of each head."""
    rows = [row for rows, head in corpora for row, split in zip(rows, splits_of(rows, head)) if split != TRAIN]
    return np.unique(np.concatenate([windows(ids) for ids, _ in encoded(tokenizer, rows)]))


def strange(tokenizer: Tokenizer, rows: list[dict], known: np.ndarray) -> list[dict]:
    """The rows that say nothing that is known already, by its hashes."""
    return [row for row, (ids, _) in zip(rows, encoded(tokenizer, rows)) if not among(windows(ids), known)]


def prepare(
    tokenizer: Tokenizer,
    rows: list[dict],
    target: Path,
    head: configs.Head | None,
    unlabelled: list[dict],
    made_of: str,
    read: str,
) -> None:
    """Encodes rows and unlabelled ones, which are all training data, into the cached corpus `target`; without a head there are
    only these."""
    everything = [*rows, *unlabelled]
    documents = encoded(tokenizer, everything)
    names = sorted({row["label"] for row in rows})
    splits = splits_of(rows, head) if head else []
    weights = weights_of(rows, splits, head.balance) if head else np.ones(0, np.float32)
    kin = kin_of(rows, head.kin or head.group) if head else []
    write_corpus(
        target,
        ids=[ids for ids, _ in documents],
        marks=np.concatenate([marks for _, marks in documents]),
        labels=[names.index(row["label"]) for row in rows] + [UNLABELLED] * len(unlabelled),
        splits=splits + [TRAIN] * len(unlabelled),
        names=names,
        weights=np.concatenate([weights, np.ones(len(unlabelled), np.float32)]),
        kin=kin + list(range(len(rows), len(everything))),
        made_of=made_of,
        read=read,
    )


def made_of(head: configs.Head) -> str:
    """What of a head's settings its cached corpus depends on."""
    chosen = ("files", "group", "held_out", "kin", "balance", "unlabelled")
    return json.dumps({"version": VERSION, **{key: getattr(head, key) for key in chosen}})


def text_made_of(cfg: configs.Config) -> str:
    """The same of the unlabelled text: what any head holds out is no part of it."""
    return json.dumps([cfg.text.files, {name: made_of(head) for name, head in cfg.heads.items()}])


def corpora_made_of(cfg: configs.Config) -> dict[str, str]:
    """What each corpus of a configuration depends on, by the corpus's name."""
    text = {"text": text_made_of(cfg)} if cfg.text.files else {}
    return {name: made_of(head) for name, head in cfg.heads.items()} | text


def digest(file: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def read_of(cfg: configs.Config, data: Path, tokenizer: Path) -> dict[str, str]:
    """What is read for each corpus, as its `read` says it. One with unlabelled rows has none of what any head holds out, so it
    is made from the rows and settings of all heads."""
    heads = cfg.heads.values()
    digests = {file: digest(data / file) for file in [*cfg.text.files, *(file for head in heads for file in head.files)]}
    words = {"tokenizer": digest(tokenizer)}
    everything = json.dumps({**words, **digests, "text": text_made_of(cfg)})
    alone = {name: json.dumps({**words, **{file: digests[file] for file in head.files}}) for name, head in cfg.heads.items()}
    return {name: everything if cfg.heads[name].unlabelled else own for name, own in alone.items()} | {"text": everything}


def check_made_of(target: Path, made_of: str, read: str | None = None) -> None:
    """A corpus of other settings has other splits and folds, and one of other files other documents; nothing after it would
    notice. Without `read` the files are not asked for."""
    with np.load(target) as f:
        found = {key: str(f[key]) if key in f.files else "" for key in ("made_of", "read")}
    ways = "give another --cache, or remove it, its ngrams-*.npz and its teacher-*.npz"
    if found["made_of"] != made_of:
        raise SystemExit(f"{target} was made with other settings: {ways}.")
    if read is not None and found["read"] != read:
        raise SystemExit(f"{target} was made from other files, beside other heads, or before that was noted: {ways}.")


def write_corpus(
    target: Path,
    ids: list[np.ndarray],
    marks: np.ndarray,
    labels: list[int],
    splits: Sequence[int],
    names: list[str],
    weights: np.ndarray | None = None,
    kin: Sequence[int] | None = None,
    made_of: str = "",
    read: str = "",
) -> None:
    """Writes a cached corpus of the documents `ids`, under another name first: a kill leaves no half of one. Without
    `weights` all documents count alike, without `kin` none has any; `made_of` and `read` are what `check_made_of` looks at."""
    temporary = target.with_suffix(".tmp.npz")
    np.savez(
        temporary,
        ids=np.concatenate(ids),
        marks=marks,
        offsets=np.cumsum([0] + [len(document) for document in ids], dtype=np.int64),
        labels=np.array(labels, np.int16),
        splits=np.array(splits, np.uint8),
        weights=np.ones(len(ids), np.float32) if weights is None else weights,
        kin=np.array(range(len(ids)) if kin is None else kin, np.int32),
        names=np.array(names),
        made_of=np.array(made_of),
        read=np.array(read),
    )
    temporary.replace(target)
    print(f"{target.name}: {len(ids):,} documents, {sum(map(len, ids)):,} tokens", flush=True)


def markup_tokens(tokenizer: Tokenizer) -> np.ndarray:
    """Which word pieces are markup rather than prose, bool [V]: neither letters, digits nor plain punctuation."""
    table = np.zeros(tokenizer.get_vocab_size(), bool)
    for token, i in tokenizer.get_vocab().items():
        table[i] = not any(c.isalnum() for c in token) and token not in list(".,;:?!'\"()-")
    return table


def load_markup(cache: Path) -> np.ndarray:
    return np.load(cache / "markup.npy")


@dataclass
class Corpus:
    ids: np.ndarray
    marks: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray
    splits: np.ndarray
    weights: np.ndarray
    kin: np.ndarray
    names: list[str]
    read: str

    @classmethod
    def load(cls, cache: Path, name: str) -> "Corpus":
        with np.load(cache / f"{name}.npz") as f:
            columns = (f[k] for k in ("ids", "marks", "offsets", "labels", "splits", "weights", "kin"))
            # A corpus of before there was `read` is one of files that nothing is known of.
            read = str(f["read"]) if "read" in f.files else ""
            return cls(*columns, [str(n) for n in f["names"]], read)

    @classmethod
    def of(cls, cache: Path, name: str, head: configs.Head) -> "Corpus":
        """The corpus of a head, refused where other settings made it."""
        check_made_of(cache / f"{name}.npz", made_of(head))
        return cls.load(cache, name)

    def documents(self, split: int) -> np.ndarray:
        """Indices of the split's documents."""
        return np.flatnonzero(self.splits == split)

    def strangers(self) -> np.ndarray:
        """Indices of the validation documents that are no kin of a training document; of a label that has none, all. Where few
        have none, all too: they are of a sort of their own, as films of which nobody else has written."""
        documents = self.documents(VALIDATION)
        alone = ~np.isin(self.kin[documents], self.kin[self.splits == TRAIN])
        if alone.mean() < ENOUGH:
            return documents
        without = ~np.isin(self.labels[documents], self.labels[documents[alone]])
        return documents[alone | without]

    def document(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        """Ids and marks [n] of document i."""
        span = slice(self.offsets[i], self.offsets[i + 1])
        return self.ids[span].astype(np.int64), self.marks[span]


def corpora_of(cache: Path, cfg: configs.Config) -> dict[str, Corpus]:
    """The corpus of each head, then the unlabelled text's, "text", where there is any; each refused where other settings made
    it."""
    for name, settings in corpora_made_of(cfg).items():
        check_made_of(cache / f"{name}.npz", settings)
    return {name: Corpus.load(cache, name) for name in corpora_made_of(cfg)}


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
    wanted = corpora_made_of(cfg)
    read = read_of(cfg, args.data, args.tokenizer)
    # A corpus that exists is left as it is.
    missing = [name for name in wanted if not (args.cache / f"{name}.npz").exists()]
    for name in wanted.keys() - missing:
        check_made_of(args.cache / f"{name}.npz", wanted[name], read[name])
    np.save(args.cache / "markup.npy", markup_tokens(tokenizer))
    if missing:
        rows = {name: rows_of(args.data, head) for name, head in cfg.heads.items()}
        text = read_rows([args.data / file for file in cfg.text.files])
        if text:
            text = strange(tokenizer, text, held_out(tokenizer, zip(rows.values(), cfg.heads.values())))
        for name in missing:
            head = cfg.heads.get(name)
            own = [row for row in text if not head or (head.unlabelled and head.unlabelled in row["source"])]
            prepare(tokenizer, rows.get(name, []), args.cache / f"{name}.npz", head, own, wanted[name], read[name])


if __name__ == "__main__":
    main()
