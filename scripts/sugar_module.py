"""Build the packages that Module Loader of Sugar installs, out of `sugar_module/`.

    python scripts/sugar_module.py [--into FOLDER]

Two of them, alike but for one file. The one for Sugar 5 to 12.0 and SuiteCRM sends by curl. The one
for 12.1 and later sends by Sugar's own client alone, because the package scanner there, which is
always on in Sugar's cloud, refuses what holds curl. Standard library only; the same sources give
the same bytes.
"""

import argparse
import io
import re
import sys
import textwrap
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "sugar_module"
VERSION, DAY = "1.1.0", "2026-11-29"
PACKAGES = {"funnel-for-sugar.zip": "curl", "funnel-for-sugar-12.1.zip": "own"}
"""File names, and the way each of them sends."""

_POST = "custom/include/Funnel/FunnelPost.php"
_PART = re.compile(r"( *)/\* @part (\w+\.js) \*/\n")
_EVERY = r"'5\..*', '6\..*', '7\..*', '8\..*', '9\..*', '1[0-4]\..*', '2[5-9]\..*'"
_WITH_OWN_CLIENT = r"'1[1-4]\..*', '2[5-9]\..*'"
_WHEN = (1980, 1, 1, 0, 0, 0)


def files(way: str) -> dict[str, bytes]:
    """What a package holds, by its path in it."""
    found = {}
    for path in sorted(SOURCE.rglob("*")):
        name = path.relative_to(SOURCE).as_posix()
        if path.is_file() and not name.startswith("parts/"):
            found[name] = _filled(path.read_text("utf-8")).encode()
    if way == "own":
        whole = found["manifest.php"].decode()
        found["manifest.php"] = whole.replace(_EVERY, _WITH_OWN_CLIENT).encode()
    found[_POST] = (SOURCE / f"parts/FunnelPost.{way}.php").read_bytes()
    return dict(sorted(found.items()))


def _filled(text: str) -> str:
    """A file with its version, and with the parts that several scripts share put in."""
    text = text.replace("@VERSION@", VERSION).replace("@DATE@", DAY)
    return _PART.sub(_part, text)


def _part(place: re.Match[str]) -> str:
    """A part, which may have parts itself, as far to the right as the place where it is named."""
    text = _PART.sub(_part, (SOURCE / "parts" / place[2]).read_text("utf-8"))
    return textwrap.indent(text, place[1])


def packed(held: dict[str, bytes]) -> bytes:
    """A .zip of these files, the same whenever and wherever it is made."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in held.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return written.getvalue()


def build(into: Path) -> list[Path]:
    """Write the packages that differ from what is there; all of them."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for name, way in PACKAGES.items():
        path, content = into / name, packed(files(way))
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
        written.append(path)
    return written


def main(given: list[str]) -> int:
    """Build, and say what was built."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "build")
    parser.add_argument("--quiet", action="store_true")
    asked = parser.parse_args(given)
    for path in build(asked.into):
        if not asked.quiet:
            print(f"{path}  {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
