"""Fields of a module, written one a line: `name type[:size] flag...`.

Flags: `!` required; `~` not part of the old dialects' lists (nor of `soap.php` at all);
`g=` the group it is shown in; `dv=` the default `get_module_fields` tells; `new=` the
value a new record gets; `@list` its options; `R` dates searchable by range; `S`/`C` only on
SuiteCRM / SugarCRM CE; `F` only where Funnel's module is installed; and where it comes
from, if not from its own column: `user=key`, `record=module:key`, `linked=link.column`,
`email=what`, `full`, `padded`, `blank`.
"""

from dataclasses import dataclass

from local.sugar.settings import Product


@dataclass(frozen=True, slots=True)
class Field:
    """One field as Sugar's metadata describes it, and where its value comes from."""

    name: str
    type: str
    size: int
    source: str = "column"
    argument: str = ""
    group: str = ""
    required: bool = False
    modern: bool = False
    ranged: bool = False
    default: str | None = None
    initial: str = ""
    options: str = ""
    product: Product | None = None
    funnel: bool = False

    @property
    def label(self) -> str:
        """What a person reads, made from the name."""
        words = self.name.removesuffix("_c").split("_")
        return " ".join(word.capitalize() for word in words) + ":"

    @property
    def stored(self) -> bool:
        """Whether it has a column of its own."""
        return self.source in ("column", "custom")


_SIZES = {
    "id": 36, "relate": 36, "assigned_user_name": 36, "varchar": 100, "name": 255, "phone": 100,
    "enum": 100, "multienum": 65535, "text": 65535, "url": 255, "user_name": 60, "image": 255,
    "email": 255, "fullname": 510,
}  # fmt: skip
_SOURCES = ("user", "record", "linked", "email")


def _parse(line: str) -> Field:
    name, kind, *flags = line.split()
    kind, _, size = kind.partition(":")
    facts: dict[str, object] = {"source": "custom" if name.endswith("_c") else "column"}
    for flag in flags:
        key, sign, value = flag.partition("=")
        if flag == "!":
            facts["required"] = True
        elif flag == "~":
            facts["modern"] = True
        elif flag == "R":
            facts["ranged"] = True
        elif flag == "F":
            facts["funnel"] = True
        elif flag in ("S", "C"):
            facts["product"] = Product.SUITECRM if flag == "S" else Product.SUGARCE
        elif flag.startswith("@"):
            facts["options"] = flag[1:]
        elif flag in ("full", "padded", "blank"):
            facts["source"] = flag
        elif sign and key in _SOURCES:
            facts["source"], facts["argument"] = key, value
        elif sign:
            facts[{"g": "group", "dv": "default", "new": "initial"}[key]] = value
        else:
            raise ValueError(f"unknown flag {flag!r} in {line!r}")
    return Field(name, kind, int(size or _SIZES.get(kind, 0)), **facts)  # type: ignore[arg-type]


def fields(text: str) -> tuple[Field, ...]:
    """Read a block of field lines; a later line of the same name and product is a mistake."""
    found = tuple(_parse(line) for line in text.splitlines() if line.strip())
    keys = [(field.name, field.product) for field in found]
    if len(set(keys)) != len(keys):
        raise ValueError("a field is declared twice")
    return found
