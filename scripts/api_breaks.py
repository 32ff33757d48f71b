"""What would break for programs that were written for the API as it was released.

python -m scripts.api_breaks  compares docs/openapi.json with the released document

The released document is that of the last tag, or docs/openapi.released.json where there is no tag.
`python -m scripts.release` makes the one of now the released one.
A new version of the API (`info.version`) may break what it likes.

What is told: a function, an answer's status or a field of an answer that is gone; what has to be sent
and had not; a type or the values of an enum that became narrower in a request, or wider in an answer;
a scope that changed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/openapi.json"
BASELINE = ROOT / "docs/openapi.released.json"

Json = dict[str, Any]


def breaks(old: Json, new: Json) -> list[str]:
    """Each break in words; none where the version of the API moved."""
    if old["info"]["version"] != new["info"]["version"]:
        return []
    return sorted(set(_Comparing(old, new).all()))


class _Comparing:
    def __init__(self, old: Json, new: Json) -> None:
        self._old, self._new = old, new
        self._open: set[tuple[str, str, bool]] = set()

    def all(self) -> Iterator[str]:
        """Every function that there was."""
        for path, methods in self._old["paths"].items():
            for method, operation in methods.items():
                where = f"{method.upper()} {path}"
                now = self._new["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where}: is gone"
                else:
                    yield from self._operation(where, operation, now)

    def _operation(self, where: str, old: Json, new: Json) -> Iterator[str]:
        if _scopes(old) - _scopes(new):
            yield f"{where}: keys with the scope {', '.join(sorted(_scopes(old)))} are let in no more"
        yield from self._parameters(where, old, new)
        before, after = _body(old), _body(new)
        if before is None and after is not None and new["requestBody"].get("required"):
            yield f"{where}: needs a body"
        if before is not None and after is not None:
            yield from self._schema(f"{where}: the body", before, after, sent=True)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{where}: the answer {status} is gone"
            elif status.startswith("2"):
                yield from self._answer(f"{where}: {status}", answer, new["responses"][status])

    def _parameters(self, where: str, old: Json, new: Json) -> Iterator[str]:
        before, after = ({_name(one): one for one in op.get("parameters", [])} for op in (old, new))
        for name, one in after.items():
            if one.get("required") and not before.get(name, {}).get("required"):
                yield f"{where}: {name} has to be sent"
        for name, one in before.items():
            if name not in after:
                yield f"{where}: {name} is taken no more"
            elif "schema" in one:
                there = after[name].get("schema", {})
                yield from self._schema(f"{where}: {name}", one["schema"], there, sent=True)

    def _answer(self, where: str, old: Json, new: Json) -> Iterator[str]:
        for kind, content in old.get("content", {}).items():
            there = new.get("content", {}).get(kind)
            if there is None:
                yield f"{where}: is {kind} no more"
            else:
                yield from self._schema(where, content["schema"], there["schema"], sent=False)

    def _schema(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[str]:
        names = (old.get("$ref", ""), new.get("$ref", ""), sent)
        if all(names[:2]):
            if names in self._open:
                return
            self._open.add(names)
        old, new = _followed(old, self._old), _followed(new, self._new)
        yield from _types(where, old, new, sent=sent)
        yield from _values(where, old, new, sent=sent)
        yield from self._properties(where, old, new, sent=sent)
        for part in ("items", "additionalProperties"):
            before, after = old.get(part), new.get(part)
            if isinstance(before, dict) and isinstance(after, dict):
                yield from self._schema(f"{where}[]", before, after, sent=sent)
        yield from self._options(where, old, new, sent=sent)

    def _properties(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in before.keys() - after.keys():
            yield f"{where}.{name}: {'is taken no more' if sent else 'is gone'}"
        needed, known = set(new.get("required", ())), set(old.get("required", ()))
        if sent:
            yield from (f"{where}.{name}: has to be sent" for name in needed - known)
        for name in before.keys() & after.keys():
            yield from self._schema(f"{where}.{name}", before[name], after[name], sent=sent)

    def _options(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[str]:
        """`anyOf`: options are matched by what they are; one that has no match is gone, or is new."""
        before, after = (one.get("anyOf") or [one] for one in (old, new))
        if len(before) == len(after) == 1:
            return
        gone = [o for o in before if not any(_alike(o, n) for n in after)]
        come = [n for n in after if not any(_alike(n, o) for o in before)]
        for one in gone if sent else come:
            yield f"{where}: {'may no more be' if sent else 'may by now be'} {_said(one)}"
        for one in before:
            match = next((n for n in after if _alike(one, n)), None)
            if match is not None and (len(before) > 1 or len(after) > 1):
                yield from self._schema(where, one, match, sent=sent)


def _types(where: str, old: Json, new: Json, *, sent: bool) -> Iterator[str]:
    before, after = old.get("type"), new.get("type")
    if before == after or "anyOf" in old or "anyOf" in new:
        return
    wider = (before, after) == ("integer", "number")
    if sent and (wider or after is None) and "enum" not in new:
        return
    if before is None and after is None:
        return
    if "enum" in old and before is None and after == "string" and sent:
        return
    yield f"{where}: was {_said(old)} and is {_said(new)}"


def _values(where: str, old: Json, new: Json, *, sent: bool) -> Iterator[str]:
    if "enum" in old and "enum" in new:
        gone, come = set(old["enum"]) - set(new["enum"]), set(new["enum"]) - set(old["enum"])
        if sent and gone:
            yield f"{where}: may no more be {', '.join(sorted(map(str, gone)))}"
        if not sent and come:
            yield f"{where}: may by now be {', '.join(sorted(map(str, come)))}"
    for limit, narrows in (("maximum", -1), ("minimum", 1), ("maxLength", -1)):
        if sent and limit in new and (new[limit] - old.get(limit, new[limit])) * narrows > 0:
            yield f"{where}: its {limit} is {new[limit]}"
        elif sent and limit in new and limit not in old:
            yield f"{where}: has a {limit} by now, {new[limit]}"


def _followed(schema: Json, document: Json) -> Json:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _alike(one: Json, other: Json) -> bool:
    return _said(one) == _said(other)


def _said(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    return str(schema.get("type") or ("one of some values" if "enum" in schema else "anything"))


def _name(parameter: Json) -> str:
    return str(parameter.get("name") or parameter["$ref"].rpartition("/")[2])


def _scopes(operation: Json) -> set[str]:
    return {scope for one in operation.get("security", []) for scope in one.get("key", [])}


def _body(operation: Json) -> Json | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return content["schema"] if content else None


def released() -> Json:
    """The document of the last tag that has one, else the committed one."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        tag = _git(git, "describe", "--tags", "--abbrev=0")
        text = _git(git, "show", f"{tag.strip()}:docs/openapi.json") if tag else ""
        if text:
            return dict(json.loads(text))
    return dict(json.loads(BASELINE.read_text()))


def _git(git: str, *arguments: str) -> str:
    done = subprocess.run([git, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def release() -> None:
    """The document of now is the released one from here on."""
    found = json.loads(DOCUMENT.read_text())
    BASELINE.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> int:
    """0 where nothing breaks."""
    found = breaks(released(), json.loads(DOCUMENT.read_text()))
    for one in found:
        print(one, file=sys.stderr)
    if found:
        print(
            "Programs written for the released API would break. Keep what there was, or raise "
            "VERSION in scripts/openapi.py.",
            file=sys.stderr,
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
