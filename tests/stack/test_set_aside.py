"""A message that cannot be carried out is kept alone, by the queue's own rules."""

from collections.abc import Iterator

import pytest

from local.site import DemoSite
from tests.stack.scene import Scene, eventually
from tests.stack.test_tracking import FIREFOX, activities, hits, post

POISON = '{"type": "record_hits", "tenant": 5}'


@pytest.fixture
def site(scene: Scene) -> Iterator[DemoSite]:
    """A site of the tenant's."""
    demo = DemoSite()
    demo.start()
    made = scene.funnel.json("POST", "/api/app/sites", {"name": "Demo", "domains": ["127.0.0.1"]})
    demo.snippet, demo.form_address = made["snippet"], made["form_address"]
    yield demo
    demo.stop()


def kept(scene: Scene) -> int:
    """How many messages of the queue of activities are still to be carried out."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = scene.stack.client("sqs").get_queue_attributes(
        QueueUrl=scene.physical("ActivitiesQueue"), AttributeNames=names
    )
    return sum(int(found["Attributes"][name]) for name in names)


@pytest.mark.feature("G4")
def test_a_poison_message_is_set_aside_alone_and_the_others_proceed(
    scene: Scene, site: DemoSite
) -> None:
    addresses = [f"p{number}@x.example" for number in range(3)]
    before = kept(scene)
    queue = scene.physical("ActivitiesQueue")
    scene.stack.client("sqs").send_message(QueueUrl=queue, MessageBody=POISON)
    for number, address in enumerate(addresses):
        fields = {"email": address, "last_name": "Peer"}
        body = hits(site, "/contact", browser=f"{number:032x}", form="News", fields=fields)
        sent = post(scene, site, body.replace(b"page view", b"form"), **{"user-agent": FIREFOX})
        assert sent.status_code == 202
    eventually("the others", lambda: all(activities(scene, one) for one in addresses))
    eventually("the poison alone", lambda: kept(scene) == before + 1)
