"""How the network learns: batches of reports, and what moves its weights."""

from __future__ import annotations

import argparse
import random

import torch
from data import Example
from guessing import Guess
from net import Encoder, Heads


def batches(examples: list[Example], size: int) -> list[list[Example]]:
    """Batches of reports alike in length, so that little of a run is padding, in a random order."""
    found = []
    for start in range(0, len(examples), 16 * size):
        some = sorted(examples[start : start + 16 * size], key=lambda e: len(e.words))
        found += [some[k : k + size] for k in range(0, len(some), size)]
    random.shuffle(found)
    return found


def optimise(
    asked: argparse.Namespace, encoder: Encoder, heads: Heads, guess: Guess, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """What moves the weights: the encoder slowly, what is new five times as fast; up for a tenth of the way, then down."""
    encoder.freeze()
    slow = [p for n, p in encoder.named_parameters() if not n.startswith("marks.") and p.requires_grad]
    quick = [*heads.parameters(), *guess.parameters(), *encoder.marks.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": asked.rate}, {"params": quick, "lr": asked.rate * 3}], weight_decay=0.03
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * steps), max(0.0, (steps - s) / (0.9 * steps)))
    )
    return optimiser, schedule
