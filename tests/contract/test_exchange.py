"""Excel, for every ledger: what goes out comes back one to one, what is personal stays in."""

from pathlib import Path

from openpyxl import load_workbook

from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.plan import Counts
from taizhang.exchange.planner import plan_import
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from taizhang.store.query import Query
from tests.offices import Office, by_dependence


def exported(office: Office, ledger: Ledger, path: Path, profile: Profile = Profile.FULL) -> Path:
    """Everybody of a ledger in a workbook."""
    export_rows(office.store, ledger, office.store.rids(Query(ledger.key, show="all")), path, (), profile)
    return path


def shown(office: Office, ledger: Ledger) -> list[list[str]]:
    """What a user reads of every record; files and pictures do not travel in sheets."""
    names = office.store.name_of
    rows = [office.store.row(rid).values for rid in office.rids(ledger.key)]
    fields = [field for field in ledger.fields if not isinstance(field, Attachment)]
    return sorted([field.show(row[field.key], names) for field in fields] for row in rows)


def test_what_was_exported_changes_nothing_when_it_comes_back(ledger: Ledger, standing: Office, tmp_path: Path) -> None:
    """A record of a name alone is recognised too as long as the row says nothing that it does not hold."""
    path = exported(standing, ledger, tmp_path / "out.xlsx")
    plan = plan_import(read_workbook(path), ledger, standing.store)
    held = len(standing.rids(ledger.key))
    known = held if ledger.match else 0
    assert [finding.text for row, finding in plan.said() if finding.is_error] == []
    assert plan.counts == Counts(read=held, unchanged=known, added=held - known)


def test_another_office_reads_the_same_records_out_of_it(standing: Office, tmp_path: Path) -> None:
    other = Office(tmp_path / "other.tz")
    for ledger in by_dependence(standing.registry):
        path = exported(standing, ledger, tmp_path / f"{ledger.key}.xlsx")
        plan = plan_import(read_workbook(path), ledger, other.store)
        assert plan.counts.refused == 0, [finding.text for _row, finding in plan.said()]
        apply_plan(other.store, plan)
        assert shown(other, ledger) == shown(standing, ledger), ledger.key
    other.store.close(with_backup=False)


def test_one_undo_takes_an_import_back(ledger: Ledger, standing: Office, tmp_path: Path) -> None:
    book = read_workbook(exported(standing, ledger, tmp_path / "out.xlsx"))
    other = Office(tmp_path / "other.tz")
    for needed in by_dependence(standing.registry):
        if needed.key == ledger.key:
            break
        path = exported(standing, needed, tmp_path / f"{needed.key}.xlsx")
        apply_plan(other.store, plan_import(read_workbook(path), needed, other.store))
    before = shown(other, ledger)
    apply_plan(other.store, plan_import(book, ledger, other.store))
    assert shown(other, ledger) != before
    other.store.undo()
    assert shown(other, ledger) == before
    other.store.close(with_backup=False)


def test_a_template_has_every_field_and_reads_as_empty(ledger: Ledger, standing: Office, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(ledger, path)
    plan = plan_import(read_workbook(path), ledger, standing.store)
    expected = {field.key for field in ledger.fields if not isinstance(field, Attachment)}
    assert set(plan.sources[0].table.by_field) == expected
    assert plan.counts == Counts(read=plan.counts.skipped, skipped=plan.counts.skipped)


def test_no_wall_or_posting_shows_what_it_must_not(ledger: Ledger, standing: Office, tmp_path: Path) -> None:
    """R-PRIV-01."""
    hidden = {Profile.WALL: {Privacy.ID, Privacy.PHONE, Privacy.ADDRESS, Privacy.SENSITIVE, Privacy.BIRTH}}
    hidden[Profile.POSTING] = {Privacy.ID, Privacy.ADDRESS, Privacy.SENSITIVE}
    for profile, kinds in hidden.items():
        path = exported(standing, ledger, tmp_path / f"{profile}.xlsx", profile)
        sheet = load_workbook(path).worksheets[0]
        headings = {cell.value for cell in sheet[1]}
        assert not headings & {field.label for field in ledger.fields if field.privacy in kinds}
