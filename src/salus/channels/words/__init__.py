"""Words, numbers, dates and money in the reader's language: English, German, Danish.

>>> import datetime as dt
>>> german = load_words("de", {"open_tickets": "offene Tickets"})
>>> german.label("open_tickets"), german.number(1234.5, 1), german.date(dt.date(2026, 11, 22))
('offene Tickets', '1.234,5', '22.11.2026')
"""

from __future__ import annotations

from salus.channels.words.words import LANGUAGES, Words, load_words

__all__ = ["LANGUAGES", "Words", "load_words"]
