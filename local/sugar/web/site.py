"""All that the simulated site serves: endpoints, control API, pages."""

from urllib.parse import urlsplit

from local.sugar.company import Company
from local.sugar.pages.site import Pages
from local.sugar.soap.context import Sugar
from local.sugar.web.control import PREFIX, Control
from local.sugar.web.http import HttpRequest, HttpResponse
from local.sugar.web.json_face import JsonFace
from local.sugar.web.log import RequestLog
from local.sugar.web.rest import RestFront
from local.sugar.web.soap import SoapFront
from local.sugar.web.trouble import Troubles


class Site:
    """Sends each request where it belongs."""

    def __init__(
        self,
        sugar: Sugar,
        company: Company,
        front: SoapFront,
        rest: RestFront,
        troubles: Troubles,
        log: RequestLog,
    ) -> None:
        self._front = front
        self._rest = rest
        self._json_face = JsonFace(sugar)
        self._pages = Pages(sugar, company)
        self._control = Control(sugar, company, troubles, log)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        path = urlsplit(request.target).path
        if self._front.serves(path):
            return self._front(request)
        if self._rest.serves(path):
            return self._rest(request)
        if self._json_face.serves(path):
            return self._json_face(request)
        if path.startswith(PREFIX):
            return self._control(request)
        return self._pages(request)
