"""The JSON face of v4_1, as far as Funnel asks it: what the server says it is."""

import json
from urllib.parse import parse_qs, urlsplit

from local.sugar.settings import Product
from local.sugar.soap.context import Sugar
from local.sugar.web.http import HttpRequest, HttpResponse

PATH = "/service/v4_1/rest.php"


class JsonFace:
    """Answers `get_server_info` as recorded; SugarCRM CE 6.5.23 on PHP 8 dies over any question."""

    def __init__(self, sugar: Sugar) -> None:
        self._sugar = sugar

    def serves(self, path: str) -> bool:
        """Whether a path is the face's, and the endpoint there."""
        return path == PATH and "v4_1" in self._sugar.world.settings.endpoints

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        settings = self._sugar.world.settings
        asked = parse_qs(request.body.decode("latin-1") or urlsplit(request.target).query)
        if settings.product is not Product.SUITECRM:
            return HttpResponse(500)
        if asked.get("method") != ["get_server_info"]:
            return HttpResponse(200)
        told = {
            "flavor": settings.edition,
            "version": settings.reported_version,
            "suitecrm_version": settings.own_version,
            "gmt_time": self._sugar.world.clock.text(),
        }
        return HttpResponse(200, json.dumps(told).encode(), "application/json")
