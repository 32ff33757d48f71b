"""What the faults asked for send in place of an answer, whatever the endpoint speaks."""

from local.sugar.web.http import HttpResponse
from local.sugar.web.trouble import Trouble

_PAGE = (
    b"<!DOCTYPE html><html><head><title>Maintenance</title></head>"
    b"<body><p>We are back soon.</p></body></html>"
)


def instead(troubles: dict[str, Trouble]) -> HttpResponse | None:
    """The answer where nothing is done at all."""
    if "drop" in troubles:
        return HttpResponse(cut_at=-1)
    if "status" in troubles:
        code = troubles["status"].code
        return HttpResponse(code, f"<html><body><h1>{code}</h1></body></html>".encode())
    if "redirect" in troubles:
        return HttpResponse(302, headers=[("Location", troubles["redirect"].location)])
    return HttpResponse(200, _PAGE) if "html" in troubles else None


def cut_as_asked(response: HttpResponse, troubles: dict[str, Trouble]) -> HttpResponse:
    """The answer, made long, cut off or lost."""
    if "huge" in troubles:
        response.filler = troubles["huge"].bytes
    if "cut" in troubles:
        response.cut_at = int(response.length * troubles["cut"].fraction)
    if "lose_reply" in troubles:
        response.cut_at = -1
    return response
