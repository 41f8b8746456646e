"""Web archives (MHT), which Word, WPS and browsers save as one file, often under the name of a .doc."""

from __future__ import annotations

import dataclasses

from docmine.errors import DamagedFileError
from docmine.intake.read.encoding import decode
from docmine.intake.read.html import read_html
from docmine.intake.read.text import read_text
from docmine.schema.document import Reading


def read_mhtml(data: bytes, *, path: str | None = None) -> Reading:
    """Read the first page of a web archive; pictures and style sheets beside it are ignored."""
    import email
    from email import policy

    if b"\x00" in data[:64]:  # saved as UTF-16
        data = decode(data).text.encode()
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \r\n"), policy=policy.compat32)
    plain: bytes | None = None
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if part.get_content_type() == "text/html":
            return dataclasses.replace(read_html(payload, path=path), media_type="multipart/related", reader="mhtml")
        if part.get_content_type() == "text/plain" and plain is None:
            plain = payload
    if plain is None:
        raise DamagedFileError("the web archive holds no page", remedy="save the page again, or as HTML")
    return dataclasses.replace(read_text(plain, path=path), media_type="message/rfc822", reader="mhtml")
