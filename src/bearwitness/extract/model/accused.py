"""Which event a denial is of: that of which the denier, or somebody of his country, is accused.

The network groups a denial with what stands near it, which in a report with accusations of two sides is often the other side's.
"""

from __future__ import annotations

from collections.abc import Iterable

from bearwitness.extract.drafts import Draft, key
from bearwitness.extract.model.events import Told
from bearwitness.gazetteer import Gazetteer


def where(told: Iterable[Told], home: Told, draft: Draft, gazetteer: Gazetteer) -> Told:
    """``home``; but of a denial of having done it, where nobody of that name or country is accused there, the first event of
    which somebody is."""
    if draft.about != "perpetrator" or draft.stance != "denies":
        return home
    who = _parties(draft, gazetteer)

    def laid(event: Told) -> bool:
        return any(
            one.about == "perpetrator"
            and one.stance == "asserts"
            and not one.proposed
            and bool(who & _parties(one, gazetteer))
            for one in event.drafts
        )

    return home if laid(home) else next((event for event in told if laid(event)), home)


def undone(draft: Draft) -> bool:
    """Whether it says that the event did not happen."""
    return draft.about == "occurred" and draft.stance == "denies"


def _parties(draft: Draft, gazetteer: Gazetteer) -> set[str]:
    """A culprit's name, and the countries in it."""
    names = (draft.value or "").split()
    countries = {gazetteer.country(name) for name in names if name[:1].isupper()}
    return {name for name in (key(draft.value), *countries) if name}
