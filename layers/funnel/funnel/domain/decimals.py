"""Decimals as people and Sugar write them, of whatever size, without ever raising."""

from decimal import Decimal, InvalidOperation

from funnel.domain.crm import Value

_MOST_DIGITS = 400
"""Before or after the point: all that a float can be. Written out, `1e999999999` fills the memory."""


def decimal_of(value: Value) -> Decimal | None:
    """A decimal, such as `1250.50` or `1.2e3`; None for what is none, or beyond 400 digits."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        return None
    return found


def plain_number(value: Decimal) -> str:
    """A number as text, with at most six digits after the point and no exponent."""
    # Unlike `round`, it takes more digits than a context has.
    return f"{value:.6f}".rstrip("0").rstrip(".")
