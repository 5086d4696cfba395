"""Pages that came as articles and are none: named, kept, and not read; and articles that look like them are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import PROBLEMS
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

LEAD = (
    "Gunmen killed four traders at the market of Kenema on Tuesday, the Lake Guard said. Nine people were wounded and "
    "taken to the hospital, where a nurse said that two of them may not live. "
)
WALLS = {"paywall", "consent_wall", "login_wall", "error_page", "bot_check", "needs_scripts"}


def page(body: str, title: str, head: str = "") -> Report:
    """The report of an invented page."""
    data = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/html"))


def codes(found: Report) -> set[str]:
    """The codes of its problems that are walls."""
    return {problem.code for problem in found.problems} & WALLS


def told(found: Report) -> str:
    """The article: what is not left out, without the title."""
    out = [range(part.start, part.end) for part in found.left_out]
    inside = range(found.title_end, len(found.text))
    return "".join(found.text[at] for at in inside if not any(at in part for part in out)).strip()


CONSENT = (
    "<div><h1>We value your privacy</h1><p>We and our partners store and/or access information on a device, such as cookies.</p>"
    "<p>You can change your choices at any time in our privacy policy and withdraw your consent there.</p>"
    "<button>Accept all</button><button>Manage options</button></div>"
)
LOGIN = (
    '<form><h1>Log in</h1><p>You must be logged in to read Coast Wire. Log in to your account.</p><input type="password">'
    "<a>Forgot password?</a></form>"
)
SCRIPTS = '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src="a.js"></script>'
ROBOTS = "<h1>coast.example</h1><p>Checking your browser before accessing coast.example. This takes a few seconds.</p>"
LOST = "<h1>Page not found</h1><p>The page you are looking for was moved or never was here.</p><ul><li>Home</li></ul>"
WAIT = "<p>This takes a few seconds and needs nothing of you; after it the page that you asked for is shown to you.</p>"
SORRY = "<p>We are sorry for that. We are looking at ways to let readers elsewhere see all that Coast Wire has to offer.</p>"
KAKER = (
    "<h1>Velg selv</h1><p>Kystposten bruker cookies for å vise annonser som passer for deg, og for å måle hvem som leser.</p>"
    "<button>Greit</button><a>Endre valg</a>"
)
ADVERTS = (
    "<h2>Please turn off your ad blocker</h2><p>It looks like an ad blocker is on. Adverts pay for Coast Wire; let them "
    "through for coast.example and load the page again.</p><button>I have</button>"
)


@pytest.mark.parametrize(
    ("body", "title", "code"),
    [
        (LOST, "Coast Wire", "error_page"),
        ("<h1>404</h1><p>Try the search.</p>", "404 Not Found | Coast Wire", "error_page"),
        ("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", "502 Bad Gateway", "error_page"),
        ("<p>This story is no longer available.</p>", "Coast Wire", "error_page"),
        (ROBOTS, "Just a moment...", "bot_check"),
        ("<p>Verify you are human by completing the action below.</p>", "coast.example", "bot_check"),
        (CONSENT, "Coast Wire", "consent_wall"),
        (LOGIN, "Log in | Coast Wire", "login_wall"),
        (SCRIPTS, "Coast Wire", "needs_scripts"),
        ('<div id="__next"></div><script>1</script>', "Four killed at market", "needs_scripts"),
        ("<p>Subscribe to continue reading.</p><p>Already a subscriber? Log in.</p>", "Four killed at market", "paywall"),
        (f"{LOST}<h3>Latest</h3><p>{LEAD}</p>", "Page not found | Coast Wire", "error_page"),
        (f"<h1>Checking your browser before accessing coast.example</h1>{WAIT}", "coast.example", "bot_check"),
        ("<h1>Verifica que no eres un robot</h1><p>Comprobamos que la conexión es segura.</p>", "Seguridad", "bot_check"),
        (f"<h2>This content is not available in your region</h2>{SORRY}", "Coast Wire", "error_page"),
        (KAKER, "Kystposten", "consent_wall"),
        (ADVERTS, "Coast Wire", "consent_wall"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_says_what_it_is(body: str, title: str, code: str) -> None:
    """It keeps all of its words, none of them as an article, under one code that the documentation explains."""
    found = page(body, title)
    assert codes(found) == {code}
    assert code in PROBLEMS
    assert told(found) == ""
    assert "no_main_text" not in {problem.code for problem in found.problems}


def test_the_beginning_above_a_pay_wall_is_read() -> None:
    """It is what the outlet says; the gate is left out, and the problem says that there was more."""
    found = page(
        f"<article><h1>Four killed</h1><p>{LEAD}</p><p>To continue reading, subscribe from 1 a week.</p></article>",
        "Four killed",
    )
    assert codes(found) == {"paywall"}
    assert told(found) == LEAD.strip()


@pytest.mark.parametrize(
    "gate",
    [
        "<p>Contenido exclusivo para suscriptores</p><p>Regístrate hoy</p>",
        "<p>Dieser Text ist nur für Abonnenten.</p>",
        "<p>La suite est réservée aux abonnés.</p>",
        "<p>Contenuto riservato agli abbonati</p>",
        "<p>This post is for paying members only</p>",
        "<p>For a pound a week, and with a week for nothing, you may go on to read the full story.</p>",
    ],
)
def test_gates_are_known_in_several_languages(gate: str) -> None:
    """The beginning is read, the gate is not."""
    found = page(f"<article><h1>Four killed</h1><p>{LEAD}</p>{gate}</article>", "Four killed")
    assert codes(found) == {"paywall"}
    assert told(found) == LEAD.strip()


@pytest.mark.parametrize("value", ["false", '"False"'])
def test_a_short_page_that_says_it_is_not_free_is_a_beginning(value: str) -> None:
    """The page's own data say so though no gate stands in its text."""
    data = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":{value}}}</script>'
    )
    found = page(f"<article><h1>Four killed</h1><p>{LEAD}</p></article>", "Four killed", data)
    assert codes(found) == {"paywall"}
    assert told(found) == LEAD.strip()
    whole = page(f"<article><h1>Four killed</h1><p>{LEAD * 6}</p></article>", "Four killed", data)
    assert codes(whole) == set()


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<article><h1>Access denied: reporters kept from the market</h1><p>{LEAD}</p></article>", "Access denied: reporters kept from the market"),
        (f"<article><h1>Guard fined over cookies</h1><p>{LEAD * 3}</p><p>We use cookies. See our privacy policy.</p></article>", "Guard fined over cookies"),
        (f'<article><h1>Four killed</h1><p>{LEAD}</p></article><form>Log in <input type="password"></form>', "Four killed"),
        (f"<article><h1>Four killed</h1><p>{LEAD}</p></article><noscript>Please enable JavaScript.</noscript>", "Four killed"),
        (f"<article><h1>Four killed</h1><p>{LEAD * 9}</p><p>Already a subscriber? Subscribe now to read more from us.</p></article>", "Four killed"),
        (f"<article><h1>Four killed</h1><p>{LEAD}</p></article><footer>Subscribe now. Start your free trial.</footer>", "Four killed"),
        (f"<article><h1>Just a moment of calm in Kenema</h1><p>{LEAD}</p></article>", "Just a moment of calm in Kenema"),
        (f"<article><h1>Verify you are human, the guards say</h1><p>{LEAD}</p></article>", "Verify you are human, the guards say"),
        (f"<article><h1>Whoever asked found nothing</h1><p>The page you requested was gone.</p><p>{LEAD}</p></article>", "Whoever asked found nothing"),
        (f"<article><h1>Four killed</h1><p>{LEAD}</p></article><ul><li>Subscribe to read: who owns the market</li></ul>", "Four killed"),
        (f"<article><h1>Gates</h1><p>{LEAD}</p><p>Most people leave when a newspaper at last asks them to subscribe to continue reading.</p></article>", "Gates"),
        (f'<article><h1>Gates</h1><p>{LEAD}</p><p>"This is for subscribers only," a page says.</p></article>', "Gates"),
        (f"<article><h1>Four killed</h1><p>{LEAD}</p></article><div>We use cookies.<button>Fine</button></div>", "Four killed"),
        (f"<p>Using an ad blocker? Let our adverts through.</p><article><h1>Four killed</h1><p>{LEAD}</p></article>", "Four killed"),
        (f'<div id="app"></div><article><h1>Four killed</h1><p>{LEAD}</p></article><script>1</script>', "Four killed"),
    ],
)  # fmt: skip
def test_articles_that_look_like_walls_are_read(body: str, title: str) -> None:
    """In doubt a page is an article."""
    found = page(body, title)
    assert codes(found) == set()
    assert "Gunmen killed four traders" in told(found)


WORDS = ["<p>", "</p>", "<h1>404</h1>", "subscribe to read", "we use cookies", "accept all", "our partners", "enable javascript", LEAD, "log in", "\n", "<form>", "<input type=password>"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["404", "Log in", "Four killed", ""]))
@settings(max_examples=30, deadline=None)
def test_any_mixture_has_at_most_one_wall(pieces: list[str], title: str) -> None:
    """Whatever stands on a page, its parts stay in order and one code at most says what it is."""
    assert len(codes(page(" ".join(pieces), title))) <= 1


def test_headlines_above_a_line_on_cookies_ask_for_nothing() -> None:
    """A list of headlines is no consent wall, though no sentence stands on it."""
    heads = "".join(f"<li><a>Market {name} opens after the storm</a></li>" for name in "ABCDEFGH")
    found = page(f"<ul>{heads}</ul><p>We use cookies.</p><button>Search</button>", "Coast Wire")
    assert codes(found) == set()
