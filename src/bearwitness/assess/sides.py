"""Whose side a speaker is on: the accused, the victims, or neither. Both first ones are interested.

The accused are whoever a standing claim names as perpetrator. A speaker is on their side if the words name
the same party, or if the role says so. Officials of the country where it happened are on the victims' side
when another state or a named group is accused, and on the accused side when their own state is. Bystanders,
hospitals, rescuers, monitors and international bodies are third unless they belong to the accused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .. import parties

if TYPE_CHECKING:
    from ..record import Claim, Side, Speaker
    from .case import Case

_OFFICIAL = frozenset({"state_authority", "local_official"})
_FIGHTING = frozenset({"claimant_group", "party_perpetrator_alleged", "party_victim_side"})
NAMES: dict[Side, str] = {
    "accused": "the side of the accused",
    "victims": "the side of the victims",
    "third": "neither side",
    "none": "no named source",
}


@lru_cache(maxsize=4096)
class Sides:
    """The sides of one incident."""

    def __init__(self, case: Case) -> None:
        self.home = case.incident.country
        named = [
            parties.party(claim.value or "")
            for claim in case.about("perpetrator")
            if claim.stance == "asserts"
        ]
        self.accused = sorted(set(named), key=lambda party: sorted(party.words))
        self.home_accused = any(self._is_home(party) for party in self.accused)
        spoken = [claim.speaker for claim in case.live if claim.speaker is not None]
        # Whoever speaks as a fighting party, or for a state, shows that the actor of that name is one.
        self._sworn = [
            parties.of_speaker(speaker)
            for speaker in spoken
            if speaker.role in _FIGHTING or (speaker.role in _OFFICIAL and speaker.country)
        ]
        self.other_accused = any(self._is_party(party) and not self._is_home(party) for party in self.accused)

    def _is_party(self, party: parties.Party) -> bool:
        """Whether a named actor is a state or an armed group, and so a party to a conflict (a firm is not)."""
        if party.generic:
            return False
        if party.country or party.group or party.state is not None:
            return True
        return any(parties.same(sworn, party) for sworn in self._sworn)

    def _is_home(self, party: parties.Party) -> bool:
        """Whether a party is the state where it happened ("police" with no more said is taken for it)."""
        if not party.state:
            return False
        return party.country == self.home if party.country else not party.marks and not party.group

    def of(self, speaker: Speaker | None) -> Side:
        """The side of ``speaker``; ``none`` for an outlet's own voice."""
        if speaker is None:
            return "none"
        party = parties.of_speaker(speaker)
        if speaker.role == "party_perpetrator_alleged" or self._accused(party):
            return "accused"
        if speaker.role in ("party_victim_side", "victim_family"):
            return "victims"
        if speaker.role == "claimant_group":
            return "victims" if self.accused else "accused"
        official = speaker.role in _OFFICIAL or (speaker.role == "unknown" and party.country is not None)
        if official and (party.country is None or party.country == self.home):
            # Named officials of another state, whose country was not found, carry its name in their words.
            if self.home_accused and not self.other_accused:
                return "accused"
            return "victims" if self.other_accused else "third"
        return "third"

    def _accused(self, party: parties.Party) -> bool:
        return any(parties.same(party, accused) for accused in self.accused)

    def boast(self, claim: Claim) -> bool:
        """Whether a party reports deaths as its own success: a count by the accused side of others' dead that
        concedes no civilians. An armed group's count of those it attacked always is one."""
        if claim.speaker is None or self.of(claim.speaker) != "accused":
            return False
        return claim.speaker.role == "claimant_group" or claim.group != "civilian"

    def counts_nobody(self, claim: Claim) -> bool:
        """Whether the accused side counts nobody, which is a denial in other words."""
        return claim.high == 0 and self.of(claim.speaker) == "accused"

    def concedes(self, claim: Claim) -> bool:
        """Whether the accused side itself counts civilian dead."""
        return self.of(claim.speaker) == "accused" and not self.boast(claim) and bool(claim.low)
