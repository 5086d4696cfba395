"""The pages: whole, linked, escaped, self-contained, and true to the words of every claim."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import publish_examples
import pytest
from lxml import etree, html

from bearwitness import publish
from bearwitness.errors import InputError
from bearwitness.publish import words
from bearwitness.record import COUNTS, Dossier


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def tree(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_text(encoding="utf-8"))


def incident_page(site: Path, record: publish_examples.World, title: str) -> html.HtmlElement:
    found = next(d for d in record.dossiers if title in d.incident.title)
    return tree(site / "incidents" / f"{found.incident.id}.html")


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_page_is_well_formed(site: Path) -> None:
    """Each page, void elements closed, is well-formed XML: no tag is open or crossed, whatever the reports hold."""
    for page in pages(site):
        text = page.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n")
        closed = re.sub(r"<(meta|link|input|img|br|hr)\b([^>]*)>", r"<\1\2/>", text)
        for bare in (
            "hidden",
            "defer",
            "download",
            "data-map",
            "data-finder",
            "data-found",
            "data-list",
            "data-none",
        ):
            closed = re.sub(rf"(<[^>]*?\s){bare}(?=[\s>/])", rf'\1{bare}=""', closed)
        etree.fromstring(closed.encode())


def test_every_link_leads_somewhere(site: Path) -> None:
    """Every relative link and anchor of every page exists inside the site."""
    anchors = {page: {e.get("id") for e in tree(page).iter() if e.get("id")} for page in pages(site)}
    followed = 0
    for page in pages(site):
        for element in tree(page).iter():
            address = element.get("href") or element.get("src")
            if address is None or element.get("rel") == "external noreferrer nofollow noopener":
                continue
            path, anchor = urldefrag(unquote(address))
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), f"{page.name} links to {address}"
            assert site in target.parents
            if anchor and target.suffix == ".html":
                assert anchor in anchors[target], f"{page.name} links to {address}"
            followed += 1
    assert followed > 500


def test_nothing_is_asked_of_the_network(site: Path) -> None:
    """No page, style or script loads anything from outside; only a source's own address may be a plain link."""
    for page in pages(site):
        for element in tree(page).iter():
            for name, value in element.attrib.items():
                assert not name.startswith("on"), f"{page.name}: {name}"
                assert name not in ("style", "srcset", "poster", "formaction", "background")
                if name in ("src", "href") and re.match(r"[a-z]+:|//", value):
                    assert element.tag == "a"
                    assert element.get("rel") == "external noreferrer nofollow noopener"
                    assert value.startswith(("https://", "http://"))
        policy = tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
    for file in (*site.rglob("*.css"), *site.rglob("*.js")):
        assert not re.search(
            r"https?://|//[a-z]|@import|fetch\(|XMLHttp|eval\(|innerHTML",
            re.sub(r"// .*", "", file.read_text()),
        )


def test_hostile_text_stays_text(site: Path) -> None:
    """Markup in a report, title, outlet, speaker or value is shown as text and makes no element."""
    for page in pages(site):
        found = tree(page)
        assert not found.xpath("//img | //i | //b[@onmouseover] | //iframe | //object | //form | //base")
        assert all(script.get("src") and not script.text for script in found.iter("script"))
        assert "javascript:" not in str(found.xpath("//@href"))
    source = "\n".join(page.read_text(encoding="utf-8") for page in pages(site))
    assert "&lt;script&gt;alert(&#34;headline&#34;)&lt;/script&gt;" in source
    assert "\x00" not in source
    assert "\x07" not in source


def test_templates_never_switch_escaping_off() -> None:
    """No template marks a value as safe, and none holds a script, a style or a handler of its own."""
    folder = Path(publish.__file__).parent / "templates"
    for template in folder.iterdir():
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|<style|\sstyle=|\son[a-z]+=", text), template.name
        assert not re.search(r"<script(?![^>]*src=)", text), template.name


def test_titles_with_direction_marks_are_isolated(site: Path) -> None:
    """Text of reports stands in bdi elements, so that its direction marks end with it."""
    page = tree(site / "index.html")
    turned = [e for e in page.iter() if e.text and "\u202e" in e.text and e.tag not in ("title",)]
    assert turned
    assert all(e.tag == "bdi" or e.getparent().tag == "bdi" for e in turned if e.tag not in ("desc", "text"))


def test_every_mark_holds_exactly_the_words_of_its_claims(
    record: publish_examples.World, tmp_path: Path
) -> None:
    """The marked pieces of a claim, put together, are its words, however claims overlap (the span law, shown)."""
    open_profile = publish.Profile(include_names=True)
    publish.site(
        record.dossiers, record.shelves, tmp_path / "s", made=publish_examples.MADE, profile=open_profile
    )
    for shelf in record.shelves:
        page = tree(tmp_path / "s" / "reports" / f"{shelf.report.id}.html")
        for claim in shelf.claims:
            marks = [m for m in page.iter("mark") if claim.id in (m.get("data-claims") or "").split()]
            assert "".join(m.text_content() for m in marks) == claim.words
            assert len(page.xpath(f"//mark//*[@id='{claim.id}']")) == 1


def test_overlapping_claims_share_a_piece(site: Path, record: publish_examples.World) -> None:
    """Where two claims overlap, the shared piece carries both, and elements never cross."""
    main = record.shelves[0]
    page = tree(site / "reports" / f"{main.report.id}.html")
    assert any(len(m.get("data-claims").split()) == 2 for m in page.xpath("//mark[@data-claims]"))


def test_incident_page_shows_range_ledger_and_matrix(site: Path, record: publish_examples.World) -> None:
    """The page of the main incident shows range and why, every claim with its fate, denial, related and history."""
    page = incident_page(site, record, "Rocket attack on Lumen")
    text = said(page)
    assert "12–14" in text
    assert "The hospital counted 14 bodies" in text
    assert "Not counted" in text
    assert "the Prosecutor General's Office of Verania" in text
    assert "✕ denies of itself" in text
    assert "as relayed by Orin Taskel" in text
    assert "contested" in text
    assert "Earlier rocket attack on a building in Lumen" in text
    assert "Every figure comes from officials of one side" in text
    assert "Both tell of a strike on Lumen" in text
    assert "R. Editor: the two reports tell of one event." in text
    assert "The toll may change" in text
    dossier = record.dossiers[0]
    for claim in dossier.claims:
        assert page.xpath(f"//a[@href='../reports/{claim.report}.html#{claim.id}']"), claim.words


def test_a_denial_shows_beside_related_incidents(site: Path, record: publish_examples.World) -> None:
    """A related incident is never shown without who is named for it and who denies it."""
    text = said(incident_page(site, record, "Earlier rocket attack"))
    assert re.search(r"Sorland[^:]*: named by [^;]+; denied by [^.]*Sorland", text)


def test_no_claim_is_missing_from_its_incident(site: Path, record: publish_examples.World) -> None:
    """Each claim of an incident stands on its page with a link to its words, counted or not."""
    for dossier in record.dossiers:
        links = set(tree(site / "incidents" / f"{dossier.incident.id}.html").xpath("//a/@href"))
        assert {f"../reports/{c.report}.html#{c.id}" for c in dossier.claims} <= links


def test_status_is_never_worded_as_fact(site: Path, record: publish_examples.World) -> None:
    """Foiled and disputed events are told as what is said."""
    assert "Said to have been foiled" in said(incident_page(site, record, "Mirador"))
    assert "Disputed. Whether this happened at all is disputed" in said(
        incident_page(site, record, "Sorland")
    )


def test_unknown_is_not_zero(site: Path, record: publish_examples.World) -> None:
    """A toll that no report tells is "not known"; a stated zero is 0."""
    assert "Injured, as claimed Not known" in said(incident_page(site, record, "alert"))
    zero = next(d for d in record.dossiers if d.assessment.killed.best == 0)
    page = tree(site / "incidents" / f"{zero.incident.id}.html")
    assert page.xpath("//p[@class='big']")[0].text == "0"


def test_unknown_year_and_unfound_place_are_said(site: Path, record: publish_examples.World) -> None:
    """A date without a year and a place that was not found are named as such, and no map is drawn."""
    page = incident_page(site, record, "alert")
    assert "No report states the year, and none was guessed." in said(page)
    assert "Place not found" in said(page)
    assert not page.xpath("//svg[contains(@class, 'map')]")


@pytest.mark.parametrize(
    ("title", "dots", "areas", "nations"), [("Rocket", 1, 0, 0), ("Mirador", 0, 1, 0), ("Sorland", 0, 0, 1)]
)
def test_map_shows_precision(
    site: Path, record: publish_examples.World, title: str, dots: int, areas: int, nations: int
) -> None:
    """A town is a dot, a province a circle, a country a shaded shape: never a pin where no point is known."""
    drawn = incident_page(site, record, title).xpath("//svg[@class='map']")[0]
    assert len(drawn.xpath(".//circle[@class='dot']")) == dots
    assert len(drawn.xpath(".//circle[@class='area']")) == areas
    assert len(drawn.xpath(".//path[@class='nation']")) == nations


def test_left_out_text_is_folded_and_named(site: Path, record: publish_examples.World) -> None:
    """Furniture of the page is on the report page, folded away and labelled, outside the article."""
    page = tree(site / "reports" / f"{record.shelves[0].report.id}.html")
    folded = page.xpath("//details[@class='furniture']")[0]
    assert folded.get("open") is None
    assert "headlines of other pages" in said(folded)
    assert "An Alleged Attack on a Residence" in said(folded)


def test_private_names_are_withheld_everywhere(site: Path, record: publish_examples.World) -> None:
    """A victim's and a relative's name stands in no page and no file; officials' names stay."""
    for file in site.rglob("*"):
        if file.suffix in (".html", ".xml", ".csv", ".jsonl", ".geojson"):
            text = file.read_text(encoding="utf-8")
            assert "Elsin" not in text, file
    page = incident_page(site, record, "Rocket attack on Lumen")
    assert "a named person" in said(page)
    assert "Withheld:" in said(page)
    assert "Orin Taskel" in said(page)


def test_names_are_shown_when_the_profile_says_so(record: publish_examples.World, tmp_path: Path) -> None:
    """With include_names the names stand as written."""
    profile = publish.Profile(include_names=True)
    publish.site(record.dossiers, record.shelves, tmp_path / "s", made=publish_examples.MADE, profile=profile)
    assert "Tavi Elsin" in said(incident_page(tmp_path / "s", record, "Rocket attack on Lumen"))


def test_excerpts_leave_out_paragraphs_without_claims(record: publish_examples.World, tmp_path: Path) -> None:
    """Without full_text a report page shows only paragraphs that hold a claim, and says so."""
    profile = publish.Profile(full_text=False)
    publish.site(record.dossiers, record.shelves, tmp_path / "s", made=publish_examples.MADE, profile=profile)
    page = tree(tmp_path / "s" / "reports" / f"{record.shelves[0].report.id}.html")
    assert "search under the rubble" not in said(page)
    assert "killed 12 people" in said(page)
    assert "characters with no claim are not shown" in said(page)


def test_folders_of_this_machine_are_not_told(record: publish_examples.World, tmp_path: Path) -> None:
    """A report read from a file is shown by the file's name, not by where it lay."""
    shelf = record.shelves[1]
    report = publish_examples.report(
        shelf.report.text, source="/somewhere/secret/norden.txt", outlet="Norden Wire"
    )
    moved = publish_examples.Shelf(report=report, mentions=(), claims=())
    publish.site([], [moved], tmp_path / "s", made=publish_examples.MADE)
    text = (tmp_path / "s" / "reports" / f"{report.id}.html").read_text()
    assert "norden.txt" in text
    assert "/somewhere" not in text


def test_front_page_lists_every_incident_and_is_light(site: Path, record: publish_examples.World) -> None:
    """The front page lists all incidents in a table that needs no script, within 250 kB map included."""
    page = tree(site / "index.html")
    assert len(page.xpath("//table[@data-list]/tbody/tr")) == len(record.dossiers)
    assert (site / "index.html").stat().st_size < 250_000


def test_headings_landmarks_and_labels(site: Path) -> None:
    """Each page has one h1, a skip link to its main part, named maps, scoped headers and labelled fields."""
    for page in pages(site):
        found = tree(page)
        assert len(found.xpath("//h1")) == 1
        assert found.xpath("//body/a[@class='skip' and @href='#main']")
        assert found.xpath("//main[@id='main']")
        assert found.get("lang") == "en"
        assert all(e.get("scope") for e in found.xpath("//th"))
        for drawing in found.xpath("//svg[not(@aria-hidden)]"):
            assert drawing.get("role") in ("img", "group")
            assert drawing.get("aria-label") or drawing.get("aria-labelledby")
        names = [e.get("id") for e in found.iter() if e.get("id")]
        assert len(names) == len(set(names)), f"{page}: an id stands twice"
        for field in found.xpath("//input | //select"):
            assert found.xpath(f"//label[@for='{field.get('id')}']")
        levels = [
            int(e.tag[1]) for e in found.iter() if isinstance(e.tag, str) and re.fullmatch(r"h[1-6]", e.tag)
        ]
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_feed_is_atom(site: Path) -> None:
    """The feed is well-formed Atom with address-free ids, instants and one link an entry."""
    feed = etree.parse(site / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    entries = feed.findall(f"{atom}entry")
    assert entries
    ids = [entry.findtext(f"{atom}id") or "" for entry in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in ids)
    for entry in (feed, *entries):
        assert entry.findtext(f"{atom}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext(f"{atom}updated") or "")
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None
        assert (site / (link.get("href") or "")).is_file()


def test_same_input_gives_the_same_bytes(site: Path, record: publish_examples.World, tmp_path: Path) -> None:
    """Publishing again writes every file byte for byte the same."""
    publish.site(iter(record.dossiers), iter(record.shelves), tmp_path / "again", made=publish_examples.MADE)
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()} == first


def test_the_order_of_dossiers_does_not_change_the_front_page(
    site: Path, record: publish_examples.World, tmp_path: Path
) -> None:
    """Lists and feed are sorted by date and id, whatever order dossiers come in."""
    publish.site(record.dossiers[::-1], record.shelves[::-1], tmp_path / "s", made=publish_examples.MADE)
    for name in ("index.html", "feed.xml", "incidents/index.html", "reports/index.html"):
        assert (tmp_path / "s" / name).read_bytes() == (site / name).read_bytes()


def test_an_earlier_site_is_replaced_whole(record: publish_examples.World, tmp_path: Path) -> None:
    """A site takes the place of an earlier one; nothing of the earlier one stays, nothing is left beside it."""
    folder = tmp_path / "site"
    publish.site(record.dossiers, record.shelves, folder, made=publish_examples.MADE)
    publish.site([], [], folder, made=publish_examples.MADE)
    assert [p.name for p in (folder / "incidents").iterdir()] == ["index.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    assert "No incident is on record yet" in said(tree(folder / "index.html"))


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder with other files, or a file, is refused by name and not touched."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.txt").write_text("years of it")
    for target in (tmp_path / "work", tmp_path / "work" / "thesis.txt"):
        with pytest.raises(InputError, match=target.name):
            publish.site([], [], target, made=publish_examples.MADE)
    assert (tmp_path / "work" / "thesis.txt").read_text() == "years of it"
    assert [p.name for p in tmp_path.iterdir()] == ["work"]


def test_a_failure_midway_leaves_the_earlier_site(record: publish_examples.World, tmp_path: Path) -> None:
    """If anything fails while the new site is made, the earlier one stands untouched."""
    folder = tmp_path / "site"
    publish.site(record.dossiers[:1], record.shelves[:1], folder, made=publish_examples.MADE)
    before = (folder / "index.html").read_bytes()

    def breaking() -> object:
        yield record.dossiers[0]
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        publish.site(breaking(), [], folder, made=publish_examples.MADE)  # type: ignore[arg-type]
    assert (folder / "index.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_summary_counts_what_was_written(record: publish_examples.World, tmp_path: Path) -> None:
    """The summary tells incidents, reports, claims and pages, and each file is announced once."""
    told: list[str] = []
    summary = publish.site(
        record.dossiers, record.shelves, tmp_path / "s", made=publish_examples.MADE, progress=told.append
    )
    assert summary.incidents == len(record.dossiers)
    assert summary.reports == len(record.shelves)
    assert summary.claims == sum(len(shelf.claims) for shelf in record.shelves)
    assert summary.index.is_file()
    assert len(told) == len(set(told)) == summary.pages + 4


def test_long_lists_are_paged(tmp_path: Path) -> None:
    """More than 200 incidents go on several pages that lead to each other, and the timeline counts them."""
    dossiers, shelves = publish_examples.many(450)
    publish.site(dossiers, shelves, tmp_path / "s", made=publish_examples.MADE)
    last = tree(tmp_path / "s" / "incidents" / "3.html")
    assert len(last.xpath("//tbody/tr")) == 50
    assert last.xpath("//a[@rel='prev']/@href") == ["2.html"]
    assert (tmp_path / "s" / "index.html").stat().st_size < 400_000


def test_reason_codes_are_explained(record: publish_examples.World, tmp_path: Path) -> None:
    """The method page lists every code met, in the words it was given."""
    publish.site(
        record.dossiers, [], tmp_path / "s", made=publish_examples.MADE, reasons={"copy": "One origin twice."}
    )
    page = tree(tmp_path / "s" / "method.html")
    assert said(page.xpath("//tr[@id='reason-copy']/td")[0]) == "One origin twice."


def test_every_vocabulary_value_has_words() -> None:
    """Every kind, status, grade, role, precision and basis that a record may hold has words on the pages."""
    from typing import get_args, get_type_hints

    from bearwitness import record as nouns

    assert set(words.KIND) == set(get_args(nouns.EventKind))
    assert set(words.STATUS) == set(get_args(nouns.Status))
    assert set(words.ABOUT) == set(get_args(nouns.About))
    assert set(words.ROLE) == set(get_args(nouns.SpeakerRole))
    assert set(words.GRADE) == set(get_args(nouns.Grade))
    assert set(words.PRECISION) == set(get_args(nouns.Precision))
    assert set(words.DATE_BASIS) == set(get_args(nouns.DateBasis))
    assert set(words.PUBLISHED_BASIS) == set(get_args(nouns.PublishedBasis))
    assert set(words.GROUP) == set(get_args(nouns.Group))
    assert set(words.STANCE) == set(get_args(nouns.Word))
    assert set(words.DENIED) == set(get_args(nouns.Denied))
    assert set(words.SIDE) == set(get_args(nouns.Side))
    assert set(words.LEFT_OUT) == set(get_args(get_type_hints(nouns.LeftOut)["why"]))
    assert set(COUNTS) <= set(words.ABOUT)


def test_an_id_that_is_no_file_name_is_refused(record: publish_examples.World, tmp_path: Path) -> None:
    """An id with a path in it raises instead of writing outside the site."""
    import msgspec

    odd: Dossier = msgspec.structs.replace(
        record.dossiers[0], incident=msgspec.structs.replace(record.dossiers[0].incident, id="../../evil")
    )
    with pytest.raises(ValueError, match="evil"):
        publish.site([odd], [], tmp_path / "s", made=publish_examples.MADE)
    assert not (tmp_path / "s").exists()
