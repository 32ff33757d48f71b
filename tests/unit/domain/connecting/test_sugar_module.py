"""Which package a Sugar takes."""

import pytest

from funnel.domain.connecting.sugar_module import CURL, OWN_CLIENT, ModulePackage, package_for


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("5.2.0j", ModulePackage(CURL, False, False)),
        ("6.5.25", ModulePackage(CURL, False, False)),
        ("7.9.0.0", ModulePackage(CURL, True, False)),
        ("11.0.4", ModulePackage(CURL, True, True)),
        ("12.0.2", ModulePackage(CURL, True, True)),
        ("12.1.0", ModulePackage(OWN_CLIENT, True, True)),
        ("13.0.2", ModulePackage(OWN_CLIENT, True, True)),
        ("25.1", ModulePackage(OWN_CLIENT, True, True)),
        ("", ModulePackage(CURL, False, False)),
        ("unknown", ModulePackage(CURL, False, False)),
    ],
)
def test_a_package_goes_by_the_version_that_sugar_reports(
    version: str, wanted: ModulePackage
) -> None:
    assert package_for(version) == wanted
