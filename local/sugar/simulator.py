"""The simulated Sugar as one object: start it, talk to it, change its data, stop it."""

import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from local.sugar.clock import Clock
from local.sugar.company import Company
from local.sugar.demo.users import standard_users
from local.sugar.schema.modules import modules_of
from local.sugar.settings import Product, Settings
from local.sugar.soap.context import Sugar
from local.sugar.soap.sessions import Sessions
from local.sugar.store.database import Database
from local.sugar.store.emails import Emails
from local.sugar.store.listing import Lists
from local.sugar.store.records import Records
from local.sugar.store.relations import Relations
from local.sugar.store.users import Users
from local.sugar.store.world import World
from local.sugar.web.http import HttpServer
from local.sugar.web.log import RequestLog
from local.sugar.web.rest import RestFront
from local.sugar.web.site import Site
from local.sugar.web.soap import SoapFront
from local.sugar.web.trouble import Troubles


def open_sugar(settings: Settings, clock: Clock, path: Path | None, seed: int) -> Sugar:
    """The server's data and rules, without HTTP. `path` None keeps the data in memory."""
    modules = modules_of(settings)
    database = Database(path, modules, clock)
    world = World(settings, clock, modules, database, Random(seed))
    emails, relations = Emails(world), Relations(world)
    records = Records(world, emails, relations)
    sessions = Sessions(clock, settings.session_seconds)
    return Sugar(world, Users(world), records, emails, relations, Lists(world), sessions)


class SugarSimulator:
    """A simulated Sugar server on 127.0.0.1, with the standard users (see `demo.users`).

    Its data can be used without starting the server; `stop` it in any case.

    Parameters
    ----------
    product
        `suitecrm`, `sugarce` or `sugar`.
    endpoints
        Which are served, of `soap.php`, `v2`, `v2_1`, `v3`, `v3_1`, `v4`, `v4_1`, and for `sugar`
        `rest/v10` and `rest/v11`; None serves all that the product has.
    path
        Where the data is kept; None keeps it in memory.
    seed
        What ids are made from.
    clock
        The server's clock; None is the true time.
    port
        Where to listen; 0 takes a free one.
    site_url
        The address WSDLs give; None is the true one.
    settings
        All else; the other arguments win over it.

    Examples
    --------
    >>> with SugarSimulator() as sugar:
    ...     lead = sugar.company.create("Leads", last_name="Kühn", email1="k@example.test")
    ...     sugar.endpoint("v4_1")
    """

    def __init__(
        self,
        product: Product | str = Product.SUITECRM,
        endpoints: Sequence[str] | None = None,
        path: Path | None = None,
        seed: int = 1,
        clock: Clock | None = None,
        *,
        port: int = 0,
        site_url: str | None = None,
        funnel_module: bool = True,
        write_seconds: float = 0.0,
        real_reads: bool = False,
    ) -> None:
        settings = Settings(
            Product(product),
            Product(product).endpoints if endpoints is None else tuple(endpoints),
            site_url=site_url,
            funnel_module=funnel_module,
            write_seconds=write_seconds,
            real_reads=real_reads,
        )
        self.clock = clock or Clock()
        self.troubles = Troubles()
        self.log = RequestLog()
        self.sugar = open_sugar(settings, self.clock, path, seed)
        self.company = Company(self.sugar)
        if not self.company.ids("Users", deleted=-1):
            standard_users(self.sugar, self.company)
        self._stopping = threading.Event()
        self._front = SoapFront(self.sugar, self.troubles, self.log, self._stopping)
        self.rest = RestFront(self.sugar, self.troubles, self.log, self._stopping)
        site = Site(self.sugar, self.company, self._front, self.rest, self.troubles, self.log)
        self._site, self._port = site, port
        self._server: HttpServer | None = None

    @property
    def url(self) -> str:
        """The site's address, without a slash at the end. Raises RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        return self._server.url

    def endpoint(self, name: str) -> str:
        """The address of an endpoint."""
        whole = name == "soap.php" or name.startswith("rest/")
        return f"{self.url}/{name}" if whole else f"{self.url}/service/{name}/soap.php"

    def start(self) -> Self:
        """Begin to serve. Raises OSError where the port is taken."""
        self._server = HttpServer(self._site, self._port)
        self._front.url = self._server.url
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving, end all connections and close the data."""
        self._stopping.set()
        self.company.hook.stop()
        if self._server is not None:
            self._server.stop()
        self.sugar.world.database.close()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()
