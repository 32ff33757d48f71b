"""What a Sugar does on a bad day: half bodies, slow drips, ended sessions, lost answers, 503."""

from random import Random

from local.faults.fault import NOTHING, Asked, Fault, Reply

# Of 1,000 requests, that many each.
BUSY, DROPPED, HALF, DRIPPING, LOST, HTML, SLOW, EXPIRED = 20, 8, 12, 12, 15, 5, 12, 12
EXPIRE = "/_simulator/sessions/expire"


class SugarFaults:
    """Decides for each request; the same seed and order of requests give the same faults."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)

    def __call__(self, asked: Asked) -> Fault:
        """What goes wrong with a request. Only calls fail: a WSDL and a version are asked for once."""
        if asked.method == "GET" and "rest/" not in asked.path:
            return NOTHING
        drawn = self._chance.randrange(1000)
        html = [("Content-Type", "text/html; charset=UTF-8")]
        page = b"<html><body><h1>503 Service Unavailable</h1></body></html>"
        for share, fault in (
            (BUSY, Fault("error 503", instead=Reply(503, page, html))),
            (DROPPED, Fault("dropped", reset=True)),
            (HALF, Fault("half a body", share=self._chance.uniform(0.1, 0.9))),
            (DRIPPING, Fault("slow drip", drip=self._chance.uniform(0.5, 4.0))),
            (LOST, Fault("lost answer", lost=True)),
            (HTML, Fault("HTML", instead=Reply(200, b"<html>Upgrading</html>", html))),
            (SLOW, Fault("slow", pause=self._chance.uniform(0.2, 3.0))),
            (EXPIRED, Fault("session ended", first=EXPIRE)),
        ):
            if drawn < share:
                return fault
            drawn -= share
        return NOTHING
