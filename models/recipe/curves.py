"""Draws the losses that train.py printed: `python curves.py LOG ../curves/tiny.svg`. A panel for each loss, tokens to the
right; the thin line is what was printed, the thick one its running mean."""

import re
import sys
from pathlib import Path

import numpy as np

LINE = re.compile(r"^step (\d+) tokens ([\d.]+)M loss (.*?) [\d,]+ tokens/s", re.MULTILINE)
WIDTH, HEIGHT, MARGIN = 260, 120, 34
SMOOTH = 0.9


def read(log: Path) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Millions of tokens [n] and each loss [n]; a run that was resumed has printed some steps twice: the last counts."""
    rows = {int(step): (float(tokens), losses.split()) for step, tokens, losses in LINE.findall(log.read_text())}
    ordered = [rows[step] for step in sorted(rows)]
    names = ordered[0][1][::2]
    values = np.array([[float(x) for x in losses[1::2]] for _, losses in ordered])
    return np.array([tokens for tokens, _ in ordered]), dict(zip(names, values.T))


def running_mean(values: np.ndarray) -> np.ndarray:
    """Exponential, begun at the first value."""
    means = [values[0]]
    for value in values[1:]:
        means.append(SMOOTH * means[-1] + (1 - SMOOTH) * value)
    return np.array(means)


def panel(name: str, tokens: np.ndarray, loss: np.ndarray, left: int) -> str:
    low, high = float(loss.min()), float(loss.max())
    x = left + MARGIN + (WIDTH - 1.5 * MARGIN) * tokens / tokens[-1]

    def line(values: np.ndarray, kind: str) -> str:
        y = HEIGHT - MARGIN + 6 - (HEIGHT - 1.6 * MARGIN) * (values - low) / max(high - low, 1e-9)
        return f'<polyline class="{kind}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y))}"/>'

    return "\n".join([
        f'<text class="name" x="{left + MARGIN}" y="12">{name}</text>',
        f'<text x="{left + MARGIN - 4}" y="28" text-anchor="end">{high:.2f}</text>',
        f'<text x="{left + MARGIN - 4}" y="{HEIGHT - MARGIN + 8}" text-anchor="end">{low:.2f}</text>',
        f'<text x="{left + WIDTH - MARGIN / 2}" y="{HEIGHT - 8}" text-anchor="end">{tokens[-1]:.0f}M tokens</text>',
        line(loss, "printed"),
        line(running_mean(loss), "mean"),
    ])  # fmt: skip


def main() -> None:
    log, target = map(Path, sys.argv[1:])
    tokens, losses = read(log)
    panels = [panel(name, tokens, loss, WIDTH * i) for i, (name, loss) in enumerate(losses.items())]
    style = (
        "text{font:11px sans-serif;fill:#808080}.name{font-weight:bold}"
        "polyline{fill:none;stroke:#3d85c6}.printed{stroke-width:.5;opacity:.6}.mean{stroke-width:1.8}"
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(panels)}" height="{HEIGHT}">\n'
        f"<style>{style}</style>\n" + "\n".join(panels) + "\n</svg>\n"
    )


if __name__ == "__main__":
    main()
