"""bearwitness: news reports of violence turned into an auditable record of who claims what."""

__version__ = "0.1.0"
