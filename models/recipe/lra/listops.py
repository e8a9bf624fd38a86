"""ListOps (Nangia & Bowman 2018) as Long Range Arena (Tay et al. 2021) draws it: nested MIN, MAX, MED and SM (sum
modulo 10) over digits, 500 to 2,000 tokens without the parentheses, ten classes."""

from pathlib import Path
from random import Random

import numpy as np

from data import TEST, TRAIN, VALIDATION, write_corpus

from .config import Data

OPERATORS = ("[MIN", "[MAX", "[MED", "[SM")
VOCABULARY = ("<pad>", *"0123456789", *OPERATORS, "]", "<unk>")
MIN, MAX, MED, SM, CLOSE = range(11, 16)
MAX_DEPTH, MAX_ARGUMENTS = 10, 10
MIN_LENGTH, MAX_LENGTH = 500, 2000
OPERATOR_SHARE = 0.25


def tokenize(source: str) -> list[int]:
    """Ids of a published source line such as `( ( ( [MAX 2 ) 9 ) ] )`; parentheses are left out."""
    return [VOCABULARY.index(token) for token in source.split() if token not in "()"]


def evaluate(ids: list[int]) -> int:
    """The value, 0 to 9, of one whole expression. The median of an even number of values is rounded down."""
    stack: list[list[int]] = [[]]
    operators: list[int] = []
    for token in ids:
        if token < MIN:
            stack[-1].append(token - 1)
            continue
        if token < CLOSE:
            operators.append(token)
            stack.append([])
            continue
        operator, values = operators.pop(), stack.pop()
        if operator == MIN:
            value = min(values)
        elif operator == MAX:
            value = max(values)
        elif operator == SM:
            value = sum(values) % 10
        else:
            values.sort()
            value = (values[(len(values) - 1) // 2] + values[len(values) // 2]) // 2
        stack[-1].append(value)
    return stack[0][0]


def draw(random: Random) -> list[int]:
    """Ids of one random tree of any length, given up once it has MAX_LENGTH tokens. A node above MAX_DEPTH is an operator
    with probability OPERATOR_SHARE, of 2 to MAX_ARGUMENTS arguments, else a digit; all uniform."""
    uniform = random.random
    ids: list[int] = []
    pending = [1]  # by depth: how many arguments are still to come
    while len(ids) < MAX_LENGTH:
        if pending[-1] == 0:
            pending.pop()
            if not pending:
                break
            ids.append(CLOSE)
            continue
        pending[-1] -= 1
        u = uniform()
        if u < OPERATOR_SHARE and len(pending) < MAX_DEPTH:
            ids.append(MIN + int(u * len(OPERATORS) / OPERATOR_SHARE))
            pending.append(2 + int(uniform() * (MAX_ARGUMENTS - 1)))
        else:
            ids.append(1 + int(uniform() * 10))
    return ids


def prepare(cfg: Data, target: Path) -> None:
    """Writes the cached corpus `target` (see data.Corpus). Test and validation are drawn first: a smaller training set is
    the beginning of a larger one, and is tested on the same rows."""
    if target.exists():
        return
    random = Random(cfg.seed)
    splits = np.repeat(np.array([TEST, VALIDATION, TRAIN], np.uint8), [cfg.test, cfg.validation, cfg.train])
    examples: list[np.ndarray] = []
    labels: list[int] = []
    while len(examples) < len(splits):
        ids = draw(random)
        if MIN_LENGTH < len(ids) < MAX_LENGTH:
            labels.append(evaluate(ids))
            examples.append(np.array(ids, np.uint8))
            if len(examples) % 10_000 == 0:
                print(f"listops: {len(examples):,} of {len(splits):,} drawn", flush=True)
    write_corpus(target, examples, np.zeros(0, np.uint8), labels, splits, list("0123456789"))
