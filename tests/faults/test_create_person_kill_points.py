"""Making a person dies at every call of every port, and is asked for again under the same key."""

import pytest

from funnel.domain.sync.runs import RunKind
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.scene import Scene, dying
from tests.property.reference import check_settled, free

ANN = NewPerson({"first_name": "Ann", "last_name": "Ott"}, "new@x.test", "Ada")


def _scene(plan: Plan) -> Scene:
    scene = Scene(plan)
    scene.sync(RunKind.INITIAL)
    return scene


def _calls() -> int:
    scene = _scene(Plan())
    plan = dying(scene.plan, 0)
    create_person(scene.mortal, TENANT, ANN, "k")
    assert "records.commit" in plan.calls
    return len(plan.calls)


@pytest.mark.parametrize("moment", Moment)
def test_a_person_whose_making_dies_anywhere_is_made_once(moment: Moment) -> None:
    for at in range(1, _calls() + 1):
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
