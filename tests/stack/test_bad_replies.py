"""A Sugar that fails while it is read: the run says why, goes on, and nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from local.stack.client import wait_for
from local.sugar.web.trouble import Trouble
from tests.stack.scene import SECONDS, Json, Scene, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

LISTS = ("get_entry_list",)


@dataclass(frozen=True)
class Fault:
    """What goes wrong while the Leads are read, and the code of what the run then says."""

    name: str
    kind: str
    code: str
    more: tuple[tuple[str, Any], ...] = ()


PASSING = (
    Fault("an error 503", "status", "SugarBusy"),
    Fault("an error 500", "status", "SugarUnavailable", (("code", 500),)),
    Fault("a connection that ends", "drop", "SugarUnavailable"),
    Fault("a reply cut off half-way", "cut", "SugarReplyBroken"),
    Fault("a page with invalid XML", "invalid_xml", "SugarReplyBroken"),
    Fault("a control character", "control", "SugarReplyBroken"),
    Fault("HTML in place of XML", "html", "SugarReplyBroken"),
    Fault("a DTD", "dtd", "SugarReplyBroken"),
    Fault("a value of 200 MB in every reply", "huge", "SugarReplyBroken"),
)
"""These are tried again by themselves."""

LASTING = Fault(
    "a redirect to another host",
    "redirect",
    "RedirectedElsewhere",
    (("location", "http://other.example/"),),
)
"""This stops the run until somebody has looked."""

TOO_LONG = 30_000
"""Characters of a text: more than we keep of one, less than Sugar cuts it at."""


@dataclass(frozen=True)
class Failed:
    """A Sugar that failed at every list of Leads, and the run as it was when it said so."""

    scene: Scene
    run: Json


@pytest.fixture(scope="module")
def failed(stack: "Stack") -> Iterator[dict[str, Failed]]:
    """By fault: each strikes in a company of its own, all of them at once."""
    with ExitStack() as stacked, ThreadPoolExecutor(4) as threads:
        faults = {fault.name: fault for fault in (*PASSING, LASTING)}
        scenes = {name: stacked.enter_context(new_scene(stack, name)) for name in faults}
        runs = threads.map(lambda name: struck(scenes[name], faults[name]), scenes)
        yield {name: Failed(scenes[name], run) for name, run in zip(scenes, runs, strict=True)}


def struck(scene: Scene, fault: Fault) -> Json:
    """Connect, have the fault strike a full sync of the Leads, and mend it; the run that said so."""
    assert scene.connect()["status"] == "done"
    for n in range(3):
        scene.company.create("Leads", last_name=f"Lead {n}")
    scene.sugar.troubles.add(Trouble(fault.kind, None, methods=LISTS, **dict(fault.more)))
    run_id = scene.funnel.start_sync("full", "Leads")["run_id"]
    said = wait_for(lambda: scene.run(run_id), lambda run: bool(notes(run)), "a note", SECONDS)
    # At once: each try after another is twice as far away.
    scene.sugar.troubles.clear()
    return said


def notes(run: Json) -> list[Json]:
    """What a run and its modules say went wrong."""
    return [note for note in (run["note"], *(m["note"] for m in run["modules"])) if note]


@pytest.mark.feature("F4")
@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_what_can_pass_is_said_and_tried_again_by_itself(
    failed: dict[str, Failed], fault: Fault
) -> None:
    scene, run = failed[fault.name].scene, failed[fault.name].run
    assert run["status"] == "running"
    assert run["note"]["code"] == fault.code
    assert run["note"]["text"]
    ended = scene.ended(run["run_id"])
    assert (ended["status"], ended["note"]) == ("done", None)
    assert scene.here() == scene.there()
    assert scene.errors() == []


@pytest.mark.feature("F4")
def test_what_cannot_pass_is_said_and_the_next_sync_brings_all(failed: dict[str, Failed]) -> None:
    scene, run = failed[LASTING.name].scene, failed[LASTING.name].run
    assert LASTING.code in {note["code"] for note in notes(run)}
    assert all(note["text"] and note["mend"] for note in notes(run))
    scene.ended(run["run_id"])
    scene.sync("full")
    assert scene.here() == scene.there()


@pytest.mark.feature("F1")
def test_a_text_too_long_to_be_kept_is_reported_and_the_rest_of_its_record_comes_in(
    connected: Scene,
) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", description="x" * TOO_LONG)
    scene.sync()
    assert scene.people_by_link()[lead]["name"] == "Ott"
    (group,) = scene.errors()
    (row,) = group["own"]
    assert (row["record"]["sugar_id"], row["code"]) == (lead, "ValueTooLong")
    assert (row["field"], bool(row["mend"])) == ("description", True)
    scene.company.update("Leads", lead, description="short")
    scene.sync()
    assert scene.errors() == []
