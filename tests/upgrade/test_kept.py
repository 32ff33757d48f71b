"""What a release keeps is written and read without a loss, packed rows too."""

import base64
from datetime import UTC, datetime
from pathlib import Path

from tests.upgrade.kept import Kept, read


def test_a_row_with_a_packed_body_comes_back_as_it_goes_over_the_wire(tmp_path: Path) -> None:
    row = {"pk": {"S": "t"}, "body": {"B": b"\x78\x9cpacked"}, "v": {"N": "2"}}
    now = datetime(2026, 11, 29, tzinfo=UTC)
    kept = Kept({"commit": "x"}, now, {"vision": [row]}, {}, {}, [], {}, {}, {})
    kept.write(tmp_path / "kept.gz")
    (found,) = read(tmp_path / "kept.gz").tables["vision"]
    assert base64.b64decode(found["body"]["B"]) == b"\x78\x9cpacked"
    assert {name: found[name] for name in ("pk", "v")} == {"pk": {"S": "t"}, "v": {"N": "2"}}
    assert read(tmp_path / "kept.gz").now == now
