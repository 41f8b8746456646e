"""What the command line says, in Chinese where the locale is Chinese, else in English."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from docmine.batch.outcome import Failure
from docmine.rulebook.paths import resources_dir


class Messages:
    """The messages of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._table: Mapping[str, Any] = _tables()[lang]

    def __call__(self, key: str, **values: object) -> str:
        """A message with its values filled in."""
        text: str = self._table[key]
        return text.format(**values) if values else text

    def name(self, group: str, key: str) -> str:
        """The name of a value (`kind`, `force`, `role` …); the value itself where it has none."""
        return str(self._table.get(group, {}).get(key, key))

    def failure(self, failure: Failure) -> Failure:
        """A failure in this language: by its key or code where the language has words for it, else as raised."""
        message = self._table.get("failure", {}).get(failure.code)
        remedy = self._table.get("failure_remedy", {}).get(failure.code)
        own = self._by_key("error_message", failure)
        if own is not None:
            own_remedy = self._by_key("error_remedy", failure)
            return Failure(failure.code, own, own_remedy or remedy or failure.remedy)
        if message is None:
            return failure
        detail = f"{message}（{failure.message}）" if failure.code in _WITH_DETAIL else message
        return Failure(failure.code, detail, remedy or failure.remedy)

    def _by_key(self, group: str, failure: Failure) -> str | None:
        """The words for an error's key, or for the part before its dot, with the error's values in them."""
        table = self._table.get(group, {})
        words = table.get(failure.key, table.get(failure.key.partition(".")[0]))
        return None if words is None else str(words).format(**failure.values)

    def usage_error(self, message: str) -> str:
        """What argparse says of wrong usage, in this language where it has words for it."""
        for row in self._table.get("usage_error", ()):
            match = re.fullmatch(row["english"], message, re.DOTALL)
            if match:
                return match.expand(row["said"])
        return message


# Codes whose own message names the culprit: the option, the rule, the package, the limit.
_WITH_DETAIL = {"settings", "rule", "model", "missing_extra", "missing_reader", "record_format", "limit", "error"}


def language(argv: Sequence[str] = (), environ: Mapping[str, str] | None = None) -> str:
    """The language asked for by `--lang`, else the locale's, else English."""
    for before, word in zip(("", *argv), argv, strict=False):
        if before == "--lang" and word in ("zh", "en"):
            return word
        if word in ("--lang=zh", "--lang=en"):
            return word[-2:]
    env = os.environ if environ is None else environ
    locale = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


@cache
def _tables() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads((resources_dir() / "common" / "messages.toml").read_text(encoding="utf-8"))
