"""Checkpoint to the folder the extension reads, with a first card.json where there is none; `--golden FILE` also writes logits of
the written weights, computed in float32."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from batches import collate
from crops import enclose, segment_ids
from data import split_text
from folder import load_folder, write_folder

GOLDEN_TEXTS = [
    "Superb",
    "A dull film, badly lit.\n\nThe last scene alone was worth the ticket, and even that ran too long.",
    "Mix the flour with the salt.\n\nMelt the butter, let it cool a little, then stir in two eggs.\n\nBake for 40 minutes.",
    "\n\n".join(
        f"{n}. The parties agree that clause {n} of this contract is governed by the law of the place where the goods were "
        "delivered; notice must be given in writing, and either side may end the contract with thirty days of warning."
        for n in range(1, 6)
    ),
    "\n\n".join(
        f"On day {n} the probe sent {n * 17} pictures of the moon's far side. The engineers found the antenna pointing "
        f"{n} degrees too low. They sent a correction, waited for the orbiter to come round, and tried again."
        for n in range(1, 17)
    ),
]


@torch.no_grad()
def write_golden(folder: Path, target: Path) -> None:
    """Cases of {"input_ids", "segment_ids", "logits"}: texts of this file, by sentence and by paragraph."""
    model = load_folder(folder).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cases = []
    for n, text in enumerate(GOLDEN_TEXTS):
        ids, marks = [], []
        for sentence, mark in split_text(text):
            new = tokenizer.encode(sentence, add_special_tokens=False).ids
            ids += new
            marks += [mark] + [0] * (len(new) - 1)
        way = "sentence" if n == 3 else "paragraph"
        numbers = segment_ids(np.array(marks), way)
        batch = collate([enclose([(np.array(ids), numbers)])], len(ids) + 2)
        tensors = batch.inputs()
        logits = model(**tensors, count=batch.count)
        cases.append({
            "input_ids": batch.ids[0].tolist(),
            "segment_ids": batch.segments[0].tolist(),
            "logits": {name: x[0].tolist() for name, x in logits.items()},
        })  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    temporary.write_text(json.dumps(cases) + "\n")
    temporary.replace(target)
    print(f"{target}: lengths {[len(c['input_ids']) for c in cases]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the model folder and its golden sample.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="folder to write")
    parser.add_argument("--golden", type=Path, help="JSON file to write")
    args = parser.parse_args()
    write_folder(args.checkpoint, args.tokenizer, args.model)
    if args.golden:
        write_golden(args.model, args.golden)


if __name__ == "__main__":
    main()
