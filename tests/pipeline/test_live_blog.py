"""A live blog from its page to its toll: entries about one event are one incident, and the later figure counts."""

from __future__ import annotations

from pathlib import Path

from bearwitness import pipeline
from bearwitness.store import Ledger

ENTRY = '<article><h2>{title}</h2><time datetime="{when}">x</time><p>{text}</p></article>'
TOLD = (
    ("Toll rises", "2021-03-10T15:00:00Z", "The bomb at the market in Kenema killed five people on Wednesday, police said."),
    ("Bomb at market", "2021-03-10T09:00:00Z", "A bomb at the market in Kenema killed three people on Wednesday, police said."),
)  # fmt: skip


def test_the_later_entry_counts(tmp_path: Path) -> None:
    """Police said three at nine and five at three: five, and the three is superseded, not another event's."""
    page = (
        "<html><head><title>Live: blast in Sierra Leone</title></head><body><main class='live-blog'>"
        + "".join(ENTRY.format(title=title, when=when, text=text) for title, when, text in TOLD)
    )
    (tmp_path / "live.html").write_text(page + "</main></body></html>", "utf-8")
    with Ledger.create(tmp_path / "ledger") as ledger:
        pipeline.add(ledger, [tmp_path / "live.html"], {"outlet": "Coast Wire"})
        pipeline.update(ledger)
        found = [one for one in pipeline.dossiers(ledger) if one.assessment.killed.best]
    assert len(found) == 1
    killed = found[0].assessment.killed
    assert (killed.low, killed.best, killed.high) == (5, 5, 5)
    assert [reason.code for reason in killed.left_out] == ["superseded"]
