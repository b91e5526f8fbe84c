"""Who wrote a letter and whom it is sent to, as tasks need it: whom words that only point at somebody mean."""

from __future__ import annotations

from dataclasses import dataclass

from extract.components.actors import is_generic
from extract.components.task_sentences import called, sends
from extract.components.task_words import data
from extract.records import Header

_LEVELS = ("Tỉnh", "Thành phố", "Huyện", "Thị xã", "Quận", "Xã", "Phường", "Thị trấn")


@dataclass(frozen=True, slots=True)
class Office:
    """The office that issued a letter.

    `header` is the head of the letter, `text` its running text, in which the issuer may be named in short.
    """

    header: Header
    text: str

    @property
    def date(self) -> str | None:
        """Date of the letter as ISO text."""
        return self.header.date

    @property
    def recipients(self) -> tuple[str, ...]:
        """Those the letter is sent to."""
        return self.header.recipients

    def own(self) -> tuple[str, ...]:
        """Who acts where a report or plan names nobody: whoever issued it."""
        issuer = self.header.issuer
        return (called(issuer, self.text),) if issuer else ()

    def resolve(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Those the letter is sent to where the actors are only pointed at ("các đơn vị")."""
        recipients = self.header.recipients
        if len(actors) == 1 and actors[0] in _LEVELS:
            return self._of_level(actors[0].lower()) or actors
        return recipients if recipients and is_generic(actors) else actors

    def _of_level(self, level: str) -> tuple[str, ...]:
        """The office a level of administration stands for where it alone is named: the issuer, or a recipient."""
        if f" {level} " in f" {(self.header.issuer or '').lower()} ":
            return self.own()
        named = (name for name in self.header.recipients if f" {level}" in name.lower() and "các" not in name.lower())
        return tuple(named)

    def is_own(self, actors: tuple[str, ...]) -> bool:
        """Whether actors are the issuer, or its head ("Chủ tịch UBND tỉnh")."""
        own = (self.own() or ("",))[0].lower()
        return bool(own) and len(actors) == 1 and actors[0].lower().removeprefix("chủ tịch ") == own

    def sends(self, actors: tuple[str, ...], rest: str) -> bool:
        """Whether a sentence says what the letter itself does ("Sở Nội vụ thông báo để các đơn vị biết")."""
        return sends(actors, rest, (self.header.issuer or "").lower())

    def orders_by_kind(self) -> bool:
        """Whether the letter is of a kind that orders: what bodies do by its items, they are to do."""
        return (self.header.doc_type or "").lower() in data("ordering_kinds")
