"""Pages of several texts, each with its own time: a live blog's entries, the articles of a blog's page.

They are found as neighbours of one kind in the page that each have a time, or are articles with a heading, and
sentences of their own; a live blog also lists its entries in its structured data. An article among the teasers, comments and lists of its page is not
such a page: where the page does not call itself a live blog, each text needs a heading of its own, and together they
must be most of what the page tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from bearwitness.read import dates, live

_FEWEST = 2
_PROSE = 60  # characters of a line that counts as a sentence
_SHORT = 15  # the same in a live blog, whose entries are brief
_LINE = 30  # characters of a line beside the texts that is kept without a full stop
_MOST = 2_000  # entries; what has more is no page that anybody reads
_SHARE = 2  # times as much prose in the texts as beside them
_LIVE = re.compile(r"LiveBlogPosting|\blive-?blog\b", re.IGNORECASE)
_LIVE_TITLE = re.compile(
    r"\W{0,3}live\b\W{0,3}(?:updates?|blog|coverage)?\s*[:|–—-]|\blive (?:updates|blog)\b|as it happened\b",
    re.IGNORECASE,
)
_NOT_TEXTS = re.compile(
    r"comment(?!ary)|repl(?:y|ies)|respond|disqus|related|recommend|trending|popular|most-?read|teaser|sidebar|promo|carousel"
    r"|newsletter|breadcrumb|gallery|menu|navbar|footer|read-?next|tweet",
    re.IGNORECASE,
)
_NOT_ARTICLES = re.compile(r"latest|more-", re.IGNORECASE)
_PASSED = frozenset(
    "script style noscript button form nav svg time template iframe select input figcaption picture video audio".split()
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote section article header footer aside main table tr pre figure hr br address".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(:\d\d)?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_STAMPS = (
    "datetime",
    "data-timestamp",
    "data-time",
    "data-published",
    "data-published-at",
    "data-date",
    "content",
)
_STATED = frozenset(_STAMPS[:-1])
_TIMELY = re.compile("[tT]ime|[dD]ate")
_STAMPED = ("time", "span", "p", "div", "a", "abbr", "article", "li", "section", "meta")
_UPDATED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:first |last )?(?:published|updated|posted|modified)(?: at| on)?\s?:?|share|copy link", re.IGNORECASE
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_END = re.compile(r"[.!?…][\"'”’»)]*$")
_AGO_OR_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\bago\b|\bnow\b", re.IGNORECASE)


class Entry(NamedTuple):
    """One text: its lines, the first its title if it has one, and when it was published (EDTF, mostly to the second)."""

    lines: tuple[str, ...]
    title: str | None
    published: str | None


def entries(
    tree: Any, title: str | None, day: str | None = None
) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """The lines that lead in or stand between, and the texts of the page in its order; no texts where it is one
    article. Articles of a page without any time of their own were published on its ``day``."""
    posts = live.posts(tree)
    called = bool(posts) or _called_live(tree, title)
    group = _group(tree, called)
    if group:
        found = [entry for element in group if (entry := _entry(element, posts)) is not None]
        if len(found) >= _FEWEST:
            if not called and not any(entry.published for entry in found):
                found = [entry._replace(published=day) for entry in found]
            return tuple(_beside(tree, group, called)), (*found, *_untold(posts, found))
    told = [_of_post(post) for post in posts if post.lines]
    if len(told) < _FEWEST or group:
        return (), ()
    listed = {line for one in told for line in one.lines}
    return tuple(line for line in _beside(tree, [], called) if line not in listed), tuple(told)


def _of_post(post: live.Post) -> Entry:
    return Entry((*((post.title,) if post.title else ()), *post.lines), post.title, stamp(post.when))


def _untold(posts: tuple[live.Post, ...], found: list[Entry]) -> list[Entry]:
    """The entries that only the structured data list, as where a page shows its first few until it is asked."""
    shown = "\n".join(_letters(line) for entry in found for line in entry.lines)
    titles = {_letters(entry.title) for entry in found if entry.title}
    return [
        _of_post(post)
        for post in posts
        if post.lines
        and _letters(post.title or "") not in titles
        and _letters(post.lines[0])[:40] not in shown
    ]


def _letters(words: str) -> str:
    return _NOT_LETTERS.sub("", words).casefold()


def stamp(words: str | None) -> str | None:
    """A time as pages state it for machines, as EDTF: an instant, a day, or the second since 1970. None if it is none."""
    words = (words or "").strip()[:60]
    if _EPOCH.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC).isoformat()
    match = _INSTANT.fullmatch(words)
    if match is None:
        return dates.edtf(words)
    day = dates.day_of(int(match[1]), int(match[2]), int(match[3]))
    if day is None or int(match[4]) > 23 or int(match[5]) > 59 or (match[6] or ":00") > ":59":
        return day
    zone = "+00:00" if match[7] == "Z" else match[7] or ""
    zone = zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{match[4]}:{match[5]}{match[6] or ':00'}{zone}"


def lines_of(element: Any) -> list[str]:
    """The words of ``element`` as a page shows them: a line for each block, without buttons, forms and times."""
    pieces: list[str] = []

    def walk(inner: Any) -> None:
        if not isinstance(inner.tag, str) or inner.tag in _PASSED:
            return
        block = inner.tag in _BLOCKS
        pieces.append("\n" if block else "")
        pieces.append(" ".join((inner.text or "").split("\n")))
        for child in inner:
            walk(child)
            pieces.append(" ".join((child.tail or "").split("\n")))
        pieces.append("\n" if block else "")

    walk(element)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _called_live(tree: Any, title: str | None) -> bool:
    """Whether the page calls itself a live blog: by its type, the names of its parts, or its title."""
    if title and _LIVE_TITLE.search(title[:200]):
        return True
    for element in tree.iter("body", "main", "article", "div", "section"):
        if _LIVE.search(
            f"{element.get('itemtype') or ''} {element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
    return False


def _group(tree: Any, called: bool) -> list[Any]:
    """The elements that are the page's texts: neighbours of one tag and class, two of them or more with sentences, and
    together more than what else the page tells. In a live blog what stands among its entries with a time, or is of
    their kind, is an entry, however brief."""
    alike = _alike(tree, called)
    if not alike:
        return []
    prose = _prose(tree, _SHORT if called else _PROSE)
    best: list[Any] = []
    most = 0
    for children in alike:
        told = [child for child in children if prose.get(child)]
        inside = sum(prose[child] for child in told)
        enough = inside >= (1 if called else _SHARE) * (prose[tree] - inside)
        if len(told) >= _FEWEST and inside > most and enough:
            best, most = children, inside
    if not called or not best:
        return [child for child in best if called or _sentences(lines_of(child))]
    kind, timed = _kind(best[0]), set(_timed(tree).get(best[0].getparent(), ()))
    return [
        child
        for child in best[0].getparent()
        if isinstance(child.tag, str)
        and (_kind(child) == kind or child in timed)
        and not _named_otherwise(child, called)
    ]


def _kind(element: Any) -> tuple[str, str]:
    return element.tag, (element.get("class") or "").split(" ")[0]


def _sentences(lines: list[str]) -> list[str]:
    """Those of ``lines`` that end as a sentence does, or are long for a label."""
    return [
        line
        for line in lines
        if len(line.split()) > 2
        and (_END.search(line[-6:]) or (len(line) >= _LINE and len(line.split()) > 4))
    ]


def _alike(tree: Any, called: bool) -> list[list[Any]]:
    """Neighbours of one tag and class that each hold a time; those of a page that is not called a live blog each
    with a heading, too, and its articles with a heading, which need no time."""
    parents = _timed(tree)
    articles: dict[Any, set[Any]] = {}
    for article in () if called else tree.iter("article"):
        articles.setdefault(article.getparent(), set()).add(article)
    found: list[list[Any]] = []
    for parent, children in (*parents.items(), *articles.items()):
        if len(children) < _FEWEST or _excluded(parent, called):
            continue
        kinds: dict[tuple[str, str], list[Any]] = {}
        for child in parent:
            if child not in children or _named_otherwise(child, called):
                continue
            if called or next(child.iter(*_HEADINGS), None) is not None:
                kinds.setdefault(_kind(child), []).append(child)
        found += [told for told in kinds.values() if len(told) >= _FEWEST]
    return found


def _timed(tree: Any) -> dict[Any, set[Any]]:
    """The children that hold a time, by their parent; none where the page has too many of them."""
    stamps = [element for element in _maybe_stamps(tree) if _is_stamp(element)]
    parents: dict[Any, set[Any]] = {}
    if not _FEWEST <= len(stamps) <= 2 * _MOST:
        return parents
    for element in stamps:
        child = element
        for parent in element.iterancestors():
            parents.setdefault(parent, set()).add(child)
            child = parent
    return parents


def _prose(tree: Any, least: int) -> dict[Any, int]:
    """How many characters of sentences each element holds, in lines of ``least`` characters and more; those that hold
    none are not there."""
    found: dict[Any, int] = {tree: 0}
    for element in reversed(list(tree.iter())):
        if not isinstance(element.tag, str) or element.tag in _PASSED:
            continue
        if element.tag in _BLOCKS:
            inline = (
                (
                    child.text_content()
                    if isinstance(child.tag, str) and child.tag not in _BLOCKS | _PASSED
                    else ""
                )
                + (child.tail or "")
                for child in element
            )
            words = " ".join(f"{element.text or ''}{''.join(inline)}".split())
            if len(words) >= least and _END.search(words[-6:]):
                found[element] = found.get(element, 0) + len(words)
        parent = element.getparent()
        if element in found and parent is not None:
            found[parent] = found.get(parent, 0) + found[element]
    return found


def _is_stamp(element: Any) -> bool:
    """Whether an element says when something was published."""
    if element.tag == "time":
        return True
    if any(element.get(name) and stamp(element.get(name)) for name in _STAMPS[:-1]):
        return True
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "time" not in names and "date" not in names:
        return False
    words = " ".join(element.text_content().split()) if len(element) <= 4 else ""
    return 3 <= len(words) <= 60 and (
        dates.find(words) is not None or _AGO_OR_CLOCK.search(words) is not None
    )


def _excluded(element: Any, called: bool) -> bool:
    return _named_otherwise(element, called) or any(
        above.tag in ("nav", "aside", "footer") or _named_otherwise(above, called)
        for above in element.iterancestors()
    )


def _named_otherwise(element: Any, called: bool = False) -> bool:
    """Whether an element's names say that it is no text of the page; a live blog calls its own entries the latest."""
    if element.tag in ("body", "html"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_NOT_TEXTS.search(names)) or (not called and bool(_NOT_ARTICLES.search(names)))


def _maybe_stamps(tree: Any) -> Iterator[Any]:
    """The elements that may say when something was published, in the page's order."""
    for element in tree.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "time":
            yield element
            continue
        for name, value in element.items():
            if name in _STATED or (name in ("class", "itemprop") and _TIMELY.search(value)):
                yield element
                break


def _entry(element: Any, posts: tuple[live.Post, ...]) -> Entry | None:
    lines = [line for line in lines_of(element) if not (_LABEL.fullmatch(line) or dates.is_date_line(line))]
    heading = next(element.iter(*_HEADINGS), None)
    title = " ".join(heading.text_content().split()) if heading is not None else ""
    if title in lines:
        if _sentences(lines[: lines.index(title)]):
            title = ""  # it heads a piece of the entry, and not all of it
        else:
            lines = lines[lines.index(title) :]  # what stands above is the entry's furniture
    when = _when(element)
    if when is None or "T" not in when:
        post = live.match(posts, title, [one.get("id") or "" for one in (element, *element.iter())][:40])
        when = (stamp(post.when) if post else None) or when
    return Entry(tuple(lines), title or None, when) if lines else None


def _when(element: Any) -> str | None:
    """When an entry was published: its first time that is not one of a change."""
    found: list[tuple[bool, str]] = []
    for inner in element.iter(*_STAMPED):
        if not _is_stamp(inner):
            continue
        words = " ".join(inner.text_content().split())[:100]
        value = next((value for name in _STAMPS if (value := stamp(inner.get(name)))), None)
        value = value or ((found_day := dates.find(words)) and found_day.edtf) or None
        if value:
            names = " ".join(str(one.get("class") or "") for one in (inner, inner.getparent()))
            changed = bool(_UPDATED.search(f"{names} {inner.get('itemprop') or ''} {words}"))
            found.append((changed, value))
    return min(found, key=lambda one: one[0])[1] if found else None


def _beside(tree: Any, group: list[Any], called: bool) -> list[str]:
    """The sentences between the page's heading and its first text, and those that stand among its texts; where it shows
    none of them, all that stand below the heading."""
    texts = set(group)
    home = _home(group, called)
    inside = {home, *home.iterancestors()} if home is not None else set()
    first = group[0] if group else None
    behind = not any(texts.isdisjoint((head, *head.iterancestors())) for head in tree.iter("h1"))
    begun = False
    pieces: list[str] = []

    def walk(element: Any, within: bool) -> None:
        nonlocal behind, begun
        within = within or element is home
        if element in texts:
            begun = begun or element is first
            pieces.append("\n")
            return
        if not isinstance(element.tag, str) or element.tag in _PASSED or element.tag == "head":
            return
        if element not in inside and (
            element.tag in ("nav", "aside", "footer", "form", "h1") or _named_otherwise(element)
        ):
            behind = behind or element.tag == "h1"
            return
        told = behind and (within or not begun)
        block = element.tag in _BLOCKS
        pieces.append("\n" if block else "")
        pieces.append(" ".join((element.text or "").split("\n")) if told else "")
        for child in element:
            walk(child, within)
            told = behind and (within or not begun)
            pieces.append(" ".join((child.tail or "").split("\n")) if told else "")
        pieces.append("\n" if block else "")

    walk(tree, False)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    kept = (line for line in _sentences(lines) if not (_LABEL.fullmatch(line) or dates.is_date_line(line)))
    return [words for words, _ in groupby(kept)]


def _home(group: list[Any], called: bool) -> Any:
    """What holds the page's texts and nothing else that matters: a live blog's article or main part, or their parent."""
    if not group:
        return None
    above = group[0].iterancestors("article", "main") if called else iter(())
    return next(above, group[0].getparent())
