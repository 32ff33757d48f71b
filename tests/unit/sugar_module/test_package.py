"""The packages: the same bytes each time, nothing in them that Sugar refuses, all of them whole."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from scripts.sugar_module import PACKAGES, ROOT, SOURCE, VERSION, build

LINT = ROOT / "scripts/lint_module.php"


def lint(folder: Path) -> list[str]:
    """What the linter says of a folder."""
    run: list[str | Path] = [shutil.which("php") or "php", LINT, folder]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    found = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1 if found else 0, "")
    return found


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (build(tmp_path / name) for name in "ab")
    assert [path.name for path in first] == list(PACKAGES)
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert one.stat().st_size < 60_000


def test_what_is_built_already_is_left_alone(tmp_path: Path) -> None:
    (path, *_) = build(tmp_path)
    before = path.stat().st_mtime_ns
    build(tmp_path)
    assert path.stat().st_mtime_ns == before


def test_a_package_holds_no_placeholder_and_no_strange_name(tmp_path: Path) -> None:
    for path in build(tmp_path):
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            for name in package.namelist():
                assert not name.startswith("/")
                assert ".." not in name
                text = package.read(name).decode()
                assert "@VERSION@" not in text
                assert "@DATE@" not in text
                assert "@part" not in text
            assert f"'version' => '{VERSION}'" in package.read("manifest.php").decode()


def test_one_package_sends_by_curl_and_the_other_by_sugars_own_client(
    packages: dict[str, Path],
) -> None:
    post = Path("custom/include/Funnel/FunnelPost.php")
    by_curl, by_own = (packages[name] / post for name in PACKAGES)
    assert "curl_exec" in by_curl.read_text()
    assert "curl_" not in by_own.read_text()
    others = [
        {p.relative_to(f): p.read_bytes() for p in f.rglob("*.php") if p.name not in
         {"FunnelPost.php", "manifest.php"}}
        for f in packages.values()
    ]  # fmt: skip
    assert others[0] == others[1]


def test_the_module_runs_on_php_5_3_and_passes_the_package_scanner(
    packages: dict[str, Path],
) -> None:
    assert lint(SOURCE) == []
    assert lint(packages["funnel-for-sugar-12.1.zip"]) == []
    assert {line.split(":")[0] for line in lint(packages["funnel-for-sugar.zip"])} == {
        "custom/include/Funnel/FunnelPost.php"
    }


WRONG = (
    "$a = [1];", "$a = f()[0];", "[$a] = $b;", "f([1]);", "$a = $b ?? 1;", "$a = B::class;",
    "$a = 0b1;", "$a = 2 ** 3;", "f(...$a);", "$a = function () { return 1; };", "$a?->b();",
    "class A { private const B = 1; }", "class A { private int $b; }", "class A { public ?B $b; }",
    "function f(int $a) {}", "function f(?A $a) {}", "function f($a): int {}", "trait T {}",
    "function f() { yield 1; }", "try { f(); } finally { g(); }", "$a = empty(f());",
    "try { f(); } catch (A | B $c) { g(); }", "$a = hash_equals('a', 'b');", "random_bytes(3);",
    "http_response_code(404);", "$a = array_column($b, 'c');", "$a = fn($b) => $b;", "match(1) {};",
    "die('x');", "exit;", "eval('1');", "$a = `ls`;", "exec('ls');", "$a();", "$this->$a();",
    "$a = new $b;", "$a = new ReflectionClass('x');", "array_map('f', $a);", "file_exists('a');",
    "register_shutdown_function('f');", "curl_exec($a);", "stream_context_create();",
    "class A { function open() {} }", "unlink('a');", "usort($a, 'f');", "\\random_int(1, 2);",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the linter says of each of these, by the name of its file; "" of what is right."""
    folder = tmp_path_factory.mktemp("wrong")
    for number, wrong in enumerate(WRONG):
        (folder / f"{number}.php").write_text(f"<?php\n{wrong}\n")
    (folder / "right.php").write_text("<?php\n$a = array(1); $b = $a[0]; $c->d[1] = g($a);\n")
    told = dict.fromkeys((path.name for path in folder.iterdir()), "")
    return told | dict(line.split(":", 1) for line in lint(folder))


@pytest.mark.parametrize("number", range(len(WRONG)), ids=WRONG)
def test_the_linter_finds_what_is_wrong(number: int, found: dict[str, str]) -> None:
    assert found[f"{number}.php"]
    assert not found["right.php"]


def test_the_linter_finds_files_that_sugar_does_not_take(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    (tmp_path / "a.js").write_text("'<?php'")
    assert len(lint(tmp_path)) == 2


def test_every_script_is_one_that_a_browser_can_read(packages: dict[str, Path]) -> None:
    node = shutil.which("node") or "node"
    for folder in packages.values():
        for script in folder.rglob("*.js"):
            text = script.read_text()
            assert "function funnelFrame(" in text
            check = "new Function('return ' + JSON.parse(process.argv[1]))"
            whole = text.strip() if text.startswith("({") else f"function () {{ {text} }}"
            run = [node, "-e", check, json.dumps(whole)]
            done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, f"{script}: {done.stderr}"
