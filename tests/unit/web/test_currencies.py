"""Amounts on pages: in their own currency, as the reader's region writes it."""

from dataclasses import replace

import pytest

from tests.browser.world import FULL, World
from tests.unit.web.asking import Client


@pytest.mark.parametrize(
    ("language", "own", "other", "base", "symbol"),
    [
        ("en-US", "€12,500.00", "$25,000.00", "€20,000.00 in Sugar", "pt\u00a075,000.00"),
        (
            "de-DE",
            "12.500,00\u00a0€",
            "25.000,00\u00a0$",
            "20.000,00\u00a0€ in der Standardwährung",
            "75.000,00\u00a0pt",
        ),
    ],
)
def test_amounts_are_in_their_own_currency_in_the_way_of_the_region(
    world: World, language: str, own: str, other: str, base: str, symbol: str
) -> None:
    client = Client(world, world.token(FULL))
    listed = client.get("/app/opportunities", accept_language=language).text
    assert all(one in listed for one in (own, other, symbol))
    assert other in client.get("/app/accounts/a1", accept_language=language).text
    page = client.get("/app/opportunities/o1", accept_language=language).text
    assert page.count(other) == 2
    assert base in page
    assert (
        "Standardwährung"
        not in client.get("/app/opportunities/o5", accept_language=language).text.split("<h2")[0]
    )


def test_the_connection_says_which_currencies_there_are_or_why_they_are_not_known(
    world: World,
) -> None:
    client = Client(world, world.token(FULL))
    page = client.get("/setup/connection", accept_language="de").text
    assert 'EUR <span class="muted">(Standardwährung)</span>, USD, pt</dd>' in page

    kept = world.store.currencies(FULL)
    assert kept is not None
    no_right = replace(kept, problem="Sugar tells no fields of Currencies.")
    world.store.save_currencies(FULL, no_right)
    page = client.get("/setup/connection", accept_language="de").text
    assert "Sugar nennt keine Felder von Currencies." in page
    assert "gezeigt werden die bisherigen" in page
    world.store.save_currencies(FULL, replace(no_right, known=()))
    assert (
        "Beträge stehen ohne Währung da"
        in client.get("/setup/connection", accept_language="de").text
    )
    world.store.save_currencies(FULL, replace(kept, known=()))
    assert (
        "das Modul „Währungen“ zu sehen"
        in client.get("/setup/connection", accept_language="de").text
    )


def test_programs_are_told_the_currency_and_the_unit_of_a_rule(world: World) -> None:
    client = Client(world, world.token(FULL))
    rows = {one["sugar_id"]: one for one in client.get("/api/app/opportunities").json["items"]}
    assert [(rows[i]["amount"], rows[i]["currency"]) for i in ("o0", "o1", "o5")] == [
        ("12500.00", "EUR"),
        ("25000.00", "USD"),
        ("75000.00", "pt"),
    ]
    whole = client.get("/api/app/opportunities/o1").json
    assert (whole["amount_in_base"], whole["base_currency"]) == ("20000.00", "EUR")
    units = {
        one["name"]: one["unit"] for one in client.get("/api/app/segment-fields").json["items"]
    }
    assert {name for name, unit in units.items() if unit} == {"amount"}
