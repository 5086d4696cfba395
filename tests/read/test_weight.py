"""What reading costs before it begins."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("trafilatura", "htmldate", "lxml", "py3langid", "numpy", "charset_normalizer")


def test_heavy_libraries_are_loaded_only_when_needed() -> None:
    """Importing the stages and reading a plain English text loads none of them."""
    program = (
        "import sys; from bearwitness.collect import media_type; from bearwitness.read import read; "
        "from bearwitness.record import Capture, digest; "
        "data = b'A crane fell on the quay and two of the workers were hurt, the master of the harbour said.'; "
        "report = read(data, Capture(sha256=digest(data), size=len(data), source='x', media_type=media_type(data))); "
        f"assert report.language == 'en'; print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_libraries_keep_quiet_on_broken_pages() -> None:
    """Nothing is printed about a page: what is wrong with it is in the report."""
    program = (
        "from bearwitness.read import read; from bearwitness.record import Capture, digest; "
        "data = b'<html><body><p>\\x00<a href=x>x'; "
        "read(data, Capture(sha256=digest(data), size=len(data), source='x', media_type='text/html'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
