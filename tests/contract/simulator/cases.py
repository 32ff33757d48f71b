"""What a case is: `(method, case, arguments)`."""

from collections.abc import Mapping

Arguments = Mapping[str, object]
Case = tuple[str, str, Arguments]

#: A session that never was.
WRONG = "0123456789abcdef0123456789"
