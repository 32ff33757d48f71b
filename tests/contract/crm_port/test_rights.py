"""What the user may do, by any adapter of `Crm`, on every dialect."""

from funnel.domain.crm import Access, Dialect
from tests.contract.crm_port.subject import Subject


def test_rights_are_told_module_by_module(subject: Subject) -> None:
    subject.sugar.log.clear()
    crm = subject.open("restricted")
    asked = ["Users", "Leads", "Accounts", "Contacts", "Opportunities", "Nope"]
    rights = {right.module: right for right in crm.rights(asked)}
    reads = {module: right.read for module, right in rights.items()}
    export_blocks = subject.dialect in (Dialect.V2, Dialect.V2_1, Dialect.V3, Dialect.V3_1)
    assert reads["Users"] is Access.YES
    assert reads["Leads"] is Access.NO
    assert reads["Accounts"] is Access.NO
    assert reads["Opportunities"] is Access.YES
    assert reads["Nope"] is Access.NO
    if subject.dialect is not Dialect.SOAP_5:
        assert reads["Contacts"] is (Access.NO if export_blocks else Access.YES)
    if subject.dialect in (Dialect.V3_1, Dialect.V4, Dialect.V4_1) or subject.dialect.is_rest:
        assert rights["Contacts"].write is Access.NO
        assert "Edit" in rights["Contacts"].note
        assert rights["Opportunities"].write is Access.YES
        assert rights["Opportunities"].note == ""
    else:
        assert rights["Opportunities"].write is Access.UNKNOWN
        assert "cannot tell" in rights["Opportunities"].note
    assert rights["Nope"].note
    assert not any(name.startswith("set_") for name in subject.sugar.log.methods)


def test_an_admin_may_write_where_sign_in_says_so(subject: Subject) -> None:
    (right,) = subject.open().rights(["Tasks"])
    assert right.read is Access.YES
    silent = subject.dialect in (Dialect.V2, Dialect.V2_1)
    assert right.write is (Access.UNKNOWN if silent else Access.YES)
