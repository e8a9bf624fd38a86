"""Logits of whole documents."""

from contextlib import nullcontext

import numpy as np
import torch

from batches import collate
from crops import enclose, segment_ids
from data import Corpus
from memory import keep_freed_memory
from model import PoNet

BATCH_TOKENS = 16384
FIXED = 64
"""Segments of a document that is cut into fixed ones, as in the extension."""


@torch.no_grad()
def predict(
    model: PoNet, corpus: Corpus, documents: np.ndarray, way: str, low: bool, limit: int | None = None
) -> dict[str, np.ndarray]:
    """Each head's logits [D, labels] of the documents, in the order given, read whole or to `limit` tokens; one with no
    token at all gets zeros. `low` runs the products in bfloat16."""
    keep_freed_memory()
    lengths = np.diff(corpus.offsets)[documents].clip(max=limit)
    device = next(model.parameters()).device
    logits = {name: np.zeros((len(documents), head.out_features), np.float32) for name, head in model.heads.items()}
    waiting = [i for i in np.argsort(-lengths, kind="stable") if lengths[i]]
    while waiting:
        width = int(lengths[waiting[0]]) + 2
        take = max(1, BATCH_TOKENS // width)
        rows, waiting = waiting[:take], waiting[take:]
        examples = []
        for row in rows:
            ids, marks = (column[:limit] for column in corpus.document(documents[row]))
            examples.append(enclose([(ids, segment_ids(marks, way, -(-len(ids) // FIXED)))]))
        batch = collate(examples, width)
        tensors = {k: v.to(device) for k, v in batch.inputs().items()}
        with torch.autocast(device.type, torch.bfloat16) if low else nullcontext():
            for name, found in model(**tensors, count=batch.count).items():
                logits[name][rows] = found.float().cpu().numpy()
    return logits
