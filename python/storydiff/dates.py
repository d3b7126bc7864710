"""When an article was published, as a number to order and to subtract."""

from __future__ import annotations

from datetime import datetime, timezone


def days(published: str | None) -> float | None:
    """When it was published, in days since 1970, of a date in ISO 8601 or as e-mails and feeds write it.

    Examples
    --------
    >>> days("1970-01-03"), days("1970-01-02T12:00:00Z"), days("Fri, 02 Jan 1970 06:00:00 GMT"), days("yesterday")
    (2.0, 1.5, 1.25, None)
    """
    if published is None:
        return None
    text = published.strip()
    try:
        time = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in ("Z", "z") else text)
    except ValueError:
        # Loads sockets and more: for those who have such dates.
        from email.utils import parsedate_to_datetime

        try:
            time = parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return None
    if time.tzinfo is None:
        time = time.replace(tzinfo=timezone.utc)
    return (time - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() / 86_400
