"""The site in a real browser, from the file system, with no network."""

from __future__ import annotations

import re
from pathlib import Path

import publish_examples
import pytest
import shoot

pytestmark = pytest.mark.browser

WATCH = """<!DOCTYPE html><title>watch</title><iframe id="f" width="{width}" height="900"></iframe><pre id="out"></pre>
<script>
const f = document.getElementById("f"), out = document.getElementById("out");
f.onload = () => setTimeout(() => {{
  const d = f.contentDocument, w = f.contentWindow;
  {script}
}}, 300);
f.src = "{address}";
</script>"""


def ask(page: Path, script: str, tmp_path: Path, width: int = 1280) -> tuple[str, str]:
    """What ``script`` puts into ``out`` with ``page`` in a frame of ``width``, and what the console said."""
    watch = tmp_path / "watch.html"
    watch.write_text(WATCH.format(width=width, address=page.as_uri(), script=script), encoding="utf-8")
    done = shoot.run(
        "--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000", "--dump-dom", address=watch.as_uri()
    )
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.S)
    assert found, done.stderr
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return found[1], console


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    """The browser must be on the machine that runs these tests."""
    assert shoot.browser(), "Chromium is missing: apt-get install chromium"


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_open_without_errors_and_fit(
    site: Path, record: publish_examples.World, tmp_path: Path, width: int
) -> None:
    """Front, incident, report and method pages load from file:// with styles and typeface, without a console
    message, and no wider than the window."""
    main = record.dossiers[0]
    script = """
      d.fonts.ready.then(() => {
        const loaded = [...d.fonts].filter(font => font.status === "loaded").length;
        out.textContent = [d.documentElement.scrollWidth, loaded > 0, w.getComputedStyle(d.body).fontFamily.slice(0, 6)].join("|");
      });"""
    for page in (
        "index.html",
        "method.html",
        f"incidents/{main.incident.id}.html",
        f"reports/{main.reports[0].id}.html",
    ):
        answer, console = ask(site / page, script, tmp_path, width)
        assert console == ""
        wide, fonts, family = answer.split("|")
        assert int(wide) <= width, f"{page} is {wide} wide"
        assert fonts == "true"
        assert "Sans" in family


def test_search_sort_and_map_work_by_script(site: Path, tmp_path: Path) -> None:
    """Typing narrows the list and says how many are left; a header sorts; the map's button zooms."""
    script = """
      const search = d.getElementById("find");
      search.value = "omerkoy"; search.dispatchEvent(new w.Event("input"));
      const left = [...d.querySelectorAll("table[data-list] tbody tr")].filter(row => !row.hidden).length;
      search.value = ""; search.dispatchEvent(new w.Event("input"));
      d.querySelector('th[data-sort="killed"] button').click();
      const most = d.querySelector("table[data-list] tbody tr").dataset.killed;
      const map = d.querySelector("svg.map"), before = map.getAttribute("viewBox");
      d.querySelector(".controls button").click();
      out.textContent = [left, most, before !== map.getAttribute("viewBox"),
        d.querySelector('th[aria-sort]').getAttribute("aria-sort")].join("|");"""
    answer, console = ask(site / "index.html", script, tmp_path)
    assert console == ""
    assert answer == "2|18|true|descending"


def test_a_link_to_words_lights_them(site: Path, record: publish_examples.World, tmp_path: Path) -> None:
    """Following a claim's words from the incident lights exactly those words in the report."""
    claim = record.shelves[0].claims[2]
    script = f"""
      w.location.hash = "{claim.id}";
      setTimeout(() => {{ out.textContent = [...d.querySelectorAll("mark.lit")].map(m => m.textContent).join(""); }}, 200);"""
    answer, console = ask(site / "reports" / f"{claim.report}.html", script, tmp_path)
    assert console == ""
    assert answer == claim.words


def test_nothing_in_a_hostile_report_runs(site: Path, record: publish_examples.World, tmp_path: Path) -> None:
    """A report full of markup runs nothing and makes no element of its own."""
    hostile = record.shelves[3].report
    script = 'out.textContent = [d.scripts.length, d.images.length, d.querySelectorAll("[onmouseover]").length].join("|");'
    answer, console = ask(site / "reports" / f"{hostile.id}.html", script, tmp_path)
    assert console == ""
    assert answer == "1|0|0"


def test_an_incident_prints(site: Path, record: publish_examples.World, tmp_path: Path) -> None:
    """An incident prints to a PDF of a few pages."""
    page = site / "incidents" / f"{record.dossiers[0].incident.id}.html"
    shoot.run(f"--print-to-pdf={tmp_path / 'out.pdf'}", "--no-pdf-header-footer", address=page.as_uri())
    data = (tmp_path / "out.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 6
