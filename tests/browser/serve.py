"""`python -m tests.browser.serve [port]`: the pages over made-up companies, to look at.

Prints an address for each of them. The first sync goes on by itself, tests of connections pass.
"""

import sys
import time
from contextlib import suppress
from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus, ModuleRun, ModuleStatus, RunStatus
from funnel.ports.sync_messages import DoJob, SignIn
from funnel.usecases.signing_in.sign_in import create_link
from tests.browser.site import Site
from tests.browser.sugar_user import sugar_said
from tests.browser.world import EMPTY, FULL, REFUSED, RUNNING, World, make_world, preflight_result


def main() -> None:
    """Serve until interrupted."""
    world = make_world()
    site = Site(world.app, int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    site.start()
    for tenant in (FULL, RUNNING, REFUSED, EMPTY):
        token = create_link(world.app, tenant, Role.ADMIN, "Ada Brandt")
        print(f"{tenant:8} {site.url}/sign-in/link?token={token}", flush=True)
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(1)
            world.clock.advance(1)
            with suppress(Conflict):
                work(world)
    site.stop()


def work(world: World) -> None:
    """One second of a worker's time."""
    while message := world.queue.pop():
        if isinstance(message, DoJob | SignIn):
            asks_who = isinstance(message, SignIn)
            result = sugar_said(world) if asks_who else preflight_result()
            done = JobStatus.DONE
            world.finish_job(message.job_id, message.tenant, status=done, result=result)
    for tenant in (FULL, RUNNING, EMPTY):
        run = world.store.open_run(tenant)
        if run is None:
            continue
        if world.store.asks(tenant, run.run_id).cancel:
            world.save_run(tenant, status=RunStatus.CANCELLED, finished_at=world.clock.now())
            continue
        parts = advanced(run.modules, 160)
        over = all(part.status is ModuleStatus.DONE for part in parts)
        if over:
            world.save_run(
                tenant, modules=parts, status=RunStatus.DONE, finished_at=world.clock.now()
            )
        else:
            world.save_run(tenant, modules=parts)


def advanced(parts: tuple[ModuleRun, ...], rows: int) -> tuple[ModuleRun, ...]:
    """The modules after so many more records of the first that is not done."""
    found = list(parts)
    for index, part in enumerate(found):
        if part.status is ModuleStatus.DONE:
            continue
        expected = part.expected if part.expected is not None else 240
        read = min(expected, part.rows + rows)
        status = ModuleStatus.DONE if read == expected else ModuleStatus.READING
        found[index] = replace(part, expected=expected, rows=read, changed=read, status=status)
        break
    return tuple(found)


if __name__ == "__main__":
    main()
