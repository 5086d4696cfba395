"""Show what the ledger holds: a static site that opens from the file system, and files for other programs."""

from __future__ import annotations

from bearwitness.publish.names import Profile
from bearwitness.publish.site import SiteSummary, site

__all__ = ["Profile", "SiteSummary", "site"]
