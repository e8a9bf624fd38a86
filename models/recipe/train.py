"""Trains the encoder: `--phase pretrain` on text itself, `--phase train` on all heads jointly. Killed at any moment, the
same command takes up at the last checkpoint; a larger budget goes on from there with the learning rate that its schedule
has at that point."""

import argparse
import math
import time
from contextlib import nullcontext
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch
from torch import nn

import config as configs
from batches import Batch
from data import digest
from folder import load_state
from memory import keep_freed_memory
from objectives import Classification, Objective, SelfSupervision

PHASES = {"pretrain": SelfSupervision, "train": Classification}
COLUMNS = ("ids", "real", "special", "segments", "positions", "types", "parts", "originals", "targets",
           "segment_targets")  # fmt: skip


def start_embeddings(module: nn.Module, path: Path) -> None:
    """Puts the skip-gram vectors, scaled to unit variance per channel on average, into the word embeddings."""
    table = torch.from_numpy(np.load(path))
    known = table.ne(0).any(1)
    table = (table - table[known].mean(0)) / table[known].std()
    with torch.no_grad():
        module.ponet.embeddings.word_embeddings.weight[known] = table[known]


def start_weights(module: nn.Module, start: Path) -> None:
    """Takes an exported folder's weights, or a checkpoint's averaged ones: the encoder's and those of every head that both
    have."""
    saved = load_state(start)
    wanted = module.state_dict()
    taken = {k: v for k, v in saved.items() if k in wanted and (k.startswith("ponet.") or v.shape == wanted[k].shape)}
    module.load_state_dict({**wanted, **taken})


def optimizer_for(module: nn.Module, run: configs.Run) -> torch.optim.AdamW:
    """AdamW, the embedding table and the heads at rates of their own, matrices decayed, vectors not. 0.98 as in RoBERTa
    (Liu et al. 2019), which found it steadier than 0.999."""
    named = dict(module.named_parameters())
    table = named.pop("ponet.embeddings.word_embeddings.weight")
    heads = [named.pop(name) for name in [*named] if name.startswith("heads.")]
    groups = [{"params": [table], "peak": run.embedding_learning_rate, "weight_decay": 0.0}]
    for params, peak in ((heads, run.head_learning_rate), (named.values(), run.learning_rate)):
        groups += [
            {"params": [p for p in params if p.dim() > 1], "peak": peak, "weight_decay": run.weight_decay},
            {"params": [p for p in params if p.dim() == 1], "peak": peak, "weight_decay": 0.0},
        ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)


def rate(progress: float, warmup: float) -> float:
    """Fraction of the peak rate: linear warm-up, then a cosine to zero at progress 1."""
    if progress < warmup:
        return progress / warmup
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, (progress - warmup) / (1 - warmup)))


def learning(settings: dict) -> dict:
    """What of a checkpoint's settings must be the same for a run to go on from it: all but the budget, when it logs and saves,
    and what was a setting once and has one value now."""
    known = {f.name for f in fields(configs.Run)} - {"tokens", "minutes", "log_every", "save_every"}
    run = {key: value for key, value in settings["run"].items() if key in known}
    return {"run": run, **{key: settings[key] for key in ("model", "heads", "start", "cache")}}


class Trainer:
    def __init__(self, objective: Objective, cfg: configs.Config, run: configs.Run, out: Path, start: Path | None):
        """`objective`'s weights are those of `start` already, where there is one."""
        keep_freed_memory()
        self.objective, self.run, self.out = objective, run, out
        self.settings = {
            "model": asdict(cfg.model),
            "run": asdict(run),
            "heads": {k: asdict(v) for k, v in cfg.heads.items()},
            "start": digest(start / "model.safetensors" if start.is_dir() else start) if start else None,
            "cache": {file.name: digest(file) for file in objective.files},
        }
        self.device = torch.device(run.device)
        self.module = objective.module.to(self.device)
        self.average = {k: v.clone() for k, v in self.module.state_dict().items()}
        self.optimizer = optimizer_for(self.module, run)
        self.encode = torch.compile(self.module.ponet, dynamic=True)
        self.step = self.tokens = self.block = self.place = 0
        self.seconds = 0.0

    def save(self) -> None:
        """Writes the checkpoint under another name first: a kill in the middle leaves the last one whole."""
        temporary = self.out / "checkpoint.tmp"
        torch.save(
            {
                **self.settings,
                "labels": self.objective.labels,
                "module": self.module.state_dict(),
                "average": self.average,
                "optimizer": self.optimizer.state_dict(),
                "rng": torch.get_rng_state(),
                "device_rng": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
                "place": (self.step, self.tokens, self.block, self.place, self.seconds),
            },
            temporary,
        )
        temporary.replace(self.out / "checkpoint.pt")

    def resume(self) -> None:
        """Takes up a checkpoint of the same run, if there is one."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        saved = torch.load(path, map_location=self.device, weights_only=True)
        if learning(saved) != learning(self.settings):
            raise SystemExit(f"{path} was trained with another config, --start or cache; give another --out, or remove it.")
        self.module.load_state_dict(saved["module"])
        self.average = saved["average"]
        self.optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["rng"].cpu())
        if saved["device_rng"] is not None:
            torch.cuda.set_rng_state(saved["device_rng"].cpu())
        self.step, self.tokens, self.block, self.place, self.seconds = saved["place"]
        print(f"resumed at step {self.step}, {self.tokens:,} tokens", flush=True)

    def progress(self) -> float:
        """How much of the budget is spent: of tokens, or of minutes where those run out first."""
        used = self.tokens / self.run.tokens
        return max(used, self.seconds / 60 / self.run.minutes) if self.run.minutes else used

    def update(self, batch: Batch) -> tuple[np.ndarray, np.ndarray]:
        """One optimizer step; returns each loss's sum and count [names]."""
        run = self.run
        fraction = rate(self.progress(), run.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * fraction
        tensors = {k: torch.from_numpy(getattr(batch, k)).to(self.device, non_blocking=True) for k in COLUMNS}
        inputs = {k: tensors[k] for k in ("ids", "real", "special", "segments", "positions", "types")}
        low = torch.autocast(self.device.type, torch.bfloat16) if run.dtype == "bfloat16" else nullcontext()
        with low:
            hidden = self.encode(**inputs, count=batch.count, dropout=run.dropout)
            loss, sums, counts = self.objective.losses(hidden, tensors)
        (loss * batch.weight).backward()
        torch.nn.utils.clip_grad_norm_(self.module.parameters(), run.grad_clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        # As TensorFlow's ExponentialMovingAverage with `num_updates`: the first steps are not to linger in the average.
        decay = min(run.average_decay, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(list(self.average.values()), list(self.module.state_dict().values()), 1 - decay)
        return sums.detach().float().cpu().numpy(), counts.cpu().numpy()

    def train(self) -> None:
        run, names = self.run, self.objective.names
        total = np.zeros((2, len(names)))
        began, logged = time.monotonic(), (self.seconds, self.tokens)
        earlier = self.seconds
        while self.progress() < 1:
            for batch in self.objective.stream.block(self.block)[self.place :]:
                total += self.update(batch)
                self.tokens += int(batch.real.sum())
                self.place += 1
                self.seconds = earlier + time.monotonic() - began
                if self.step % run.log_every == 0:
                    speed = (self.tokens - logged[1]) / (self.seconds - logged[0])
                    left = self.seconds / self.progress() - self.seconds
                    shown = " ".join(f"{n} {x:.3f}" for n, x in zip(names, total[0] / total[1].clip(1)))
                    print(f"step {self.step} tokens {self.tokens / 1e6:.2f}M loss {shown} {speed:,.0f} tokens/s "
                          f"{self.progress():.1%} {left / 60:.1f} min left", flush=True)  # fmt: skip
                    total[:], logged = 0, (self.seconds, self.tokens)
                if self.step % run.save_every == 0:
                    self.save()
                if self.progress() >= 1:
                    break
            else:
                self.block, self.place = self.block + 1, 0
        self.save()
        print(f"done: {self.step} steps, {self.tokens:,} tokens, {self.seconds / 60:.1f} minutes", flush=True)


def begin(phase: str, cfg: configs.Config, cache: Path, out: Path, start: Path | None = None) -> Trainer:
    """The run of a phase, from `start`'s weights or else the skip-gram vectors, at its last checkpoint if it has one."""
    run = getattr(cfg, phase)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(run.seed)
    objective = PHASES[phase](cfg, cache)
    if start:
        start_weights(objective.module, start)
    else:
        start_embeddings(objective.module, cache / f"embeddings-{cfg.model.hidden_size}.npy")
    trainer = Trainer(objective, cfg, run, out, start)
    trainer.resume()
    return trainer


def main() -> None:
    parser = argparse.ArgumentParser(description="Train; resumes from OUT/checkpoint.pt when there is one.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--phase", choices=PHASES, default="train")
    parser.add_argument("--start", type=Path, help="folder or checkpoint to start from; else the skip-gram vectors")
    parser.add_argument("--tokens", type=int, help="overrides the config's token budget")
    parser.add_argument("--minutes", type=float, help="overrides the config's time budget")
    parser.add_argument("--seed", type=int, help="overrides the config's seed")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    run = getattr(cfg, args.phase)
    if run is None:
        raise SystemExit(f"{args.config} has no section [{args.phase}]: add one, or leave that phase out.")
    run.tokens = args.tokens or run.tokens
    run.minutes = args.minutes or run.minutes
    run.seed = run.seed if args.seed is None else args.seed
    begin(args.phase, cfg, args.cache, args.out, args.start).train()


if __name__ == "__main__":
    main()
