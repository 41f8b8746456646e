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


def facts_of_file(path: Path, *, shown: str) -> FileFacts:
    """The facts of a file on disk, hashed in blocks so that its size doesn't matter."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return FileFacts(shown, Path(shown).name, digest, size)


def facts_of_bytes(data: bytes, *, shown: str) -> FileFacts:
    """The facts of bytes that came from elsewhere, standard input say."""
    return FileFacts(shown, Path(shown).name, hashlib.sha256(data).hexdigest(), len(data))
