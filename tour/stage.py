"""What every act has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tour.caller import Answer
from tour.cast import Cast
from tour.narrator import Narrator
from tour.stream import LiveFigures
from tour.witness import Seen, Witness

PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`messages` is the file in which the demo city's text messages arrive; `pictures` keeps the squares."""

    narrator: Narrator
    witness: Witness
    live: LiveFigures
    cast: Cast
    messages: Path
    pictures: Path
    chance: Random

    def saw(self, answer: Answer, kind: str, count: int = 1) -> list[Seen]:
        """The events of this type that `answer` caused, read from the log. None seen is a failure."""
        kind = f"cn.yicha.{kind}"
        seen = self.witness.caused_by(answer.correlation_id, kind, PATIENCE_SECONDS, count)
        if len(seen) >= count:
            self.narrator.event(kind, len(seen), max(0.0, seen[count - 1].at - answer.at))
        else:
            self.narrator.check(
                f"{answer.method} {answer.path} 应引出事件 {kind}", False, f"只见到 {len(seen)} 个"
            )
        return seen

    def keep(self, name: str, picture: bytes) -> Path:
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / name
        path.write_bytes(picture)
        return path
