"""Checkpoint to the folder the extension reads, and golden logits of what was written.

`export.py --checkpoint C --tokenizer T --model DIR` writes DIR/{config.json, model.safetensors, tokenizer.json} from the
averaged weights; `--golden FILE` also writes logits of the written float16 weights, computed in float32.
"""

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from config import Model
from data import collate, segment_ids, split_text
from model import PoNet

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


def load_folder(folder: Path) -> tuple[PoNet, dict]:
    """The model of an exported folder, in float32, and its config."""
    stored = json.loads((folder / "config.json").read_text())
    cfg = Model(**{k: v for k, v in stored.items() if k != "model_type"})
    state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
    heads = {k.split(".")[1]: len(v) for k, v in state.items() if k.startswith("heads.") and k.endswith(".bias")}
    model = PoNet(cfg, heads)
    model.load_state_dict(state)
    return model.eval(), stored


def write_folder(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """Writes each file under another name first, so that a reader never meets half of one."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    folder.mkdir(parents=True, exist_ok=True)
    config = {"model_type": "ponet", **asdict(Model(**saved["config"]["model"]))}
    (folder / "config.json.tmp").write_text(json.dumps(config, indent=2) + "\n")
    weights = {k: v.half().contiguous() for k, v in saved["average"].items()}
    save_file(weights, folder / "model.safetensors.tmp", metadata={"format": "pt"})
    (folder / "model.safetensors.tmp").chmod(0o644)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    (folder / "config.json.tmp").replace(folder / "config.json")
    (folder / "model.safetensors.tmp").replace(folder / "model.safetensors")
    for name, labels in saved["labels"].items():
        print(f"{name}: {', '.join(labels)}")


@torch.no_grad()
def write_golden(folder: Path, target: Path) -> None:
    """Cases of {"input_ids", "segment_ids", "logits"}: texts of this file, by sentence and by paragraph."""
    model, _ = load_folder(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cases = []
    for n, text in enumerate(GOLDEN_TEXTS):
        ids, marks = [], []
        for sentence, mark in split_text(text):
            new = tokenizer.encode(sentence, add_special_tokens=False).ids
            ids += new
            marks += [mark] + [0] * (len(new) - 1)
        way = "sentence" if n == 3 else "paragraph"
        numbers = segment_ids(torch.tensor(marks).numpy(), way)
        batch = collate([(ids, numbers, 0, None)], len(ids) + 2)
        tensors = {k: torch.from_numpy(getattr(batch, k)) for k in ("ids", "real", "special", "segments")}
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
