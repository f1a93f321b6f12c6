"""Names of files, and of sheets in them, as reports and messages show them.

A name may hold any bytes: some that are no text, some that a terminal obeys, some that nobody sees. They are written out
(`\\xe4` for a byte, `\\u202e` or `\\U000e0041` for a character), and a backslash is doubled where it does not part folders,
so that files with different names are shown with different names. All others are shown as they are, also letters and
spaces that look like others.
"""

import os
import re
from pathlib import PurePath

from foerdercheck.model.characters import UNSEEN

UNSAFE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls: XML forbids most, terminals and log viewers obey some
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of what follows
    "\u2028\u2029"  # line breaks to some readers, none to others
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all; bytes of a file name that are no UTF-8
)
"""Characters that no document and no terminal is given, as the inside of a set in a pattern."""
_FORMAT = (  # the other format characters (Cf)
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
)
_PARTS_FOLDERS = os.sep == "\\"
_WRITTEN_OUT = f"[{UNSAFE}{UNSEEN}{_FORMAT}\t\n{'' if _PARTS_FOLDERS else chr(92) * 2}]"


def shown_name(file: PurePath | str) -> str:
    """Return the name of a file or sheet as it is shown: text in one line, a different one for every name."""
    name = str(file)
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return re.sub(_WRITTEN_OUT, _written_out, name)


def name_in_bytes(file: str) -> bytes:
    """Return the bytes of a name, in which those that are no UTF-8 stand as Python has them (or any other half character)."""
    try:
        return file.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return file.encode(errors="surrogatepass")


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] == "\\":
        return "\\\\"
    if code < 0x80 or 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
