"""What a REST connection loads, and above all what it does not."""

import subprocess
import sys
from pathlib import Path

import funnel

CODE = """
import sys
from funnel.adapters.sugar import SugarConnector
from funnel.adapters.system import SystemClock
from funnel.domain.crm import Credentials, Dialect, Endpoint
endpoint = Endpoint("https://crm.example/rest/v11", "https://crm.example", Dialect.REST_11, "", "", "")
crm = SugarConnector(clock=SystemClock()).open(endpoint, Credentials("api", "x"))
crm.sign_out()
print(type(crm).__name__, *(name for name in ("zeep", "lxml", "requests") if name in sys.modules))
"""


def test_a_rest_connection_loads_neither_zeep_nor_lxml() -> None:
    told = subprocess.run(
        [sys.executable, "-c", CODE],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(Path(funnel.__file__).parents[1])},
    )
    assert told.stdout.split() == ["RestCrm"]
