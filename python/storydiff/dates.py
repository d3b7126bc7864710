"""When an article was published: as text in ISO 8601, and as a number to order and to subtract."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

# With or without marks between its parts, up to the day, the hour, the minute or the second.
_ISO = re.compile(
    r"(\d{4})(-?)(\d\d)\2(\d\d)"
    r"(?:[Tt ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(?:\s?(?:([Zz]|UTC|GMT)|([+-])(\d\d):?(\d\d)?))?)?",
    re.ASCII,
)
# As newspapers and their archives write a day in English: "14 November 2026", "Nov. 14th, 2026 Saturday".
_ENGLISH = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,? )?(?:"
    r"(\d\d?)(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,?|([A-Za-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,?"
    r") (\d{4})(?:,? [A-Za-z]{6,9})?",
    re.ASCII,
)
# And the time before or behind it: "Nov. 14, 2026, 8:05 a.m.", "8:05 PM EST, Sat November 14, 2026". Zones that are not
# here have another shift in summer, or several countries have one of that name.
_ZONES = {"UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_CLOCK = r"(\d\d?)(?::(\d\d))?(?: ?([AaPp])\.?[Mm]\.?)?(?: ([A-Z]{2,4}))?"
_TIME_LAST = re.compile(rf"(?P<day>.*\d{{4}}),? (?:(?:at|-|–|—|\|) )?{_CLOCK}", re.ASCII)
_TIME_FIRST = re.compile(rf"{_CLOCK},? (?:(?:on|-|–|—|\|) )?(?P<day>[A-Za-z].*)", re.ASCII)
# And where the marks alone tell the order: "2026/11/14 8:05", "14.11.2026".
_MARKED = re.compile(
    r"(?:(\d{4})/(\d\d?)/(\d\d?)|(\d\d?)\.(\d\d?)\.(\d{4}))(?:,? (\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII
)
_MONTHS = "january february march april may june july august september october november december".split()


def written(published: str | date | None) -> str | None:
    """A date as it is kept, in ISO 8601: of a date or a time, or of text as e-mails, feeds and newspapers write it.

    A date of three numbers is one only where its marks tell which is the day: "14.11.2026", and not "11/12/2026".

    Other text stays as it is, and is no date to `moment`; what is blank, or pandas' NaT, is none.

    Examples
    --------
    >>> written(date(2026, 3, 2)), written("Mon, 02 Mar 2026 09:10:00 GMT"), written("March 2, 2026")
    ('2026-03-02', '2026-03-02T09:10:00+00:00', '2026-03-02')
    >>> written("2026-03-02 09:10"), written("last spring"), written(" ")
    ('2026-03-02 09:10', 'last spring', None)
    """
    if isinstance(published, date):
        return published.isoformat() if published == published else None  # NaT is a datetime
    if published is None or not (text := published.strip()):
        return None
    if (known := moment(text)) is not None:
        if "-" in text[:10]:
            return text
        return (known if len(text) > 8 else known.date()).isoformat()
    other = _english(text) or _marked(text) or _mailed(text)
    return published if other is None else other.isoformat()


def moment(published: str | None) -> datetime | None:
    """The date or time that a text in ISO 8601 states, with a zone if it has one; None of any other text."""
    found = None if published is None else _ISO.fullmatch(published.strip())
    if found is None:
        return None
    year, _, month, day, hour, minute, second, part, utc, sign, hours, minutes = found.groups("0")
    try:
        zone = timezone.utc if utc != "0" else None
        if sign != "0":
            shift = timedelta(hours=int(hours), minutes=int(minutes))
            zone = timezone(shift if sign == "+" else -shift)
        of_second = int(part[:6].ljust(6, "0"))
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), of_second, zone)
    except ValueError:
        return None


def days(published: str | None) -> float | None:
    """When it was published, in days since 1970; None where the text is no date.

    Examples
    --------
    >>> days("1970-01-03"), days("1970-01-02T12:00:00Z"), days("Fri, 02 Jan 1970 06:00:00 GMT"), days("yesterday")
    (2.0, 1.5, 1.25, None)
    """
    time = moment(written(published))
    if time is None:
        return None
    if time.tzinfo is None:
        time = time.replace(tzinfo=timezone.utc)
    return (time - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() / 86_400


def _english(text: str) -> date | None:
    if (day := _english_day(text)) is not None:
        return day
    found = _TIME_LAST.fullmatch(text) or _TIME_FIRST.fullmatch(text)
    if found is None or (day := _english_day(found["day"])) is None:
        return None
    hour, minute, half, zone = (group for at, group in enumerate(found.groups(), 1) if at != found.re.groupindex["day"])
    if (minute is None) if half is None else not 1 <= int(hour) <= 12:
        return None
    of_day = int(hour) if half is None else int(hour) % 12 + 12 * (half in "Pp")
    known = timezone(timedelta(hours=_ZONES[zone])) if zone in _ZONES else None
    try:
        return datetime(day.year, day.month, day.day, of_day, int(minute or 0), tzinfo=known)
    except ValueError:
        return None


def _english_day(text: str) -> date | None:
    found = _ENGLISH.fullmatch(text)
    if found is None:
        return None
    month = (found[2] or found[3]).lower()
    numbers = [number for number, name in enumerate(_MONTHS, 1) if month in (name, name[:3], name[:4])]
    try:
        return date(int(found[5]), numbers[0], int(found[1] or found[4])) if numbers else None
    except ValueError:
        return None


def _marked(text: str) -> date | None:
    found = _MARKED.fullmatch(text)
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        on = date(int(year), int(month), int(day))
        return datetime(on.year, on.month, on.day, int(found[7]), int(found[8]), int(found[9] or 0)) if found[7] else on
    except ValueError:
        return None


def _mailed(text: str) -> datetime | None:
    # Loads sockets and more: for those who have such dates.
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
