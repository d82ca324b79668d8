"""The largest section page and one saved answer through the production server, against bare ones behind the same."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._round import Asked, build_rounds
from benchmarks._served import Served, served
from benchmarks._yardsticks import FIELDS
from benchmarks.measured import Measured

CLIENTS = 8
TURNS, TURNS_IN_FULL = 5, 15
SECONDS, WARM_UP = 1.5, 1.0
PAGE_GOAL, SAVE_GOAL, TAIL_GOAL, MEMORY_GOAL = 0.4, 0.25, 5.0, 100.0


@dataclass
class Runs:
    """All turns of one kind of request: rates per turn, and what every single request took, in seconds."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second, the median of the turns."""
        return median(self.rates)

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server for one request, in milliseconds."""
        return 1000 * median(self.cpu)

    def percentile(self, share: float) -> float:
        """How long the given share of the requests took at most, in milliseconds."""
        return 1000 * sorted(self.took)[int(share * (len(self.took) - 1))]

    def __str__(self) -> str:
        p50, p95, p99 = (self.percentile(share) for share in (0.5, 0.95, 0.99))
        return f"{self.rate:.0f}/s, p50 {p50:.1f} p95 {p95:.1f} p99 {p99:.1f} ms, CPU {self.cpu_ms:.2f} ms"


def run(*, full: bool) -> Iterator[Measured]:
    """Both servers stand side by side and are asked in turns, so that a busy machine slows all alike."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rounds = build_rounds(folder, CLIENTS)
        questions = json.loads((folder / FIELDS).read_text(encoding="utf-8"))
        fields = sum(len(question["fields"]) for question in questions)
        with (
            served("compliance.cli", ("web",), folder) as ours,
            served("benchmarks._yardsticks", (), folder) as bare,
        ):
            runs = _in_turns(_kinds(rounds, ours, bare), TURNS_IN_FULL if full else TURNS)
            memory, bare_memory = ours.memory(), bare.memory()
    yield _at_least(
        f"page: {len(questions)} questions, {fields} fields, as the bare one", runs, "page", PAGE_GOAL
    )
    yield _at_least("one answer saved, as the bare upsert", runs, "save", SAVE_GOAL)
    yield Measured(
        f"p99 of a save with {CLIENTS} clients, in its p50",
        runs["save"].percentile(0.99) / runs["save"].percentile(0.5),
        TAIL_GOAL,
    )
    yield Measured(
        "memory of a worker, MiB",
        memory[0],
        MEMORY_GOAL,
        f"RSS; PSS {memory[1]:.0f}; bare RSS {bare_memory[0]:.0f}",
    )


def _at_least(name: str, runs: dict[str, Runs], kind: str, goal: float) -> Measured:
    ours, bare = runs[kind], runs[f"bare {kind}"]
    cpu = ours.cpu_ms / bare.cpu_ms
    return Measured(name, ours.rate / bare.rate, goal, f"{ours}; bare {bare}; CPU x {cpu:.1f}", at_least=True)


Kind = tuple[Served, list[dict[str, Any]]]


def _kinds(rounds: list[Asked], ours: Served, bare: Served) -> dict[str, Kind]:
    form = {"present": 1}
    return {
        "page": (ours, [{"path": one.page, "cookie": one.cookie} for one in rounds]),
        "bare page": (bare, [{"path": "/page", "cookie": ""} for _ in rounds]),
        "save": (
            ours,
            [
                {"path": one.save, "cookie": one.cookie, "form": form | {"csrf_token": one.token}}
                for one in rounds
            ],
        ),
        "bare save": (
            bare,
            [{"path": "/save", "cookie": "", "form": {"respondent": n}} for n, _ in enumerate(rounds)],
        ),
    }


def _in_turns(kinds: dict[str, Kind], turns: int) -> dict[str, Runs]:
    runs = {name: Runs() for name in kinds}
    for kind in kinds.values():
        _ask(*kind, seconds=WARM_UP)
    for _ in range(turns):
        for name, (server, clients) in kinds.items():
            before = server.cpu_seconds()
            took = _ask(server, clients, seconds=SECONDS)
            runs[name].cpu.append((server.cpu_seconds() - before) / len(took))
            runs[name].rates.append(len(took) / SECONDS)
            runs[name].took += took
    return runs


def _ask(server: Served, clients: list[dict[str, Any]], *, seconds: float) -> list[float]:
    told = json.dumps({"port": server.port, "clients": clients, "seconds": seconds})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._load"], input=told, capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    for client, revision in zip(clients, answer["revisions"], strict=True):
        client["revision"] = revision
    return list(answer["took"])
