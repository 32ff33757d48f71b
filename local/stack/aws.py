"""The local AWS: ministack, on 127.0.0.1, with its data in the stack's state.

Its known gaps are met where they show: `deploy` (TTL, recovery, dead letters), `mappings` (queues), `gateway` (hosts).
"""

import urllib.request
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from local.stack import ROOT
from local.stack.processes import Child, clean_environment
from local.stack.sweeping import sweep
from local.stack.taken import give_back

ACCOUNT = "000000000000"
REGION = "us-east-1"
# Part of queue addresses and host names, which are kept with the data: so not the port we listen on.
NOMINAL_PORT = "4566"
PYTHON = ROOT / ".venvs/aws/bin/python"


class AwsAt:
    """A local AWS that answers at `url`, whoever started it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def client(self, service: str, *, read_timeout: float = 60) -> Any:
        """A boto3 client of a service of this AWS."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="local",
            config=Config(
                read_timeout=read_timeout,
                retries={"total_max_attempts": 1},
                max_pool_connections=50,
                proxies={},
            ),
        )


class LocalAws(AwsAt):
    """A running local AWS at `url`; functions are told that it is at `seen_at`, if that is given."""

    def __init__(self, port: int, folder: Path, logs: Path, seen_at: str = "") -> None:
        super().__init__(f"http://127.0.0.1:{port}")
        self.policies = folder / "policies.json"
        self.ahead = folder / "ahead"
        self._home = folder / "home"
        sweep(self._home)
        give_back(folder / "state/sqs.json")
        env = clean_environment(
            self._home,
            **(self.credentials() | ({"AWS_ENDPOINT_URL": seen_at} if seen_at else {})),
            BIND_HOST="127.0.0.1",
            GATEWAY_PORT=NOMINAL_PORT,
            MINISTACK_HOST="127.0.0.1",
            MINISTACK_ACCOUNT_ID=ACCOUNT,
            PERSIST_STATE="1",
            STATE_DIR=str(folder / "state"),
            S3_PERSIST="1",
            S3_DATA_DIR=str(folder / "s3"),
            SFTP_ENABLED="0",
            IOT_MTLS_ENABLED="0",
            DOCKER_HOST=f"unix://{folder}/no-docker",
            LOG_LEVEL="INFO",
            # Nothing here takes traces.
            POWERTOOLS_TRACE_DISABLED="true",
            PYTHONPATH=str(Path(__file__).with_name("inside")),
            FUNNEL_LOCAL_POLICIES=str(self.policies),
            FUNNEL_LOCAL_AHEAD=str(self.ahead),
        )
        serve = (
            f"-m hypercorn ministack.app:app --workers 0 --keep-alive 75 --bind 127.0.0.1:{port}"
        )
        command: list[str | Path] = [PYTHON, *serve.split()]
        # Saving a large state takes a while, and so do functions under way on a busy machine: whoever
        # is killed meanwhile counts as not saved, and all is lost.
        self._child = Child(
            "The local AWS", command, log=logs / "aws.log", cwd=folder, env=env, patience=180
        )

    def credentials(self) -> dict[str, str]:
        """Environment variables that lead every AWS client here, and only here."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1,localhost",
        }

    def wait(self) -> None:
        """Return when it answers. Raises `StackError`."""
        self._child.wait_until(lambda: answers(f"{self.url}/_ministack/health"), 180)

    def be_ahead(self, seconds: float) -> None:
        """Have the functions' clock be that far ahead from now on, so that what waits for hours is due."""
        self.ahead.write_text(str(seconds))

    @property
    def guard(self) -> int:
        """The process above all that belongs to it."""
        return self._child.pid

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._child.running()

    def stop(self) -> bool:
        """Stop it, which makes it save its data; whether it did."""
        self._child.stop()
        # Unpacked functions and layers: 60 MB and more for each process there was.
        sweep(self._home)
        return self._child.exit_code == 0


def answers(url: str) -> bool:
    """Whether a GET of this address on 127.0.0.1 succeeds."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
