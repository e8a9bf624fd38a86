"""Trains the encoder and all its heads jointly. Killed at any moment, the same command takes up at the last checkpoint;
a larger budget goes on from there with the learning rate that its schedule has at that point."""

import argparse
import math
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import config as configs
from data import Batch, Corpus, Stream
from model import PoNet


def build(cfg: configs.Config, labels: dict[str, list[str]]) -> PoNet:
    return PoNet(cfg.model, {name: len(names) for name, names in labels.items()})


def start_embeddings(model: PoNet, path: Path) -> None:
    """Puts the skip-gram vectors, scaled to unit variance per channel on average, into the word embeddings."""
    table = torch.from_numpy(np.load(path))
    known = table.ne(0).any(1)
    table = (table - table[known].mean(0)) / table[known].std()
    with torch.no_grad():
        model.ponet.embeddings.word_embeddings.weight[known] = table[known]


def optimizer_for(model: PoNet, cfg: configs.Train) -> torch.optim.AdamW:
    """AdamW in three groups: the embedding table (own rate), matrices (decayed), vectors (not decayed)."""
    table = model.ponet.embeddings.word_embeddings.weight
    rest = [p for p in model.parameters() if p is not table]
    groups = [
        {"params": [table], "peak": cfg.embedding_learning_rate, "weight_decay": 0.0},
        {"params": [p for p in rest if p.dim() > 1], "peak": cfg.learning_rate, "weight_decay": cfg.weight_decay},
        {"params": [p for p in rest if p.dim() == 1], "peak": cfg.learning_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)


def rate(progress: float, warmup: float) -> float:
    """Fraction of the peak rate: linear warm-up, then a cosine to zero at progress 1."""
    if progress < warmup:
        return progress / warmup
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, (progress - warmup) / (1 - warmup)))


def losses(logits: dict[str, torch.Tensor], labels: torch.Tensor, smoothing: float) -> torch.Tensor:
    """Summed cross entropy of each head [heads] over the documents that are its own."""
    return torch.stack([
        F.cross_entropy(x, labels[:, i], ignore_index=-100, label_smoothing=smoothing, reduction="sum")
        for i, x in enumerate(logits.values())
    ])  # fmt: skip


class Trainer:
    def __init__(self, cfg: configs.Config, cache: Path, out: Path):
        self.cfg, self.out = cfg, out
        torch.manual_seed(cfg.train.seed)
        corpora = {name: Corpus.load(cache, name) for name in cfg.heads}
        self.labels = {name: corpus.names for name, corpus in corpora.items()}
        self.device = torch.device(cfg.train.device)
        self.model = build(cfg, self.labels)
        start_embeddings(self.model, cache / f"embeddings-{cfg.model.hidden_size}.npy")
        self.model.to(self.device)
        self.average = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.optimizer = optimizer_for(self.model, cfg.train)
        self.stream = Stream(corpora, cfg)
        self.run = torch.compile(self.model, dynamic=True) if cfg.train.compile else self.model
        self.step = self.tokens = self.block = self.place = 0
        self.seconds = 0.0

    def save(self) -> None:
        """Writes the checkpoint under another name first: a kill in the middle leaves the last one whole."""
        temporary = self.out / "checkpoint.tmp"
        torch.save(
            {
                "config": configs.as_dict(self.cfg),
                "labels": self.labels,
                "model": self.model.state_dict(),
                "average": self.average,
                "optimizer": self.optimizer.state_dict(),
                "rng": torch.get_rng_state(),
                "place": (self.step, self.tokens, self.block, self.place, self.seconds),
            },
            temporary,
        )
        temporary.replace(self.out / "checkpoint.pt")

    def resume(self) -> None:
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        saved = torch.load(path, map_location=self.device, weights_only=True)
        budgets = ("tokens", "minutes")
        same = [{**c, "train": {k: v for k, v in c["train"].items() if k not in budgets}}
                for c in (saved["config"], configs.as_dict(self.cfg))]  # fmt: skip
        if same[0] != same[1]:
            raise SystemExit(f"{path} was trained with another config; give another --out, or remove it.")
        self.model.load_state_dict(saved["model"])
        self.average = saved["average"]
        self.optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["rng"].cpu())
        self.step, self.tokens, self.block, self.place, self.seconds = saved["place"]
        print(f"resumed at step {self.step}, {self.tokens:,} tokens", flush=True)

    def progress(self) -> float:
        """How much of the budget is spent: of tokens, or of minutes where those run out first."""
        budget = self.cfg.train
        used = self.tokens / budget.tokens
        return max(used, self.seconds / 60 / budget.minutes) if budget.minutes else used

    def update(self, batch: Batch) -> torch.Tensor:
        """One optimizer step; returns each head's summed loss [heads]."""
        cfg = self.cfg.train
        fraction = rate(self.progress(), cfg.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * fraction
        tensors = {k: torch.from_numpy(getattr(batch, k)).to(self.device, non_blocking=True)
                   for k in ("ids", "real", "special", "segments", "positions")}  # fmt: skip
        labels = torch.from_numpy(batch.labels).to(self.device)
        low = torch.autocast(self.device.type, torch.bfloat16) if cfg.dtype == "bfloat16" else nullcontext()
        with low:
            logits = self.run(**tensors, count=batch.count, dropout=cfg.dropout)
        parts = losses(logits, labels, cfg.label_smoothing)
        (parts.sum() * batch.weight).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), cfg.grad_clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        decay = min(cfg.average_decay, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(list(self.average.values()), list(self.model.state_dict().values()), 1 - decay)
        return parts.detach()

    def train(self) -> None:
        cfg = self.cfg.train
        total = np.zeros((2, len(self.labels)))
        began, logged = time.monotonic(), (self.seconds, self.tokens)
        earlier = self.seconds
        while self.progress() < 1:
            for batch in self.stream.block(self.block)[self.place :]:
                total += self.update(batch).cpu().numpy(), (batch.labels >= 0).sum(0)
                self.tokens += int(batch.real.sum())
                self.place += 1
                self.seconds = earlier + time.monotonic() - began
                if self.step % cfg.log_every == 0:
                    speed = (self.tokens - logged[1]) / (self.seconds - logged[0])
                    left = self.seconds / self.progress() - self.seconds
                    shown = " ".join(f"{n} {x:.3f}" for n, x in zip(self.labels, total[0] / total[1].clip(1)))
                    print(f"step {self.step} tokens {self.tokens / 1e6:.2f}M loss {shown} {speed:,.0f} tokens/s "
                          f"{self.progress():.1%} {left / 60:.1f} min left", flush=True)  # fmt: skip
                    total[:], logged = 0, (self.seconds, self.tokens)
                if self.step % cfg.save_every == 0:
                    self.save()
                if self.progress() >= 1:
                    break
            else:
                self.block, self.place = self.block + 1, 0
        self.save()
        print(f"done: {self.step} steps, {self.tokens:,} tokens, {self.seconds / 60:.1f} minutes", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train; resumes from OUT/checkpoint.pt when there is one.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokens", type=int, help="overrides the config's token budget")
    parser.add_argument("--minutes", type=float, help="overrides the config's time budget")
    args = parser.parse_args()
    cfg = configs.load(args.config)
    cfg.train.tokens = args.tokens or cfg.train.tokens
    cfg.train.minutes = args.minutes or cfg.train.minutes
    args.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(cfg, args.cache, args.out)
    trainer.resume()
    trainer.train()


if __name__ == "__main__":
    main()
