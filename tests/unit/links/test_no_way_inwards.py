"""The checker of links asks nothing private: by its spelling, its name, its second answer, or a redirect."""

import pytest

from funnel.adapters.links import HttpLinkProbe
from funnel.adapters.system import SystemClock
from tests.contract.crm_port.forbidden import FORBIDDEN, PLAIN
from tests.contract.crm_port.servers import answer, serve
from tests.contract.crm_port.test_addresses import spelled
from tests.unit.links.test_probe import SHORT

pytestmark = pytest.mark.feature("D8")


def probe(*allow: str, **more: object) -> HttpLinkProbe:
    return HttpLinkProbe(SystemClock(), allow=allow, timeouts=SHORT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", FORBIDDEN)
def test_nothing_private_is_asked_in_any_spelling(host: str) -> None:
    (told,) = probe().probe([f"http://{host}:8080/x"]).values()
    assert not told.ok
    assert "private or reserved" in told.answer or "none" in told.answer


@pytest.mark.parametrize("told", [one for one in PLAIN if spelled(one)])
def test_a_name_leads_to_nothing_private(told: str) -> None:
    (answered,) = probe(resolver=lambda *_: [told]).probe(["http://shop.example/"]).values()
    assert "private or reserved" in answered.answer


@pytest.mark.parametrize("inward", FORBIDDEN)
def test_no_redirect_leads_inwards(inward: str) -> None:
    """The one address that is allowed here answers; where it leads is judged anew."""
    location = f"http://{inward}:8080/".encode("latin-1", "ignore").decode()
    with serve(lambda *_: answer(302, Location=location)) as server:
        checker = probe("shop.example", resolver=lambda *_: ["127.0.0.1"])
        (told,) = checker.probe([f"http://shop.example:{server.port}/"]).values()
        assert not told.ok
        assert len(server.asked) == 1


@pytest.mark.parametrize("target", ["http://user:pw@127.0.0.1/", "http://shop.example@127.0.0.1/",
                                    "http://shop.example\\@127.0.0.1/", "file:///etc/passwd",
                                    "gopher://127.0.0.1/", "http://127.0.0.1:0/"])  # fmt: skip
def test_what_programs_read_in_different_ways_is_not_asked(target: str) -> None:
    (told,) = probe().probe([target]).values()
    assert not told.ok


def test_a_name_that_leads_elsewhere_when_it_is_asked_again_leads_nowhere() -> None:
    """Rebinding: for each step the very address that was judged is connected to."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with serve(lambda *_: answer(302, Location="/again")) as server:
        checker = probe("127.0.0.1/32", resolver=rebinding)
        (told,) = checker.probe([f"http://shop.example:{server.port}/"]).values()
        assert not told.ok
        assert all("shop.example" in head for head in server.heads)
        assert len(server.asked) <= 1 or len(asked) == 1
