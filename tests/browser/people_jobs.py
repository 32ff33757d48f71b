"""Imports, exports and erasures, in every state a page can show."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.erasure import Erasure
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.erasing.erase_person import ERASE
from funnel.usecases.jobs.view_export import EXPORT
from funnel.usecases.lists.work_found import FOUND, PUT_FOUND
from funnel.usecases.people.import_people import IMPORT
from funnel.usecases.people.people_filter import PeopleFilter, WhereFound
from tests.browser.segments import VIPS
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore

CSV = f"""Email;Surname;Town;Opted out;Size;Turnover
einkauf@bergmann-soehne.example;Bergmann;{"Bremerhaven" * 12};;42;1.250,50
new.person@a-rather-long-company-name.example;Nyström <&>;Malmö;yes;40;-12.500
not an address;Nil;;;;
five@percent.example;Five;;;;5 %
"""
DOUBTFUL = "Email;Turnover\none@doubt.example;1.250\ntwo@doubt.example;1,5,0\n"
COUNTS = {"create": 1_204, "change": 311, "same": 4_012, "skip": 17, "next": 5_544}
REMOVED = {"people": 1, "records": 2, "addresses": 1, "consents": 1, "history": 41, "scores": 1}


def fill_people_jobs(
    store: MemoryStore, files: MemoryFiles, tenant: TenantId, now: datetime
) -> None:
    """One job of each state, and the proof of an erasure."""
    files.put(tenant, "imports/fair.csv", CSV.encode(), "text/csv")
    files.put(tenant, "imports/doubt.csv", DOUBTFUL.encode(), "text/csv")
    arguments = {"file": "imports/fair.csv", "title": "fair.csv", "source": "0", "rows": 4}
    looked = Job(tenant, "import-look", IMPORT, "Mo Sandberg", now, arguments)
    doubted = {"file": "imports/doubt.csv", "title": "doubt.csv", "source": "1", "rows": 2}
    doubt = replace(looked, job_id="import-doubt", arguments=doubted)
    begun = {**arguments, "rows": 12_000, "columns": ["email"], "only_empty": False}
    going = replace(looked, job_id="import-going", arguments=begun, status=JobStatus.RUNNING)
    going = replace(going, result=COUNTS)
    done = replace(going, job_id="import-done", status=JobStatus.DONE)
    done = replace(done, arguments={**begun, "list": VIPS})
    done = replace(done, result={**COUNTS, "next": 5_544, "errors_file": "imports/left-out.csv"})
    note = Note("NotFound", "This file is not here any more; files are kept for seven days.", "")
    failed = replace(done, job_id="import-failed", status=JobStatus.FAILED, note=note)
    exported = Job(tenant, "export-done", EXPORT, "Mo Sandberg", now, {}, JobStatus.DONE)
    parts = [{"name": "exports/1.csv", "rows": 20_000}, {"name": "exports/2.csv", "rows": 311}]
    exported = replace(exported, result={"parts": parts, "rows": 20_311})
    erased = Job(tenant, "erasure-done", ERASE, "Ada Brandt", now, {}, JobStatus.DONE)
    erased = replace(erased, result={"counts": REMOVED})
    search = {"filter": asdict(PeopleFilter("hamburg", in_sugar=WhereFound.YES))}
    found = Job(tenant, "found", FOUND, "Mo Sandberg", now, search, JobStatus.DONE)
    found = replace(found, result={"people": 1_204})
    nobody = replace(found, job_id="found-nobody", result={"people": 0})
    onto = {**search, "list": VIPS, "of": 1_204}
    putting = replace(found, job_id="found-going", kind=PUT_FOUND, arguments=onto)
    putting = replace(putting, status=JobStatus.RUNNING, result={"people": 600, "cursor": "x"})
    put = replace(putting, job_id="found-put", status=JobStatus.DONE, result={"people": 1_204})
    for job in (looked, doubt, going, done, failed, exported, erased, found, nobody, putting, put):
        store.save_job(job)
    at = now - timedelta(days=3)
    store.save_erasure(Erasure(tenant, PersonId("gone"), "Ada Brandt", at, (), (), REMOVED, at))
