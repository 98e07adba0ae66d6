"""Count an SMS as GSM 03.38 says, written from its tables and as plainly as can be.

Nothing here is shared with the program: it is the judge of the program's counting.
"""

# 3GPP TS 23.038, 6.2.1: the default alphabet, sixteen a line from 0x00 on; 0x1B is the escape.
DEFAULT = (
    "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5"
    "\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\0\u00c6\u00e6\u00df\u00c9"
    " !\"#\u00a4%&'()*+,-./"
    "0123456789:;<=>?"
    "\u00a1ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7"
    "\u00bfabcdefghijklmno"
    "pqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0"
)
ESCAPE = 0x1B
# 6.2.1.1: the extension table, by the septet after the escape.
EXTENSION = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "\u20ac",
}
SEPTETS = {sign: 1 for code, sign in enumerate(DEFAULT) if code != ESCAPE} | dict.fromkeys(
    EXTENSION.values(), 2
)


def utf16_units(text: str) -> int:
    """Count two units for each character beyond the Basic Multilingual Plane."""
    units = 0
    for char in text:
        units += 1
        if ord(char) > 0xFFFF:
            units += 1
    return units


def count_sms(text: str) -> tuple[str, int, int]:
    """Return the coding, the units and the parts; a character is never cut in two."""
    coding, single, part = "gsm7", 160, 153
    for char in text:
        if char not in SEPTETS:
            coding, single, part = "ucs2", 70, 67
    widths = [SEPTETS[char] if coding == "gsm7" else utf16_units(char) for char in text]
    units = sum(widths)
    if units <= single:
        return coding, units, 1
    parts, free = 0, 0
    for width in widths:
        if width > free:
            parts += 1
            free = part
        free -= width
    return coding, units, parts
