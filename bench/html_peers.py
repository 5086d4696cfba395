"""One rival of bench/main_text.py and bench/published.py, run by the Python of .venv-peers.

usage: .venv-peers/bin/python bench/html_peers.py resiliparse|newspaper4k

Reads one JSON object a line, ``{"path": FILE.html.gz, "url": ADDRESS}``, and answers with one a line: ``text``, the
main text; ``date``, the day of publication as YYYY-MM-DD or null; ``seconds``, the time it took. A first line
``{"ready": true}`` says that it is loaded.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

Found = tuple[str, str | None]


def resiliparse() -> Callable[[bytes, str], Found]:
    """Its main-content extraction, with the encoding it detects; it gives no date."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def run(data: bytes, url: str) -> Found:
        page = bytes_to_str(data, detect_encoding(data, from_html_meta=True))
        return extract_plain_text(page, main_content=True, alt_texts=False), None

    return run


def newspaper4k() -> Callable[[bytes, str], Found]:
    """Its article parser, given the page and the address."""
    import newspaper

    def run(data: bytes, url: str) -> Found:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=data.decode("utf-8", "replace"))
        article.parse()
        day = article.publish_date
        return article.text or "", day.date().isoformat() if day else None

    return run


def main(argv: list[str]) -> int:
    """Answer until the input ends."""
    warnings.simplefilter("ignore")
    run = {"resiliparse": resiliparse, "newspaper4k": newspaper4k}[argv[1]]()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        data = gzip.decompress(Path(asked["path"]).read_bytes())
        begin = time.process_time()
        text, date = run(data, asked["url"])
        seconds = time.process_time() - begin
        print(json.dumps({"text": text, "date": date, "seconds": seconds}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
