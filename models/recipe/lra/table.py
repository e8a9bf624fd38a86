"""Prints OUT/results.jsonl as a Markdown table beside the paper's figures; of several runs of a cell, the last."""

import argparse
import json
from pathlib import Path

from .mixers import MIXERS
from .train import TASKS

# PoNet (arXiv 2110.02442), accuracy in percent.
PAPER = {
    ("listops", "ponet"): "37.80",
    ("text", "ponet"): "69.82",
    ("listops", "transformer"): "37.10",
    ("text", "transformer"): "65.02",
    ("listops", "fnet"): "37.40",
    ("text", "fnet"): "62.52",
}


def cell(result: dict | None) -> str:
    if result is None:
        return ""
    low, high = result["interval95"]
    run = "full" if result["full"] else f"cut short at {result['steps']:,} of {result['published_steps']:,} steps"
    return f"{result['test']:.2f} ({low:.1f} to {high:.1f}), {run}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the table of all results.")
    parser.add_argument("results", type=Path, help="OUT/results.jsonl")
    lines = parser.parse_args().results.read_text().splitlines()
    found = {(r["task"], r["mixer"]): r for r in map(json.loads, lines)}
    print("| mixer | ListOps | the paper's | Text | the paper's |")
    print("|---|---|---|---|---|")
    for mixer in MIXERS:
        cells = [x for task in TASKS for x in (cell(found.get((task, mixer))), PAPER.get((task, mixer), ""))]
        if any(cells[::2]):
            print(f"| {mixer} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
