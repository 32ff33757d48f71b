"""The table of facts: what the recorded servers answered, in a form of our own.

`facts.tsv` has one line per method, case and answer: where it was given (product:endpoint,
parted by commas), HTTP status, number of the fault or error, and shape. It is written by
`python -m tests.contract.simulator.facts` from the recordings, which are not needed to
read it.
"""

from pathlib import Path

from local.sugar.settings import ENDPOINTS
from tests.contract.simulator import recordings
from tests.contract.simulator.playing import Fact, fact

TABLE = Path(__file__).with_name("facts.tsv")
_HEAD = "method\tcase\tstatus\tfault\twhere\tshape"

Facts = dict[tuple[str, str], dict[tuple[str, str], Fact]]


def recorded() -> Facts:
    """The facts as the recordings tell them: (product, endpoint) -> (method, case) -> fact."""
    found: Facts = {}
    for product in recordings.PRODUCTS:
        for endpoint in ENDPOINTS:
            found[product, endpoint] = {
                (one.method, one.case): fact(one.status, one.response, one.case)
                for one in recordings.exchanges(product, endpoint)
            }
    return found


def written(facts: Facts) -> str:
    """The table as text."""
    lines: dict[tuple[str, str, Fact], list[str]] = {}
    for (product, endpoint), answers in facts.items():
        for (method, case), one in answers.items():
            lines.setdefault((method, case, one), []).append(f"{product}:{endpoint}")
    rows = [
        "\t".join((method, case, str(one.status), one.fault, ",".join(where), one.shape))
        for (method, case, one), where in sorted(lines.items(), key=lambda line: line[0][:2])
    ]
    return "\n".join((_HEAD, *rows)) + "\n"


def read() -> Facts:
    """The facts of the table."""
    found: Facts = {}
    for line in TABLE.read_text().splitlines()[1:]:
        method, case, status, fault, where, shape = line.split("\t")
        for place in where.split(","):
            product, _, endpoint = place.partition(":")
            answers = found.setdefault((product, endpoint), {})
            answers[method, case] = Fact(int(status), fault, shape)
    return found


if __name__ == "__main__":
    TABLE.write_text(written(recorded()))
    print(f"{TABLE.name}: {len(TABLE.read_text().splitlines()) - 1} lines")
