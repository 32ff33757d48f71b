"""MMDB files of a bucket, copied to where they can be opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from funnel.domain.errors import StoreBusy

MOST_FILES = 8
_ENDING = ".mmdb"


@dataclass(frozen=True, slots=True)
class Supplied:
    """A file as it is here: `path` is None where there is no room for it. `tag` tells its content."""

    name: str
    tag: str
    path: Path | None


class BucketFiles:
    """The files of a bucket, each fetched once for as long as its ETag stays.

    `folder` is where they are put, with room for `room` bytes. `client` is for S3; without one it is
    made when it is first needed.
    """

    def __init__(self, bucket: str, folder: Path, room: int, client: Any = None) -> None:
        self._bucket = bucket
        self._folder = folder
        self._room = room
        self._made = client
        self._here: dict[str, Supplied] = {}

    def supplied(self) -> list[Supplied]:
        """The files there are now, by name; at most eight. Raises `StoreBusy`."""
        try:
            return self._fetched()
        except (ClientError, BotoCoreError, OSError) as error:
            raise StoreBusy(f"The databases cannot be read: {error}") from error

    def _fetched(self) -> list[Supplied]:
        listed = self._client.list_objects_v2(Bucket=self._bucket).get("Contents", [])
        wanted = {
            one["Key"]: one
            for one in sorted(listed, key=lambda one: str(one["Key"]))
            if one["Key"].casefold().endswith(_ENDING)
        }
        kept = dict(list(wanted.items())[:MOST_FILES])
        self._drop(name for name in list(self._here) if name not in kept)
        for name, one in kept.items():
            tag = str(one["ETag"])
            if name not in self._here or self._here[name].tag != tag:
                self._drop([name])
                self._here[name] = self._fetch(name, tag, int(one["Size"]))
        return [self._here[name] for name in kept]

    def _fetch(self, name: str, tag: str, size: int) -> Supplied:
        used = sum(one.path.stat().st_size for one in self._here.values() if one.path)
        if used + size > self._room:
            return Supplied(name, tag, None)
        self._folder.mkdir(parents=True, exist_ok=True)
        # A new name each time: the file before may still be open.
        place = self._folder / f"{len(list(self._folder.iterdir()))}-{tag.strip(chr(34))[:40]}.mmdb"
        body = self._client.get_object(Bucket=self._bucket, Key=name)["Body"]
        with place.open("wb") as file:
            for part in body.iter_chunks(1 << 20):
                file.write(part)
        return Supplied(name, tag, place)

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            gone = self._here.pop(name, None)
            if gone and gone.path:
                gone.path.unlink(missing_ok=True)

    @property
    def _client(self) -> Any:
        if self._made is None:
            config = Config(
                connect_timeout=2,
                read_timeout=20,
                retries={"mode": "standard", "total_max_attempts": 2},
                s3={"addressing_style": "auto"},
            )
            self._made = get_session().create_client("s3", config=config)
        return self._made
