"""What the REST service refuses, by the codes and labels of Sugar's API Exceptions."""


class RestError(Exception):
    """An answer that is none: HTTP status, `error` and `error_message`."""

    def __init__(self, status: int, label: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.label = label
        self.message = message

    def told(self) -> dict[str, str]:
        """The body of the answer."""
        return {"error": self.label, "error_message": self.message}


def need_login(message: str = "You need to be logged in to perform this action.") -> RestError:
    """No token, or a wrong password."""
    return RestError(401, "need_login", message)


def invalid_grant() -> RestError:
    """A token that is not, or no longer, good."""
    return RestError(401, "invalid_grant", "Your authentication token is invalid.")


def not_authorized() -> RestError:
    """The user's role says no."""
    return RestError(403, "not_authorized", "You are not authorized to perform this action.")


def not_found() -> RestError:
    """No such module or record."""
    return RestError(404, "not_found", "Your requested resource was not found.")


def no_method() -> RestError:
    """No such path."""
    return RestError(404, "no_method", "Your request was not supported.")


def invalid_parameter(message: str) -> RestError:
    """A value that cannot be used."""
    return RestError(422, "invalid_parameter", message)


def incorrect_version() -> RestError:
    """A version of the service that this server does not have."""
    return RestError(
        301, "incorrect_version", "The version of the API you are using is not correct."
    )
