"""Every time expression of a text, deadline or not, as the interval that it means.

Words of time (`common/timex.toml`) narrow each other from coarse to fine, so that any order of them that people use is
understood without a rule of its own. Deadlines have an engine of their own (`docmine.mining.extract.times`): theirs are
whole phrases with an event to count from and a bound, read as the guidelines say.
"""

from __future__ import annotations

from docmine.mining.extract.timex.parse import find_timex

__all__ = ["find_timex"]
