"""Times PoNet or the Transformer in PyTorch as a contestant of `npm run bench`, which starts it: `speed.py CONFIGURATION`
with {"name", "length", "provider"} as JSON; see src/benchmark/protocol.ts for what it says. It reads one sequence of
random tokens with random weights."""

import json
import re
import resource
import sys
import time
from pathlib import Path

import torch

from config import Model
from model import Encoder

MODEL = {
    "hidden_size": 256,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "intermediate_size": 1024,
    "max_position_embeddings": 4096,
}
SEGMENT_TOKENS = 32
SHORT_MS = 1000  # as in src/benchmark/main.ts: shorter runs are led in by one that does not count
MIXERS = {"ponet-torch": "ponet", "transformer-torch": "transformer"}


def say(**answer) -> None:
    print(json.dumps(answer), flush=True)


def peak_mb() -> float:
    """The most memory that this process has held at once, in MiB."""
    status = Path("/proc/self/status")
    # Linux's resource usage begins with what the parent held when it forked; this does not.
    own = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE) if status.exists() else None
    if own:
        return int(own[1]) / 2**10
    # Linux counts KiB, macOS bytes.
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


@torch.inference_mode()
def main(configuration: str) -> None:
    chosen = json.loads(configuration)
    encoder = Encoder(Model(**MODEL, mixer=MIXERS[chosen["name"]])).eval()
    length = chosen["length"]
    ids = torch.arange(length).unsqueeze(0) * 7919 % 30_000
    real, special = torch.ones_like(ids, dtype=torch.bool), torch.zeros_like(ids, dtype=torch.bool)
    segments = torch.arange(length).unsqueeze(0) // SEGMENT_TOKENS

    def run() -> float:
        start = time.perf_counter()
        encoder(ids, real, special, segments)
        return 1000 * (time.perf_counter() - start)

    first = run()
    say(runtime=f"PyTorch {torch.__version__}")
    for _ in sys.stdin:
        if first < SHORT_MS:
            run()
        say(ms=run())
    say(peakMb=peak_mb())


if __name__ == "__main__":
    main(sys.argv[1])
