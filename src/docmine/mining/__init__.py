"""2  DOCUMENT → FINDINGS: segment, extract, link."""

from __future__ import annotations

from docmine.mining.miner import mine_document

__all__ = ["mine_document"]
