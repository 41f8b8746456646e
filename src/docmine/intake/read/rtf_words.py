"""The control words of RTF that decide where text goes and what it is."""

from __future__ import annotations

import re

from docmine.schema.document import BlockKind

HEADING_NAME = re.compile(r"^heading ([1-9])$")
PAGE_NUMBER_WORDS = 8
PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)

STORIES: dict[str, BlockKind] = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "footnote", "shptxt": "textbox", "dptxbxtext": "textbox",
}  # fmt: skip
PASSED = frozenset(("shpinst", "do", "shpgrp", "cs", "ds", "ts"))
SILENT = frozenset((
    "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnref", "atntime", "atrfend", "atrfstart",
    "bkmkend", "bkmkstart", "colortbl", "comment", "datafield", "datastore", "filetbl", "fontemb", "fontfile",
    "formfield", "generator", "info", "latentstyles", "listoverridetable", "listpicture", "listtable",
    "mmathPr", "nonesttables", "nonshppict", "objclass", "objdata", "objname", "pgdsctbl", "picprop", "pict",
    "pn", "private", "revtbl", "rsidtbl", "rxe", "shprslt", "sn", "sp", "sv", "tc", "tcn", "template",
    "themedata", "colorschememapping", "title", "userprops", "wgrffmtfilter", "xe", "xmlnstbl", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "falt", "panose", "fname",
))  # fmt: skip
CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "softline": "\n", "emdash": "—",
    "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
