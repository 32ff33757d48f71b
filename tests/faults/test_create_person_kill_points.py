"""Making a person dies at every call of every port, and is asked for again under the same key."""

import pytest

from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, synced
from tests.property.reference import check_settled, free

ANN = NewPerson({"first_name": "Ann", "last_name": "Ott"}, "new@x.test", "Ada")


def _scene(plan: Plan) -> Scene:
    return Scene(plan, synced())


def _calls() -> list[str]:
    scene = _scene(Plan())
    plan = dying(scene.plan, 0)
    create_person(scene.mortal, TENANT, ANN, "k")
    assert "records.commit" in plan.calls
    return plan.calls


@pytest.mark.parametrize("moment", Moment)
def test_a_person_whose_making_dies_anywhere_is_made_once(moment: Moment) -> None:
    for at in kill_points(_calls()):
        scene = _scene(Plan(moment=moment))
        dying(scene.plan, at)
        with pytest.raises(Crash):
            create_person(scene.mortal, TENANT, ANN, "k")
        scene.plan.revived = True
        made = create_person(scene.mortal, TENANT, ANN, "k")
        found = find_people(scene.world.app, TENANT, PeopleFilter("ott ann")).items
        assert [row.person_id for row in found] == [made.person_id]
        store = scene.world.store
        assert store.claims(TENANT, ["new@x.test"])["new@x.test"].person_id == made.person_id
        assert [e.kind for e in store.history(TENANT, made.person_id, 9).items] == ["created"]
        check_settled(scene.world.sugar, store, free(scene.world.sugar, store))
