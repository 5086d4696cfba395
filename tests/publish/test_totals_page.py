"""The page of totals: bounds, grades apart, breakdowns, and links to what leaves most open."""

from __future__ import annotations

from pathlib import Path

import publish_examples
from lxml import html


def said(node: html.HtmlElement) -> str:
    """The words of an element, on one line."""
    return " ".join(node.text_content().split())


def test_totals_page_states_bounds_and_keeps_grades_apart(record: publish_examples.World, site: Path) -> None:
    """The page of totals adds what the record holds: better grades, other grades and running totals apart, broken down by
    month, place, party, grade and kind; what leaves most open links to its incident; names kept back stay so."""
    page = html.fromstring((site / "totals.html").read_text(encoding="utf-8"))
    held = [one for one in record.dossiers if one.incident.kind != "total"]
    better = [one for one in held if one.assessment.grade in ("confirmed", "fair")]
    rows = {said(row.xpath("th")[0]): [said(cell) for cell in row.xpath("td")] for row in page.xpath("//section[1]//tbody/tr")}  # fmt: skip
    others = next(cells for label, cells in rows.items() if "weak" in label)
    assert int(others[0]) == len(held) - len(better)
    if better:
        assert int(rows["Graded confirmed or fair"][0]) == len(better)
    assert "outer bound" in said(page.xpath("//header[@class='lead']")[0])
    months = [[said(cell) for cell in row.xpath("th|td")] for row in page.xpath("//section[@aria-labelledby='by-month']//tbody/tr")]  # fmt: skip
    assert sum(int(cells[2]) for cells in months) == len(held)
    assert page.xpath("//section[@aria-labelledby='by-actor']//tbody/tr")
    links = page.xpath("//section[@aria-labelledby='open']//a/@href")
    assert links
    assert all((site / link).is_file() for link in links)
