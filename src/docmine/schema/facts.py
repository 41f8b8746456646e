"""What is known of a file before it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Identity of an input: its `path` as records show it, its name, the SHA-256 and number of its bytes."""

    path: str
    name: str
    sha256: str
    bytes: int


def facts_of_bytes(data: bytes, *, shown: str) -> FileFacts:
    """The facts of a file's bytes, or of bytes that came from elsewhere."""
    return FileFacts(shown, Path(shown).name, hashlib.sha256(data).hexdigest(), len(data))
