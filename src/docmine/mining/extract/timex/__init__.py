"""Every time expression of a text, deadline or not, as the interval that it means."""

from __future__ import annotations

from docmine.mining.extract.timex.parse import find_timex

__all__ = ["find_timex"]
