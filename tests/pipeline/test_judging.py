"""Judgements: what a person decides changes the incidents, and can be taken back."""

from __future__ import annotations

import pytest

from bearwitness import extract, pipeline
from bearwitness.errors import InputError
from bearwitness.record import Judgement, Reading
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

WHO = {"by": "A. Reviewer", "why": "seen in both"}


def ids(ledger: Ledger) -> list[str]:
    """The ids of all incidents, in order."""
    return [incident.id for incident in ledger.incidents()]


def views(ledger: Ledger) -> list[str]:
    """All derived rows."""
    return list(ledger.dump_views())


def test_same_joins_and_unsure_takes_it_back(ledger: Ledger, clock: FixedClock) -> None:
    """Two incidents judged the same become one; judged unsure, the rules decide again."""
    one, other = ids(ledger)
    judged = pipeline.judge(ledger, "same", (one, other), **WHO, clock=clock)
    assert (len(judged.before), len(judged.after)) == (2, 1)
    assert ids(ledger) == list(judged.after)
    joined = pipeline.dossier(ledger, judged.after[0])
    assert joined.judgements == (judged.judgement,)
    assert "A. Reviewer held two mentions to be one event: seen in both" in [
        e.sentence for e in joined.history
    ]
    back = pipeline.judge(ledger, "unsure", judged.judgement.subject, **WHO, clock=clock)
    assert back.judgement.after == judged.judgement.id
    assert ids(ledger) == [one, other]


def test_different_parts_and_same_joins_again(ledger: Ledger, clock: FixedClock) -> None:
    """Mentions the rules joined are parted by a judgement, and joined again by the next."""
    incident = max(ledger.incidents(), key=lambda found: len(found.mentions))
    pair = incident.mentions[:2]
    parted = pipeline.judge(ledger, "different", pair, **WHO, clock=clock)
    assert len(parted.after) == 2
    assert len(ids(ledger)) == 3
    joined = pipeline.judge(ledger, "same", pair, **WHO, clock=clock)
    assert joined.after == (incident.id,)
    assert len(ids(ledger)) == 2


def test_reject_and_accept(ledger: Ledger, clock: FixedClock) -> None:
    """A rejected claim counts nowhere; accepted again, everything is as it was but for the judgements."""
    kenema = next(one for one in pipeline.dossiers(ledger) if one.assessment.killed.high == 14)
    (claim,) = [one for one in kenema.claims if one.about == "killed" and one.low == 14]
    pipeline.judge(ledger, "reject", (claim.id,), **WHO, clock=clock)
    after = pipeline.dossier(ledger, kenema.incident.id).assessment
    assert (after.killed.low, after.killed.high) == (12, 12)
    assert claim.id in [reason.claim for reason in after.killed.left_out]
    pipeline.judge(ledger, "accept", (claim.id[:12],), **WHO, clock=clock)
    assert pipeline.dossier(ledger, kenema.incident.id).assessment == kenema.assessment


def test_correct(ledger: Ledger, clock: FixedClock) -> None:
    """A corrected claim counts as corrected; the claim as read stays in the journal."""
    kenema = next(one for one in pipeline.dossiers(ledger) if one.assessment.killed.high == 14)
    (claim,) = [one for one in kenema.claims if one.about == "killed" and one.low == 14]
    pipeline.judge(ledger, "correct", (claim.id,), correction={"low": 15, "high": 15}, **WHO, clock=clock)
    assert pipeline.dossier(ledger, kenema.incident.id).assessment.killed.high == 15
    assert ledger.get(claim.id) == claim


def test_what_was_shown_is_kept(ledger: Ledger, clock: FixedClock) -> None:
    """A judgement keeps who, why, when, and the words the person decided on."""
    incident = next(ledger.incidents())
    judged = pipeline.judge(ledger, "same", incident.mentions[:2], **WHO, clock=clock)
    (kept,) = ledger.records(Judgement)
    assert kept == judged.judgement
    assert (kept.by, kept.why, kept.at) == ("A. Reviewer", "seen in both", "2026-01-02T12:00:00Z")
    assert kept.shown.count("“") == 2


def test_a_judgement_survives_rebuilding(ledger: Ledger, clock: FixedClock) -> None:
    """Incidents follow from judgements too: rebuilding gives the judged state."""
    one, other = ids(ledger)
    pipeline.judge(ledger, "same", (one, other), **WHO, clock=clock)
    assert pipeline.rebuild(ledger).unchanged
    assert len(ids(ledger)) == 1


@pytest.mark.parametrize(
    ("verdict", "subject", "more", "words"),
    [
        ("same", ("zz", "m"), {}, "not an id"),
        ("same", ("m0123456789abcdef", "i"), {}, "nothing in the ledger"),
        ("same", ("INCIDENT", "INCIDENT"), {}, "one and the same"),
        ("same", ("INCIDENT", "CLAIM"), {}, "this needs a mention or an incident"),
        ("reject", ("INCIDENT",), {}, "this needs a claim"),
        ("reject", ("CAPTURE",), {}, "is a capture; this needs a claim"),
        ("correct", ("CLAIM",), {"correction": {"low": 9, "high": 3}}, "makes no sense"),
        ("correct", ("CLAIM",), {"correction": {"words": "x"}}, "cannot be corrected"),
        ("reject", ("CLAIM",), {"by": "  "}, "--by is empty"),
        ("reject", ("CLAIM",), {"why": ""}, "--why is empty"),
    ],
)
def test_mistakes_are_told(
    ledger: Ledger, verdict: str, subject: tuple[str, ...], more: dict[str, object], words: str
) -> None:
    """An operator's mistake is one clear error, and nothing is kept."""
    dossier = next(pipeline.dossiers(ledger))
    claim = next(claim for claim in dossier.claims if claim.about == "killed")
    names = {"INCIDENT": dossier.incident.id, "CLAIM": claim.id, "CAPTURE": dossier.reports[0].capture}
    before = ledger.head()
    with pytest.raises(InputError, match=words):
        pipeline.judge(ledger, verdict, [names.get(name, name) for name in subject], **(WHO | more))  # type: ignore[arg-type]
    assert ledger.head() == before


def test_what_an_earlier_reader_found_is_not_judged(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mention or claim that counts no more cannot be judged: the error says so."""
    dossier = next(pipeline.dossiers(ledger))
    mention, claim = dossier.mentions[0].id, dossier.claims[0].id
    monkeypatch.setattr(extract, "READER", "rules/next")
    monkeypatch.setattr(extract, "extract", lambda report, gazetteer: Reading())
    assert pipeline.update(ledger).incidents == 0
    with pytest.raises(InputError, match="in no incident"):
        pipeline.judge(ledger, "same", (mention, mention), **WHO)
    with pytest.raises(InputError, match="earlier reader"):
        pipeline.judge(ledger, "reject", (claim,), **WHO)


def test_history_is_in_the_order_of_time(ledger: Ledger, clock: FixedClock) -> None:
    """The history of an incident begins with its reports and goes on with what was decided later."""
    one, other = ids(ledger)
    clock.move(hours=3)
    judged = pipeline.judge(ledger, "same", (one, other), **WHO, clock=clock)
    history = pipeline.dossier(ledger, judged.after[0]).history
    assert [event.what for event in history] == ["report"] * 4 + ["judgement"]
    assert history[-1].at == "2026-01-02T15:00:00Z"


def test_judgements_that_clash_are_told_in_the_history(ledger: Ledger, clock: FixedClock) -> None:
    """A, B and C held to be one event by two judgements, and A and C two by a third: the incident says so."""
    incident = max(ledger.incidents(), key=lambda found: len(found.mentions))
    other = next(found for found in ledger.incidents() if found.id != incident.id)
    first, second, third = incident.mentions[0], incident.mentions[1], other.mentions[0]
    for verdict, one, two in (("same", first, second), ("same", second, third), ("different", first, third)):
        pipeline.judge(ledger, verdict, tuple(sorted((one, two))), **WHO, clock=clock)
    told = [event.sentence for found in pipeline.dossiers(ledger) for event in found.history]
    assert any(sentence.startswith("Problem judgements_conflict: ") for sentence in told)
