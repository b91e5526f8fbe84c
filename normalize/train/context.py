"""Trains the context model: two recurrent networks that guess a word from the words before and after it.

Needs the extra `train` (torch, onnx). The loss is a softmax over the frequent words
and a draw of the rare ones, which are weighted for those not drawn (sampled softmax,
Jean et al. 2015). Some words of the text shown are exchanged for others of the same
bare form, as the decoder that reads before this model leaves some wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from normalize.language_model import EDGE, SPECIAL, UNKNOWN
from normalize.syllables import fold
from normalize.train.corpus import SHARES, paragraphs
from normalize.train.language import encode
from normalize.train.onnx_graph import Weights, write_graph

BATCH = 128
LENGTH = 64
WIDTH = 192
HIDDEN = 512
RATE = 2.5e-3
WARM_UP = 150
LANDING = 5 / 7
"""From this part of the steps on the rate falls in a straight line, before that along a slow cosine."""
LANDING_RATE = 1.3e-3
LEAST_RATE = 2.6e-5
ALWAYS = 1600
"""So many of the most frequent words are in every step's softmax."""
DRAWN = 500
EXCHANGED = 0.05
HIDDEN_WORDS = 0.02
DROPPED = 0.05
LOOKALIKES = 24
SCALE = 4.0

Say = Callable[[str], None]


def train_context(text: Path, words: list[str], target: Path, say: Say, steps: int) -> None:
    """Train on the training part of `text` and write the ONNX file `target`.

    Args:
        text: folder of the training text.
        words: the vocabulary of the language model.
        target: file to write.
        say: told how it goes.
        steps: batches of `BATCH` sequences of `LENGTH` words.
    """
    torch.manual_seed(1)
    sequences = _sequences(text, words)
    counts = np.bincount(sequences.reshape(-1), minlength=len(words)).astype(np.float64) + 1
    nets = _Nets.fresh(counts)
    learner = _Learner(nets, counts, words)
    for step in range(steps):
        first = (step * BATCH) % (len(sequences) - BATCH)
        loss = learner.step(torch.from_numpy(sequences[first : first + BATCH].astype(np.int64)), step / steps, step)
        if (step + 1) % 100 == 0:
            say(f"context model: step {step + 1} of {steps}, loss {loss:.3f}")
    write_graph(learner.weights(), target)


def _sequences(text: Path, words: list[str]) -> npt.NDArray[np.uint16]:
    """Stretches of `LENGTH` words in an order drawn once."""
    numbers = {word: number for number, word in enumerate(words)}
    rng = np.random.default_rng(1)
    parts = []
    for name, share in SHARES.items():
        encoded = encode(paragraphs(text, name, held=False), numbers)
        for turn in range(math.ceil(share)):
            start = int(rng.integers(0, LENGTH))
            count = (len(encoded) - start) // LENGTH
            rows = encoded[start : start + count * LENGTH].reshape(count, LENGTH)
            if share - turn < 1:
                rows = rows[rng.random(count) < share - turn]
            parts.append(rows)
    joined = np.concatenate(parts)
    return joined[rng.permutation(len(joined))]


@dataclass(frozen=True, slots=True)
class _Nets:
    embedding: torch.nn.Embedding
    onward: torch.nn.LSTM
    backward: torch.nn.LSTM
    join: torch.nn.Linear
    bias: torch.nn.Parameter

    @classmethod
    def fresh(cls, counts: npt.NDArray[np.float64]) -> _Nets:
        embedding = torch.nn.Embedding(len(counts), WIDTH)
        torch.nn.init.normal_(embedding.weight, 0, 0.1)
        onward = torch.nn.LSTM(WIDTH, HIDDEN, batch_first=True)
        backward = torch.nn.LSTM(WIDTH, HIDDEN, batch_first=True)
        join = torch.nn.Linear(2 * HIDDEN, WIDTH)
        bias = torch.nn.Parameter(torch.log(torch.tensor(counts / counts.sum(), dtype=torch.float32)))
        for net in (embedding, onward, backward, join):
            net.to(torch.bfloat16)
        return cls(embedding, onward, backward, join, torch.nn.Parameter(bias.detach().to(torch.bfloat16)))

    def parameters(self) -> Iterator[torch.nn.Parameter]:
        for net in (self.embedding, self.onward, self.backward, self.join):
            yield from net.parameters()
        yield self.bias

    def surroundings(self, shown: torch.Tensor) -> torch.Tensor:
        """What surrounds each word: (sequences, words, WIDTH)."""
        drop = torch.nn.functional.dropout
        embedded = drop(self.embedding(shown), DROPPED)
        before = self.onward(embedded)[0]
        after = self.backward(embedded.flip(1))[0].flip(1)
        nothing = torch.zeros_like(before[:, :1])
        both = torch.cat(
            (torch.cat((nothing, before[:, :-1]), 1), torch.cat((after[:, 1:], nothing), 1)),
            dim=-1,
        )
        return torch.tanh(self.join(drop(both, DROPPED))) * SCALE


class _Learner:
    """Takes steps; the networks compute in bfloat16, the weights are kept and changed in single precision."""

    def __init__(self, nets: _Nets, counts: npt.NDArray[np.float64], words: list[str]) -> None:
        self._nets = nets
        self._kept = [torch.nn.Parameter(part.detach().float().clone()) for part in nets.parameters()]
        self._optimizer = torch.optim.AdamW(self._kept, lr=RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self._draws = torch.Generator().manual_seed(2)
        self._lookalikes = torch.from_numpy(_lookalikes(words, counts))
        by_count = np.argsort(-counts)
        self._always = torch.from_numpy(by_count[:ALWAYS].copy())
        self._rare = torch.from_numpy(by_count[ALWAYS:].copy())

    def step(self, said: torch.Tensor, progress: float, number: int) -> float:
        """Learn from one batch of true text; returns its loss in nats a word."""
        for group in self._optimizer.param_groups:
            group["lr"] = _rate(progress) * min(1.0, (number + 1) / WARM_UP)
        context = self._nets.surroundings(self._exchange(said)).reshape(-1, WIDTH)
        loss = self._loss(context, said.reshape(-1))
        loss.backward()
        for kept, part in zip(self._kept, self._nets.parameters(), strict=True):
            if part.grad is not None:
                kept.grad = part.grad.float()
            part.grad = None
        torch.nn.utils.clip_grad_norm_(self._kept, 1.0)
        self._optimizer.step()
        with torch.no_grad():
            for kept, part in zip(self._kept, self._nets.parameters(), strict=True):
                part.copy_(kept)
        return float(loss)

    def _exchange(self, said: torch.Tensor) -> torch.Tensor:
        chance = torch.rand(said.shape, generator=self._draws)
        which = torch.randint(0, LOOKALIKES, said.shape, generator=self._draws)
        shown = torch.where(chance < EXCHANGED, self._lookalikes[said, which], said)
        hidden = (chance > 1 - HIDDEN_WORDS) & (shown >= len(SPECIAL))
        return torch.where(hidden, torch.full_like(shown, UNKNOWN), shown)

    def _loss(self, context: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
        drawn = self._rare[torch.randperm(len(self._rare), generator=self._draws)[:DRAWN]]
        rivals = torch.cat((self._always, drawn))
        vectors, bias = self._nets.embedding.weight, self._nets.bias
        scores = (context @ vectors[rivals].t() + bias[rivals]).float()
        scores[:, ALWAYS:] += math.log(len(self._rare) / DRAWN)
        scores = scores.masked_fill(rivals[None, :] == said[:, None], -1e9)
        right = ((context * vectors[said]).sum(-1) + bias[said]).float()[:, None]
        total = torch.logsumexp(torch.cat((right, scores), 1), 1)
        return (total - right[:, 0])[said != EDGE].mean()

    def weights(self) -> Weights:
        arrays = [part.detach().numpy() for part in self._kept]
        embedding, *lstms, join, join_bias, bias = arrays
        return Weights(embedding, tuple(lstms[:4]), tuple(lstms[4:]), join, join_bias, bias, SCALE)


def _rate(progress: float) -> float:
    """The learning rate when a part `progress` of the steps is done."""
    if progress < LANDING:
        return RATE * (0.5 + 0.5 * math.cos(math.pi * 0.673 * progress))
    return max(LEAST_RATE, LANDING_RATE * (1 - progress) / (1 - LANDING))


def _lookalikes(words: list[str], counts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """For each word, draws from the words of its bare form."""
    rng = np.random.default_rng(3)
    groups: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        groups.setdefault(fold(word) if number >= len(SPECIAL) else word, []).append(number)
    table = np.zeros((len(words), LOOKALIKES), dtype=np.int64)
    for group in groups.values():
        shares = np.sqrt(counts[group])
        for number in group:
            table[number] = rng.choice(group, LOOKALIKES, p=shares / shares.sum())
    return table
