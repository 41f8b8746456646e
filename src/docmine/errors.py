"""Everything that can go wrong, as one tree.

DocmineError                  code, message, remedy; what a manifest row or the command line shows
├── InputError                a file that can't become a document
│   ├── EmptyFileError        `empty`              no bytes at all, or no text in them
│   ├── UnknownTypeError      `unknown_type`       the content is of no known kind
│   ├── DamagedFileError      `damaged`            truncated or broken container
│   ├── EncryptedFileError    `encrypted`          needs a password
│   ├── ImageOnlyError        `image_only`         pages are pictures, no text layer
│   ├── UnreadableTextError   `unreadable_text`    there is a text layer, but it says nothing legible
│   ├── UnsafeFileError       `unsafe`             bombs, DTDs, endless nesting: refused
│   ├── LimitExceededError    `limit`              time, memory or size limit reached
│   ├── MissingReaderError    `missing_reader`     a program or package for this format isn't installed
│   └── FileAccessError       `access`             the system doesn't let us open the file
├── SettingsError             `settings`           an option or docmine.toml is wrong
├── RuleError                 `rule`               a rule or lexicon file is wrong (names file and rule)
├── ModelError                `model`              a model is missing or belongs to another corpus
└── MissingExtraError         `missing_extra`      an optional package isn't installed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class DocmineError(Exception):
    """Base of all errors that docmine raises on purpose.

    `code` is stable and machine-readable; `message` says what is wrong with which thing; `remedy` says what
    the user can do about it. Where `key` is given, `docmine.cli.messages` says both in another language, by that key
    and the `values` that fill its words in (`wrong.day` has the words of `wrong` where it has none of its own); else it
    goes by the code alone.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, remedy: str = "", key: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.key = key
        self.values: Mapping[str, object] = values


class InputError(DocmineError):
    """A file that can't become a document."""

    code = "input"


class EmptyFileError(InputError):
    """The file holds no bytes, or no text."""

    code = "empty"


class UnknownTypeError(InputError):
    """The content is of no kind that docmine reads."""

    code = "unknown_type"


class DamagedFileError(InputError):
    """The container is truncated or broken."""

    code = "damaged"


class EncryptedFileError(InputError):
    """The file can't be opened without a password."""

    code = "encrypted"


class ImageOnlyError(InputError):
    """The pages are pictures without a text layer."""

    code = "image_only"


class UnreadableTextError(InputError):
    """There is a text layer, but its characters mean nothing (lost encoding)."""

    code = "unreadable_text"


class UnsafeFileError(InputError):
    """Refused because reading it could harm: bombs, DTDs, endless nesting."""

    code = "unsafe"


class LimitExceededError(InputError):
    """The time, memory or size limit of one file was reached."""

    code = "limit"


class MissingReaderError(InputError):
    """A program or package that this format needs isn't installed."""

    code = "missing_reader"


class FileAccessError(InputError):
    """The operating system doesn't let docmine open the file."""

    code = "access"


class SettingsError(DocmineError):
    """An option or a settings file is wrong."""

    code = "settings"


class RuleError(DocmineError):
    """A rule or lexicon file is wrong; the message names file, rule and what was expected."""

    code = "rule"


class ModelError(DocmineError):
    """A model is missing, damaged or belongs to another corpus."""

    code = "model"


class MissingExtraError(DocmineError):
    """An optional package isn't installed."""

    code = "missing_extra"
