"""Pictures of a published site, to be looked at: ``python tests/publish/shoot.py OUT [SITE]``.

Takes the front page, the list, the method page, the first incidents and their reports at 390 and 1280 pixels,
and prints one incident to PDF. Without SITE the invented record of ``publish_examples`` is published first.
Needs Chromium on the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files",
)  # fmt: skip


def browser() -> str | None:
    """The Chromium of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def run(*options: str, address: str) -> subprocess.CompletedProcess[str]:
    """Chromium once, with a profile of its own that is thrown away."""
    program = browser()
    if program is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        return subprocess.run(
            [program, *CHROMIUM, f"--user-data-dir={profile}", *options, address],
            capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip


def shoot(page: Path, picture: Path, width: int, height: int, anchor: str = "") -> None:
    """A picture of ``page`` as a window of ``width`` shows it (a frame, since Chromium's own has a least width)."""
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder, "frame.html")
        source = escape(page.resolve().as_uri() + anchor)
        frame.write_text(
            f'<style>body{{margin:0}}iframe{{border:0;display:block}}</style><iframe src="{source}" width="{width}" height="{height}">',
            encoding="utf-8",
        )
        run(f"--screenshot={picture}", f"--window-size={max(width, 500)},{height}",
            "--virtual-time-budget=3000", address=frame.as_uri())  # fmt: skip


def main() -> None:
    """Publish if no site is given, then take every picture."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        site = Path(sys.argv[2])
    else:
        import publish_examples

        from bearwitness import publish

        site = out / "site"
        record = publish_examples.world()
        publish.site(record.dossiers, record.shelves, site, made=publish_examples.MADE)
    pages = {
        "front": site / "index.html",
        "method": site / "method.html",
        "list": site / "incidents" / "index.html",
    }
    largest = sorted((site / "incidents").glob("i?*[0-9a-f].html"), key=lambda path: -path.stat().st_size)
    pages |= {f"incident{number}": path for number, path in enumerate(largest[:3], 1)}
    longest = sorted((site / "reports").glob("r*.html"), key=lambda path: -path.stat().st_size)
    pages |= {f"report{number}": path for number, path in enumerate(longest[:2], 1)}
    for name, page in pages.items():
        for width, height in ((390, 7000), (1280, 4200)):
            shoot(page, out / f"{name}-{width}.png", width, height)
            print(out / f"{name}-{width}.png", flush=True)
    for name in ("incident1", "report1"):
        run(f"--print-to-pdf={out / (name + '.pdf')}", "--no-pdf-header-footer", address=pages[name].as_uri())
        print(out / f"{name}.pdf")


if __name__ == "__main__":
    main()
