"""Trains one mixer on one task, tests it once and appends the result to OUT/results.jsonl. Killed at any moment, the same
command takes up at the last checkpoint."""

import argparse
import json
import math
import time
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from data import TEST, VALIDATION, Corpus, digest
from memory import keep_freed_memory
from ngrams import Teacher
from train import rate

from . import lessons, listops, text
from .batches import Batch, Stream, whole_split
from .config import Config, load
from .lessons import Lessons
from .mixers import MIXERS
from .models import Classifier

TASKS = ("listops", "text")
TOKENIZER = Path(__file__).parents[2] / "ponet-tiny" / "tokenizer.json"


def prepare(task: str, cfg: Config, data: Path, cache: Path) -> Corpus:
    """The task's cached corpus, made first where there is none."""
    cache.mkdir(parents=True, exist_ok=True)
    if task == "text":
        name = f"lra-text-{cfg.model.max_length}"
        text.prepare(data, cfg.model.max_length, cache / f"{name}.npz")
    else:
        name = f"lra-listops-{cfg.data.train}-{cfg.data.validation}-{cfg.data.test}-{cfg.data.seed}"
        listops.prepare(cfg.data, cache / f"{name}.npz")
    return Corpus.load(cache, name)


def lessons_of(cfg: Config, data: Path, cache: Path, corpus: Corpus, tokenizer: Path) -> Lessons:
    """What CACHE/ngrams-sentiment.npz says of the reviews' bytes, found out first where it is not known."""
    path = cache / "ngrams-sentiment.npz"
    teacher = Teacher.load(path)
    if not teacher.holds_out_ids():
        raise SystemExit(f"{path} knows reviews that this run chooses its weights by: give a --cache made with tiny.toml.")
    if teacher.read().get(text.FILE) != digest(data / text.FILE):
        raise SystemExit(f"{path} is of other reviews than {data / text.FILE}: give another --cache.")
    target = cache / f"lra-lessons-{cfg.model.max_length}.npz"
    lessons.prepare(data, tokenizer, teacher, cfg.model.max_length, target)
    return Lessons.load(target, corpus.offsets)


def interval95(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of hits / n, in percent."""
    z, p = 1.96, hits / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return round(100 * (centre - half), 2), round(100 * (centre + half), 2)


def learning(settings: dict) -> dict:
    """What of a checkpoint's settings must be the same for a run to go on: neither how many examples are computed at a time nor
    when it logs matters."""
    train = {**settings["config"]["train"], "together": None, "log_every": None}
    return {"config": {**settings["config"], "train": train}, "read": settings["read"]}


class Trainer:
    def __init__(self, task: str, mixer: str, cfg: Config, corpus: Corpus, lessons: Lessons | None, out: Path, steps: int,
                 minutes: float):  # fmt: skip
        """steps, minutes: the budget; 0 minutes is no limit of time."""
        keep_freed_memory()
        self.task, self.mixer, self.cfg, self.corpus, self.out = task, mixer, cfg, corpus, out
        self.lessons, self.steps, self.minutes = lessons, steps, minutes
        self.settings = {"config": asdict(cfg), "read": (corpus.read, lessons.fitted_from if lessons else "")}
        torch.manual_seed(cfg.train.seed)
        self.device = torch.device(cfg.train.device)
        self.model = Classifier(cfg.model, mixer, cfg.train.dropout).to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=0.0, eps=1e-6, weight_decay=cfg.train.weight_decay, fused=True
        )
        self.stream = Stream(corpus, cfg.train, cfg.model.run, cfg.model.max_seq_len)
        self.step = self.tokens = 0
        self.seconds, self.best, self.best_state = 0.0, 0.0, self.model.state_dict()
        self.checkpoint = out / f"{task}-{mixer}.pt"

    def save(self) -> None:
        """Writes the checkpoint under another name first: a kill in the middle leaves the last one whole."""
        temporary = self.checkpoint.with_suffix(".tmp")
        torch.save(
            {
                **self.settings,
                "task": self.task,
                "mixer": self.mixer,
                "labels": self.corpus.names,
                "model": self.model.state_dict(),
                "best_state": self.best_state,
                "optimizer": self.optimizer.state_dict(),
                "rng": torch.get_rng_state(),
                "device_rng": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
                "budget": (self.steps, self.minutes),
                "place": (self.step, self.tokens, self.seconds, self.best),
            },
            temporary,
        )
        temporary.replace(self.checkpoint)

    def resume(self) -> None:
        if not self.checkpoint.exists():
            return
        saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if learning(saved) != learning(self.settings):
            raise SystemExit(f"{self.checkpoint} was trained with another config or data; give another --out, or remove it.")
        steps, minutes = saved["budget"]
        if (steps, minutes) != (self.steps, self.minutes):
            raise SystemExit(
                f"{self.checkpoint} was begun with --steps {steps} --minutes {minutes:g}, and its learning rate falls by these: "
                "give the same, another --out, or remove it."
            )
        self.model.load_state_dict(saved["model"])
        self.best_state = saved["best_state"]
        self.optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["rng"].cpu())
        if saved["device_rng"] is not None:
            torch.cuda.set_rng_state(saved["device_rng"].cpu())
        self.step, self.tokens, self.seconds, self.best = saved["place"]
        print(f"resumed at step {self.step}", flush=True)

    def progress(self) -> float:
        """How much of the budget is spent: of steps, or of minutes where those run out first."""
        used = self.step / self.steps
        return max(used, self.seconds / 60 / self.minutes) if self.minutes else used

    def low(self):
        return torch.autocast(self.device.type, torch.bfloat16) if self.cfg.train.dtype == "bfloat16" else nullcontext()

    def tensors(self, batch: Batch) -> list[Tensor]:
        return [torch.from_numpy(x).to(self.device) for x in (batch.ids, batch.positions, batch.real)]

    def logits(self, batch: Batch) -> Tensor:
        with self.low():
            return self.model(*self.tensors(batch), batch.run)

    def loss(self, batch: Batch) -> Tensor:
        """Cross entropy with the labels; where there are lessons, with what they make of the labels, and of each run."""
        labels = torch.from_numpy(batch.labels).to(self.device)
        if self.lessons is None:
            return F.cross_entropy(self.logits(batch), labels)
        ids, positions, real = self.tensors(batch)
        share = self.cfg.train.teacher_share
        said, run_said, part = (x.to(self.device) for x in self.lessons.of(batch.rows, ids.shape[1], batch.run))
        with self.low():
            hidden = self.model.model(ids, positions, real, batch.run)
            logits, run_logits = self.model.logits(hidden, real), self.model.run_logits(hidden, real, batch.run)
        target = (1 - share) * F.one_hot(labels, logits.shape[1]) + share * said
        run_losses = -(run_said * run_logits.log_softmax(2)).sum(2)
        return F.cross_entropy(logits, target) + (part * run_losses).sum(1).mean()

    def backward(self, batch: Batch) -> float:
        """Adds the gradient of the batch's mean loss, which it returns."""
        total = 0.0
        for part in batch.parts(self.cfg.train.together):
            loss = self.loss(part) * (len(part.rows) / len(batch.rows))
            loss.backward()
            total += loss.item()
        return total

    def update(self, batch: Batch) -> float:
        """One optimizer step; returns the batch's mean loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.cfg.train.learning_rate * rate(self.progress(), self.cfg.train.warmup)
        loss = self.backward(batch)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.cfg.train.grad_clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss

    @torch.no_grad()
    def hits(self, split: int) -> tuple[int, int]:
        """Right answers on a split, and its size."""
        self.model.eval()
        hits = n = 0
        for batch in whole_split(self.corpus, split, self.cfg.model.run):
            hits += int((self.logits(batch).argmax(1).cpu().numpy() == batch.labels).sum())
            n += len(batch.labels)
        self.model.train()
        return hits, n

    def validate(self) -> None:
        """Keeps the weights that are best on the validation split: the ones that are tested, as published."""
        hits, n = self.hits(VALIDATION)
        print(f"step {self.step} validation {100 * hits / n:.2f}", flush=True)
        if hits / n > self.best:
            self.best = hits / n
            self.best_state = {k: v.clone() for k, v in self.model.state_dict().items()}

    def train(self) -> None:
        cfg = self.cfg.train
        total, seen = 0.0, 0
        began, logged = time.monotonic() - self.seconds, (self.seconds, self.tokens)
        self.model.train()
        while self.progress() < 1:
            block, place = divmod(self.step, self.stream.BLOCK)
            for batch in self.stream.block(block)[place:]:
                total, seen = total + self.update(batch), seen + 1
                self.step += 1
                self.tokens += int(batch.real.sum())
                self.seconds = time.monotonic() - began
                if self.step % cfg.log_every == 0:
                    speed = (self.tokens - logged[1]) / (self.seconds - logged[0])
                    left = self.seconds / self.progress() - self.seconds
                    print(f"step {self.step} loss {total / seen:.4f} {speed:,.0f} tokens/s {self.progress():.1%} "
                          f"{left / 60:.1f} min left", flush=True)  # fmt: skip
                    total, seen, logged = 0.0, 0, (self.seconds, self.tokens)
                if self.step % cfg.evaluate_every == 0:
                    self.validate()
                    self.seconds = time.monotonic() - began
                    # What has spent its budget is saved after its test.
                    if self.progress() < 1:
                        self.save()
                    logged = (self.seconds, self.tokens)
                if self.progress() >= 1:
                    break
        if self.step % cfg.evaluate_every:
            self.validate()

    def test(self) -> dict:
        """The result of the run: accuracy of the best weights on the test split, in percent."""
        last = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.best_state)
        hits, n = self.hits(TEST)
        self.model.load_state_dict(last)
        return {
            "task": self.task,
            "mixer": self.mixer,
            "steps": self.step,
            "published_steps": self.cfg.train.steps,
            "examples": self.step * self.cfg.train.batch,
            "full": self.step >= self.cfg.train.steps,
            "validation": round(100 * self.best, 2),
            "test": round(100 * hits / n, 2),
            "interval95": interval95(hits, n),
            "tokens_per_second": round(self.tokens / self.seconds),
            "seconds": round(self.seconds),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description="Train and test; resumes from OUT/TASK-MIXER.pt when there is one.")
    parser.add_argument("--task", choices=TASKS, required=True)
    parser.add_argument("--mixer", choices=MIXERS, required=True)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of imdb.jsonl.xz")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER, help="tokenizer.json of the n-gram teacher's word pieces")
    parser.add_argument("--steps", type=int, help="fewer steps than the config's")
    parser.add_argument("--minutes", type=float, default=0.0, help="a limit of time; the learning rate is zero by then")
    args = parser.parse_args()
    cfg = load(args.config, args.task)
    corpus = prepare(args.task, cfg, args.data, args.cache)
    args.out.mkdir(parents=True, exist_ok=True)
    taught = lessons_of(cfg, args.data, args.cache, corpus, args.tokenizer) if cfg.train.teacher_share else None
    trainer = Trainer(args.task, args.mixer, cfg, corpus, taught, args.out, args.steps or cfg.train.steps, args.minutes)
    trainer.resume()
    if trainer.progress() >= 1:
        raise SystemExit(f"{trainer.checkpoint} has spent this budget; its result is in {args.out / 'results.jsonl'}.")
    trainer.train()
    result = trainer.test()
    with (args.out / "results.jsonl").open("a") as lines:
        lines.write(json.dumps(result) + "\n")
    # Only now: a run killed before its result was written takes up again at the last validation.
    trainer.save()
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
