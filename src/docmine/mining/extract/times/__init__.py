"""Time expressions: where they stand, what they mean, and which of them limit a directive."""

from __future__ import annotations

from docmine.mining.extract.times.search import find_times
from docmine.mining.extract.times.verdict import is_deadline

__all__ = ["find_times", "is_deadline"]
