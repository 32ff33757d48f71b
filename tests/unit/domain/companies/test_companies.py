"""Whose network it is: by tenant, range, ASN and name, and why."""

from datetime import UTC, datetime

import pytest

from funnel.domain.companies.companies import (
    MOST_SAID,
    SHOWN,
    Correction,
    Evidence,
    NetworkRecord,
    Said,
    checked_said,
    company_key,
    fold_company,
    is_company_key,
    owner_of,
    said_again,
)
from funnel.domain.companies.network_names import NetworkKind, kind_by_name
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId

NOW = datetime(2026, 3, 2, tzinfo=UTC)
COMPANY, PROVIDER, HOSTING = NetworkKind.COMPANY, NetworkKind.PROVIDER, NetworkKind.HOSTING
MOBILE, EDUCATION = NetworkKind.MOBILE, NetworkKind.EDUCATION

PROVIDERS = [
    "Deutsche Telekom AG", "Vodafone GmbH", "Telefonica Germany GmbH & Co.OHG", "1&1 Versatel GmbH",
    "Orange S.A.", "Free SAS", "Bouygues Telecom SA", "Telecom Italia S.p.A.", "Fastweb SpA",
    "TELEFONICA DE ESPANA S.A.U.", "Telefónica Chile S.A.", "British Telecommunications PLC",
    "Virgin Media Limited", "Sky UK Limited", "Swisscom (Schweiz) AG", "A1 Telekom Austria AG",
    "Telia Company AB", "Telenor Norge AS", "KPN B.V.", "Proximus NV", "Comcast Cable Communications, LLC",
    "Charter Communications Inc", "AT&T Enterprises, LLC", "Verizon Business", "Cox Communications Inc.",
    "Bell Canada", "TELUS Communications", "Rogers Communications Canada Inc.", "Telstra Limited",
    "Reliance Jio Infocomm Limited", "Chinanet", "KDDI CORPORATION", "Korea Telecom", "Turk Telekom",
    "PJSC Rostelecom", "Maroc Telecom", "Stadtwerke Musterstadt Glasfaser GmbH",
    "Space Exploration Technologies Corporation", "Green Valley Broadband LLC",
    "Cooperativa Telefonica de Rio Grande",
]  # fmt: skip
MOBILES = [
    "T-Mobile USA, Inc.", "Cellco Partnership DBA Verizon Wireless", "China Mobile communications corporation",
    "Turkcell A.S.", "Vodacom", "Hutchison 3G UK Limited", "Claro NXT Telecomunicacoes Ltda",
]  # fmt: skip
HOSTINGS = [
    "Amazon.com, Inc.", "Amazon Data Services NoVa", "Google Cloud", "Microsoft Azure", "Hetzner Online GmbH",
    "OVH SAS", "DigitalOcean, LLC", "Linode, LLC", "Akamai Technologies", "Contabo GmbH", "IONOS SE",
    "LeaseWeb Netherlands B.V.", "Northern Lights Web Hosting", "Nordic Datacenter AB", "M247 Europe SRL",
]  # fmt: skip
COMPANIES = [
    "Siemens AG", "Robert Bosch GmbH", "Nordsee Automobile GmbH", "Cable Works Inc", "Zoom Video Communications",
    "Ford Motor Company", "Novartis AG", "Hamburg Marine Services GmbH", "Mobileye Vision Technologies",
    "Bayer Business Services GmbH", "Unilever PLC", "Internet Initiative Consulting", "Netflix Inc",
    "Deutsche Bahn AG", "Toyota Motor Corporation", "Petrobras", "Carrefour SA",
    "Banco Santander", "Ikea IT AB", "Cloud Nine Coffee Roasters", "Hostess Brands LLC", "Serverin Elektro",
    "Orangerie Verlag", "Freeman Logistics", "Spectrumedix", "Colorado Springs Utilities",
    "Bell Helicopter Textron", "Three Rivers Logistics", "Orange County Government", "Spectrum Brands Inc", "Optimum Nutrition",
    "Sprint Logistik GmbH", "Elisabeth-Klinik", "Optima Maschinenbau", "Collegium Musicum GmbH",
]  # fmt: skip
SCHOOLS = [
    "University of Oxford", "Technische Universität München", "Universidad de Chile", "Uniwersytet Warszawski",
    "Massachusetts Institute of Technology", "Hochschule Bremen", "Fremont School District",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[(one, PROVIDER) for one in PROVIDERS],
        *[(one, MOBILE) for one in MOBILES],
        *[(one, HOSTING) for one in HOSTINGS],
        *[(one, EDUCATION) for one in SCHOOLS],
    ],
)
def test_a_name_tells_what_kind_of_network_it_is(name: str, kind: NetworkKind) -> None:
    found = kind_by_name(name)
    assert found
    assert found[0] is kind, found


@pytest.mark.parametrize("name", COMPANIES)
def test_a_name_that_tells_nothing_is_no_evidence(name: str) -> None:
    assert kind_by_name(name) is None


def verdict(**said: object) -> tuple[NetworkKind, Evidence]:
    owner = owner_of(NetworkRecord(**said))  # type: ignore[arg-type]
    assert owner
    return owner.kind, owner.evidence


def test_the_ranges_own_organisation_comes_before_the_network_it_is_in() -> None:
    line = {
        "organisation": "Fjord Shipping AS",
        "provider": "Telenor",
        "network": "Telenor Norge AS",
    }
    assert verdict(**line, network_kind=PROVIDER) == (COMPANY, Evidence.RANGE)
    assert verdict(**line, organisation_kind=HOSTING) == (HOSTING, Evidence.RANGE)
    assert verdict(organisation="Fjord Telecom", network="Telenor") == (PROVIDER, Evidence.NAME)


def test_the_kind_of_the_network_comes_before_its_name() -> None:
    assert verdict(network="Vodafone Museum", network_kind=COMPANY) == (COMPANY, Evidence.ASN)
    assert verdict(network="Blue River", network_kind=PROVIDER) == (PROVIDER, Evidence.ASN)
    # An organisation that is the provider itself is none of its customers.
    own = {"organisation": "Blue River Ltd", "provider": "Blue River", "network": "Blue River"}
    assert verdict(**own, network_kind=PROVIDER) == (PROVIDER, Evidence.ASN)


def test_a_network_of_which_only_the_name_is_known_is_judged_by_it() -> None:
    assert verdict(network="Deutsche Telekom AG") == (PROVIDER, Evidence.NAME)
    assert verdict(network="Siemens AG") == (COMPANY, Evidence.NOTHING_ELSE)
    assert verdict(provider="Blue River") == (NetworkKind.UNKNOWN, Evidence.NO_INFORMATION)


def test_no_name_is_nobody() -> None:
    assert owner_of(NetworkRecord()) is None
    assert owner_of(NetworkRecord(organisation="\0 ", asn=64500)) is None


def test_a_name_is_cut_and_cleaned_and_the_same_in_each_spelling() -> None:
    owner = owner_of(NetworkRecord(organisation="  Müller & Söhne\x07 " + "x" * 200))
    assert owner
    assert owner.organisation.startswith("Müller & Söhne")
    assert len(owner.organisation) <= 100
    assert company_key("ACME  Corp") == company_key("Acme corp") != company_key("Acme")
    assert is_company_key(company_key("Acme"))
    assert not is_company_key("../x")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Siemens AG", "siemens"),
        ("Müller & Söhne GmbH & Co. KG", "muller & sohne"),
        ("Acme, Inc.", "acme"),
        ("Telefónica S.A.", "telefonica"),
        ("Kowalski Sp. z o.o.", "kowalski"),
        ("AG", "ag"),
        ("Fjord Shipping AS", "fjord shipping"),
        ("The Limited Edition Company", "the limited edition"),
    ],
)
def test_a_companys_name_is_compared_without_its_legal_form(name: str, folded: str) -> None:
    assert fold_company(name) == folded


def correction(*said: Said) -> Correction:
    return Correction(TenantId("acme"), company_key("Acme"), "Acme", said)


def test_the_last_word_counts_and_can_be_taken_back() -> None:
    first = said_again(correction(), Said(NOW, "Ann", PROVIDER))
    assert first.counts == Said(NOW, "Ann", PROVIDER)
    assert said_again(first, Said(NOW, "Ben", PROVIDER)) == first
    back = said_again(first, Said(NOW, "Ben"))
    assert back.counts is None
    assert [one.by for one in back.said] == ["Ann", "Ben"]
    assert said_again(back, Said(NOW, "Cleo")) == back
    assert said_again(correction(), Said(NOW, "Cleo")) == correction()


def test_a_bounded_number_of_words_is_remembered() -> None:
    found = correction()
    for number in range(MOST_SAID * 2):
        found = said_again(found, Said(NOW, "Ann", COMPANY, f"Name {number}"))
    assert len(found.said) == MOST_SAID
    assert found.counts == Said(NOW, "Ann", COMPANY, f"Name {MOST_SAID * 2 - 1}")


def test_a_name_that_is_said_is_checked() -> None:
    assert checked_said(COMPANY, "  Acme   Corp ", NOW, "Ann").name == "Acme Corp"
    for name in ("x" * 101, "Acme\0"):
        with pytest.raises(InputInvalid):
            checked_said(COMPANY, name, NOW, "Ann")


def test_only_companies_and_universities_are_shown() -> None:
    assert {COMPANY, EDUCATION} == SHOWN
