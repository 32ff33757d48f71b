"""The errors Sugar answers with, by number."""


class SugarFault(Exception):
    """An answer that is an error: number, name and description as Sugar words them."""

    def __init__(self, number: str, name: str, description: str) -> None:
        super().__init__(f"{number} {name}")
        self.number = number
        self.name = name
        self.description = description


class PlainDeath(Exception):
    """The server dies in plain text, or without a word, instead of answering in XML."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(body)
        self.status = status
        self.body = body


def invalid_login() -> SugarFault:
    """Sign-in refused, for whatever reason."""
    detail = "Login attempt failed please check the username and password"
    return SugarFault("10", "Invalid Login", detail)


def invalid_session() -> SugarFault:
    """No such session (any more)."""
    return SugarFault("11", "Invalid Session ID", "The session ID is invalid")


def no_module() -> SugarFault:
    """The module is not there."""
    detail = "This module is not available on this server"
    return SugarFault("20", "Module Does Not Exist", detail)


def no_access() -> SugarFault:
    """No right to do this, or a query that is never run."""
    return SugarFault("40", "Access Denied", "You do not have access")


def died(detail: str = "") -> SugarFault:
    """The server crashed on the way."""
    return SugarFault("-1", "Unknown error in SOAP call: service died unexpectedly", detail)


def no_method(method: str, service: str) -> SugarFault:
    """In the WSDL, but not there."""
    name = f"method '{method}'/'{method}'('{method}') not defined in service/'{service}'('' '..')"
    return SugarFault("SOAP-ENV:Client", name, "")


def no_error() -> SugarFault:
    """What `soap.php` puts into every good answer."""
    return SugarFault("0", "No Error", "No Error")
