"""Moments as people say them."""

from datetime import datetime


def moment(at: datetime) -> str:
    """A moment as people say it: 2026年11月21日 09:12."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
