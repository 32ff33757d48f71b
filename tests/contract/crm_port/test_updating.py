"""Writing fields of records by their ids, by any adapter of `Crm`, on every dialect of all products."""

import pytest

from funnel.domain.crm import Dialect, FieldDef, Value
from funnel.domain.errors import InputInvalid, ModuleMissing, NoRight
from funnel.domain.ids import Module, SugarId
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from tests.contract.crm_port.subject import Subject

SCORE, AT = "funnel_score_c", "funnel_score_at_c"
FIELDS = (SCORE, AT, "last_name", "email1")


def score(value: int) -> dict[str, Value]:
    return {SCORE: value, AT: "2026-11-24T10:42:00Z"}


def held(subject: Subject, module: Module, *ids: str) -> dict[str, dict[str, Value]]:
    crm = subject.opened[0] if subject.opened else subject.open()
    rows = crm.by_ids(module, [SugarId(one) for one in ids], fields=FIELDS).rows
    return {row.sugar_id: row.fields for row in rows if not row.deleted}


@pytest.mark.parametrize("module", [Module.LEADS, Module.CONTACTS])
def test_fields_of_many_are_written_by_id_and_no_others(subject: Subject, module: Module) -> None:
    company = subject.sugar.company
    made = [
        company.create(module, last_name=f"X{n}", email1=f"{module}{n}@update.example")
        for n in range(60)
    ]
    company.flag_email(f"{module}0@update.example", opt_out=True)
    crm = subject.open()

    crm.update(module, {SugarId(one): score(n) for n, one in enumerate(made)})

    found = held(subject, module, *made)
    assert [found[one][SCORE] for one in made] == list(range(60))
    assert {found[one][AT] for one in made} == {"2026-11-24T10:42:00Z"}
    assert [found[one]["last_name"] for one in made] == [f"X{n}" for n in range(60)]
    addresses = [company.emails(module, one) for one in made]
    assert [[a.email for a in one] for one in addresses] == [
        [f"{module}{n}@update.example"] for n in range(60)
    ]
    assert [a.opt_out for one in addresses for a in one] == [True] + [False] * 59


def test_fields_that_are_known_from_before_are_not_asked_for(subject: Subject) -> None:
    made = subject.sugar.company.create("Contacts", last_name="X")
    crm = subject.open()
    crm.sign_in()
    crm.assume(Module.CONTACTS, [FieldDef(SCORE, "int", SCORE), FieldDef(AT, "datetime", AT)])
    subject.sugar.log.clear()
    crm.update(Module.CONTACTS, {SugarId(made): score(7)})
    (row,) = crm.by_ids(Module.CONTACTS, [SugarId(made)], fields=(SCORE, AT)).rows
    assert row.fields == score(7)
    assert (row.deleted, row.problems) == (False, ())
    assert row.date_modified is not None
    asked_for_both = subject.dialect is Dialect.SOAP_5
    assert sum(subject.sugar.log.methods.values()) == (3 if asked_for_both else 2)
    subject.sugar.company.delete("Contacts", made)
    (row,) = crm.by_ids(Module.CONTACTS, [SugarId(made)], fields=(SCORE,)).rows
    assert row.deleted
    assert {SCORE, "last_name"} <= {one.name for one in crm.fields(Module.CONTACTS)}


def test_it_can_be_sent_twice_and_none_empties_a_field(subject: Subject) -> None:
    made = subject.sugar.company.create("Leads", last_name="X")
    crm = subject.open()
    for _ in range(2):
        crm.update(Module.LEADS, {SugarId(made): score(42)})
        assert held(subject, Module.LEADS, made)[made][SCORE] == 42
    crm.update(Module.LEADS, {SugarId(made): {AT: None}})
    assert held(subject, Module.LEADS, made)[made][AT] is None


def test_ids_that_are_deleted_or_not_there_make_nothing_and_stop_nobody(subject: Subject) -> None:
    company = subject.sugar.company
    gone, made = (company.create("Contacts", last_name=name) for name in ("Gone", "Made"))
    company.delete("Contacts", gone)
    before = company.ids("Contacts", deleted=-1)

    subject.open().update(
        Module.CONTACTS, {SugarId(one): score(7) for one in ("ghost", gone, made)}
    )

    assert company.ids("Contacts", deleted=-1) == before
    found = held(subject, Module.CONTACTS, "ghost", gone, made)
    assert {one: fields[SCORE] for one, fields in found.items()} == {made: 7}


def test_a_field_that_is_not_there_is_passed_over(subject: Subject) -> None:
    made = subject.sugar.company.create("Leads", last_name="X")
    subject.open().update(Module.LEADS, {SugarId(made): {"nowhere_c": 5, SCORE: 6}})
    assert held(subject, Module.LEADS, made)[made][SCORE] == 6


def test_nothing_to_write_is_no_request(subject: Subject) -> None:
    crm = subject.open()
    crm.fields(Module.LEADS)
    subject.sugar.log.clear()
    crm.update(Module.LEADS, {})
    assert not subject.sugar.log.methods


def test_a_row_without_an_id_is_refused_here_and_not_sent(subject: Subject) -> None:
    crm = subject.open()
    crm.fields(Module.CONTACTS)
    subject.sugar.log.clear()
    with pytest.raises(InputInvalid):
        crm.update(Module.CONTACTS, {SugarId(""): score(1)})
    assert not subject.sugar.log.methods


def test_a_user_without_the_right_writes_nothing(subject: Subject) -> None:
    made = subject.sugar.company.create("Leads", last_name="X")
    crm = subject.open("restricted")
    with pytest.raises((NoRight, ModuleMissing)):
        crm.update(Module.LEADS, {SugarId(made): score(9)})
    found = subject.sugar.company.get("Leads", made)
    assert found
    assert found[SCORE] == ""


def test_a_sugar_without_the_fields_does_not_tell_and_does_not_mind() -> None:
    with SugarSimulator(Product.SUITECRM, funnel_module=False) as sugar:
        subject = Subject(sugar, Dialect.V4_1)
        made = sugar.company.create("Leads", last_name="X")
        crm = subject.open()
        assert SCORE not in {one.name for one in crm.fields(Module.LEADS)}
        crm.update(Module.LEADS, {SugarId(made): score(9)})
        assert SCORE not in held(subject, Module.LEADS, made)[made]
        crm.sign_out()
