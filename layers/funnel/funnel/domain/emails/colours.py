"""Colours of emails: which can be read on which. After the contrast rules of WCAG 2."""

READABLE = 4.5
"""The least contrast of text with what is behind it."""


def contrast(one: str, other: str) -> float:
    """From 1 (none) to 21 (black on white), of colours such as `#0d6b64`."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """White where it can be read on a colour, else black."""
    return "#ffffff" if contrast(colour, "#ffffff") >= READABLE else "#000000"


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
