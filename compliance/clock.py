"""What time it is: the only code that asks. Everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Europe/Stockholm on which a moment falls."""
    return moment.astimezone(STOCKHOLM).date()


def today() -> date:
    """The present calendar day in Europe/Stockholm."""
    return day_of(now())
