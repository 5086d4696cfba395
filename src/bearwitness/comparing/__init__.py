"""Comparing: the rows of somebody else's event file beside the incidents of a ledger.

    forms.py        ACLED, UCDP and Airwars files: told by their columns, rows read into ``row.Row``
    cells.py        one row's cells, and what is wrong with them
    ours.py         what is kept of an incident to match it
    index.py        which incidents a row could be about
    evidence.py     what speaks for and against a pair, with weights
    matching.py     which row goes with which incident
    differences.py  what a pair says alike and otherwise
    outcome.py      what the comparison says of each row and incident, and in sum

Values in, values out: nothing here opens a file or a ledger, and no row of theirs ever becomes one of our claims.
The words and weights stand in ``vocabulary/comparing.toml``; docs/comparing.md explains all of it.
"""
