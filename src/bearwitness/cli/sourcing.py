"""``show --sources``: from the reports of an incident to the origins they go back to, with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bearwitness.cli.say import line, plain, shorten
from bearwitness.cli.showing import QUOTE, SHORT_ID, carrier

if TYPE_CHECKING:
    from bearwitness.record import Assessment, Dossier, Origin, Report, Tie

SIDES = {
    "accused": "on the side of the accused",
    "victims": "on the side of the victims",
    "third": "on neither side",
    "none": "in its own voice",
}


def sources(dossier: Dossier) -> None:
    """Print the graph of origins and what each field rests on."""
    weighed = dossier.assessment
    line((plain(dossier.incident.title), "bold"))
    line(plain(weighed.origins_sentence), indent=2)
    independence = weighed.independence.replace("_", " ")
    line(f"independence: {independence}. {plain(weighed.independence_sentence)}", indent=2)
    line("")
    line(("What each field rests on", "bold"))
    for one in weighed.backing:
        field = f"{one.about} {one.value}" if one.value else one.about
        line(f"{plain(field)}: {one.independence.replace('_', ' ')}. {plain(one.sentence)}", indent=2)
    reports = {report.id: report for report in dossier.reports}
    names = {origin.key: origin.name for origin in weighed.origins}
    for origin in sorted(weighed.origins, key=lambda one: (not one.named, -len(one.reports), one.key)):
        _origin(origin, reports, names)


def _origin(origin: Origin, reports: dict[str, Report], names: dict[str, str]) -> None:
    line("")
    counted = "" if origin.named else "; confirms nothing"
    if origin.rests_on is not None:
        counted = f"; repeats {names[origin.rests_on]}"
    carried = f"{len(origin.reports)} report{'' if len(origin.reports) == 1 else 's'}"
    line((f"{plain(origin.name)}: ", "bold"), plain(f"{SIDES[origin.side]}, {carried}{counted}"))
    ties: dict[str, list[Tie]] = {}
    for tie in origin.ties:
        ties.setdefault(tie.first, []).append(tie)
    for first, told in ties.items():
        if first in reports:
            line(f"{first[:SHORT_ID]}  {plain(carrier(reports[first]))}", indent=2)
        for tie in told:
            quote = f" “{shorten(tie.words, QUOTE)}”" if tie.words else ""
            line(plain(f"{tie.sentence}{quote}"), (f" [{tie.code}]", "dim"), indent=6)


def as_values(weighed: Assessment) -> dict[str, object]:
    """The same for other programs."""
    return {
        "incident": weighed.incident,
        "origins_sentence": weighed.origins_sentence,
        "independence": weighed.independence,
        "independence_sentence": weighed.independence_sentence,
        "backing": weighed.backing,
        "origins": weighed.origins,
    }
