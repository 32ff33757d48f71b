"""The simulated Sugar as a program of the stack."""

from pathlib import Path

from local.stack import ROOT
from local.stack.aws import answers
from local.stack.processes import Child, clean_environment

PYTHON = ROOT / ".venv/bin/python"


class Simulator:
    """A running Sugar simulator at `url`, with its data in `folder`."""

    user_name = "api"
    password = "api"

    def __init__(self, port: int, folder: Path, logs: Path, *, product: str, seed: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        folder.mkdir(parents=True, exist_ok=True)
        options = f"--port {port} --product {product} --seed {seed} --data".split()
        self._child = Child(
            "The Sugar simulator",
            [PYTHON, "-m", "local.sugar", *options, folder],
            log=logs / "sugar.log",
            cwd=ROOT,
            env=clean_environment(folder / "home"),
        )

    def wait(self) -> None:
        """Return when it answers. Raises `StackError`."""
        self._child.wait_until(lambda: answers(f"{self.url}/_simulator/health"), 120)

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._child.running()

    def stop(self) -> None:
        """Stop it; its data is on disk."""
        self._child.stop()
