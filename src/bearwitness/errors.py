"""What can go wrong, and whose it is.

A problem in the evidence is a value (``record.Problem``, codes in ``PROBLEMS``) and never raises. An
operator's mistake raises one of the errors below, whose text says what is wrong, where, and what to do.
Anything else is a bug and ends in a traceback.

    BearwitnessError
      InputError        a file or an argument that cannot be used as given        (exit code 2)
      LedgerError       a ledger that is missing, locked or of another version    (exit code 3)
        LockedLedger    somebody else is writing to it
        DamagedLedger   bytes or a chain that do not add up                       (exit code 4)
      MissingExtra      something optional is not installed                       (exit code 5)
"""

from __future__ import annotations


class BearwitnessError(Exception):
    """Something the operator can mend; the message says how."""

    exit_code = 1


class InputError(BearwitnessError):
    """A file or an argument cannot be used as given."""

    exit_code = 2


class LedgerError(BearwitnessError):
    """The ledger is missing, locked, or of a version this program does not know."""

    exit_code = 3


class LockedLedger(LedgerError):
    """Somebody else is writing to the ledger; it can be written to when they have ended."""


class DamagedLedger(LedgerError):
    """The ledger's bytes, digests or chain do not add up."""

    exit_code = 4


class MissingExtra(BearwitnessError):
    """An optional part is not installed."""

    exit_code = 5


PROBLEMS: dict[str, str] = {
    "empty": "Nothing to read: no bytes, or only white space.",
    "binary": "The bytes are not text and not of a kind that is read.",
    "too_large": "The file is larger than the limit; its size and digest are noted, none of it is kept or read.",
    "too_long": "The text is longer than any report; it is kept whole and not read for events.",
    "read_in_part": "The text is very long or tells of very much; the rest of it was not read for events.",
    "bad_encoding": "Some bytes do not fit the encoding; they are shown as U+FFFD.",
    "guessed_encoding": "The encoding was not stated; the one named was guessed.",
    "bad_row": "A row of a table cannot be read; it is kept as it came.",
    "no_text_column": "A table has no column known to hold the reports' text; it is kept whole and not read as a table.",
    "attachment_not_read": "The message carries something that is not read; it is kept with the message.",
    "broken_pdf": "The PDF cannot be opened or read, or not within the limits.",
    "encrypted_pdf": "The PDF opens only with a password.",
    "no_text_layer": "The PDF holds pictures of pages and no text.",
    "read_by_ocr": "The words were recognised from pictures of the pages; letters and figures may be wrong.",
    "words_joined": "Words that were broken at the ends of lines are put together.",
    "no_main_text": "No article text was found in the page.",
    "paywall": "The page is a pay wall, or gives no more than the beginning of its article.",
    "consent_wall": "The page asks for consent and is no article; it is kept and not read as one.",
    "login_wall": "The page asks for a login and is no article; it is kept and not read as one.",
    "error_page": "The page is an error served as a page; it is kept and not read as an article.",
    "bot_check": "The page checks whether a person asks for it; it is kept and not read as an article.",
    "needs_scripts": "The page is drawn by scripts and holds no article by itself; it is kept and not read as one.",
    "mojibake": "The text looks like UTF-8 read in the wrong encoding, but not throughout; it is left as it is.",
    "mojibake_mended": "The text was UTF-8 read in the wrong encoding, throughout; it is mended, and offsets count in that.",
    "too_deep": "The page is nested too deeply, or is too large or intricate, to be parsed; all its words are kept.",
    "control_characters": "Null bytes or other control characters stand in the text.",
    "unread_language": "The language is not one the reader reads; the report is kept unread.",
    "no_violence": "The report tells of no violent event.",
    "dates_differ": "The day printed above the text is not the given day of publication; weekdays follow the printed one.",
    "bad_date": "A date in the text or the metadata does not exist in the calendar.",
    "bad_number": "A number in the text is too large to be a count of persons.",
    "no_place_match": "A place name is not in the gazetteer.",
    "reader_failed": "The reader failed on this report; the report is kept and the error is named.",
    "missing_extra": "Reading it needs something optional that is not installed; the bytes are kept, and an update reads them once "
    "it is.",
    "unreadable": "The file could not be opened or read.",
    "damaged": "An archive or compressed file is damaged or cut off; what came before the damage is kept.",
    "bomb": "Unpacked, the bytes come to far more than any real file's; unpacking was stopped.",
    "nested": "Archives lie within archives deeper than is followed; the innermost is kept unopened.",
    "encrypted": "A member of an archive is locked with a password; nothing of it could be read.",
    "bad_name": "An archive names a member so that it would lead out of a folder; the name is only a label here.",
    "digest_mismatch": "The bytes do not have the digest, check sum or size that the archive states of them.",
    "payload_elsewhere": "A web archive notes that a page was the same as before, and does not hold its bytes again here.",
    "undecoded": "The bytes are packed in a way that is not read; they are kept as they are.",
    "cut_short": "The page is not whole: the archive or the server's answer ends before it.",
    "header_flood": "An answer came with more headers than any real one; not all of them are kept.",
    "refused_address": "The address was not asked: it is none of the web, or leads into a private network.",
    "unreachable": "The host could not be reached, or closed the connection without an answer.",
    "too_slow": "The answer did not come in full within the time limit.",
    "bad_answer": "The answer is not as HTTP has it.",
    "too_many_redirects": "Redirects lead in circles, nowhere, or on and on.",
    "http_error": "The server answered with an error.",
    "gone": "The server says that there is no such page, or that it is gone.",
    "robots": "The host's robots.txt forbids the address to programs, or cannot be had.",
    "bad_feed": "A feed or sitemap is damaged, tries to do harm, names too much or is none.",
    "skipped": "Hidden names, devices, broken links, links that lead back, our own ledgers and sites, or what is no page in "
    "an archive were passed over.",
    "judgements_conflict": "Judgements in force contradict each other; which one holds is said.",
    "bad_correction": "A person's correction makes no sensible claim; it is passed over and the claim stands as read.",
}
