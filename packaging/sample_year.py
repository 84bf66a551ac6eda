"""A year in the sample office: what was changed, moved, left, came back and was put right, and when."""

from dataclasses import dataclass

from sample_people import Crowd, Raw, without


@dataclass
class Year:
    """Collects the operations; each is one undo step in the office file."""

    operations: list[dict[str, object]]

    def do(self, at: str, title: str, *steps: dict[str, object], who: str = "王敏") -> None:
        """One operation at a minute of the local clock."""
        self.operations.append({"at": at, "who": who, "title": title, "steps": list(steps)})


def add(ledger: str, row: Raw) -> dict[str, object]:
    """A step that adds a record."""
    return {"do": "add", "ledger": ledger, "row": dict(row)}


def change(ledger: str, of: dict[str, object], row: Raw, since: str | None = None) -> dict[str, object]:
    """A step that changes the one record which holds what `of` says."""
    step: dict[str, object] = {"do": "change", "ledger": ledger, "of": of, "row": row}
    return step | ({"since": since} if since else {})


def work_through(year: Year, members: list[Raw], crowd: Crowd) -> None:
    """The year after the ledgers were begun; `members` is kept in step with the office."""
    full = [row for row in members if row["category"] == "正式党员" and "id_number" in row]
    retired = [row for row in full if row["branch"] == "离退休党支部"]
    first = [row for row in full if row["branch"] == "第一党支部"]
    moved, away, dead, back = first[-1], first[-2], retired[-1], retired[-2]
    _winter(year, members, full[40:44], crowd)
    _spring(year, moved, away, dead, back)
    members.remove(away)
    members.remove(dead)
    fifty = [row for row in full if str(row.get("confirmed_on", "9")) <= "1976-07-01" and row is not dead][:6]
    _summer(year, full[3], back, fifty)
    _autumn(year, members, crowd)


def _winter(year: Year, members: list[Raw], reached: list[Raw], crowd: Crowd) -> None:
    """Somebody is admitted; some telephone numbers have changed."""
    row = _new(members, crowd, "第二党支部", joined_on="2025-12-19")
    year.do("2025-12-22T16:40", "新增党员名册", add("members", row))
    for member in reached:
        member["phone"] = crowd.phone()
    steps = [change("members", _who(member), {"phone": member["phone"]}) for member in reached]
    year.do("2026-01-15T10:11", "批量修改党员名册", *steps)


def _spring(year: Year, moved: Raw, away: Raw, dead: Raw, back: Raw) -> None:
    """Two transfers to other offices, one move between branches, one death."""
    transfer: Raw = {"leave_reason": "转出组织关系"}
    for_now = transfer | {"left_on": "2026-02-01", "left_to": "中共松涛街道工作委员会"}
    year.do("2026-02-03T09:25", "减少：转出", change("members", _who(back), for_now))
    moved["branch"] = "第三党支部"
    step = change("members", _who(moved), {"branch": "第三党支部"}, since="2026-03-01")
    year.do("2026-03-02T11:20", "支部之间调整", step)
    for_good = transfer | {"left_on": "2026-04-08", "left_to": "中共江岸街道工作委员会", "status": "转出"}
    year.do("2026-04-09T14:52", "减少：转出", change("members", _who(away), for_good))
    death: Raw = {"left_on": "2026-05-17", "leave_reason": "死亡", "status": "死亡"}
    year.do("2026-05-20T08:47", "减少：死亡", change("members", _who(dead), death))


def _summer(year: Year, known: Raw, back: Raw, fifty: list[Raw]) -> None:
    """Somebody is entered twice and voided, somebody comes back, medals are given."""
    note: Raw = {"note": "重复登记"}
    twice = without(known, "id_number", "phone") | note
    year.do("2026-06-04T10:30", "新增党员名册", add("members", twice), who="李想")
    void: dict[str, object] = {"do": "void", "ledger": "members", "of": note, "reason": "与已登记的同一人重复"}
    year.do("2026-06-04T10:41", "作废", void, who="李想")
    blank: Raw = {"left_on": "", "leave_reason": "", "left_to": ""}
    year.do("2026-06-12T15:15", "恢复：重新转入", change("members", _who(back), blank, since="2026-06-10"))
    medals = [change("members", _who(row), {"fifty_medal_on": "2026-07-01"}) for row in fifty]
    year.do("2026-07-01T09:00", "颁发光荣在党50年纪念章", *medals)


def _autumn(year: Year, members: list[Raw], crowd: Crowd) -> None:
    """A probation ends well, two people arrive, and the branches get somebody to call."""
    confirmed = next(
        row
        for row in members
        if row["category"] == "预备党员" and str(row["joined_on"]) < "2025-09" and "id_number" in row
    )
    news: Raw = {"category": "正式党员", "confirmed_on": f"2026{str(confirmed['joined_on'])[4:]}"}
    news["confirmation_kind"] = "按期转正"
    year.do("2026-10-20T16:05", "转为正式党员", change("members", _who(confirmed), news))
    confirmed |= news
    arrivals = [_new(members, crowd, branch, arrived_on="2026-10-26") for branch in ("第二党支部", "第三党支部")]
    year.do("2026-10-27T09:40", "转入组织关系", *(add("members", row) for row in arrivals), who="李想")
    branches = dict.fromkeys(str(row["branch"]) for row in members)
    contact: Raw = {"contact": "王敏", "phone": "0731-88000000"}
    steps = [change("organisations", {"short_name": branch}, contact) for branch in branches]
    year.do("2026-11-10T10:00", "补填党组织联系人", *steps)


def _new(members: list[Raw], crowd: Crowd, branch: str, **more: object) -> Raw:
    """One more person; without `joined_on` somebody who has long been a member elsewhere."""
    row = crowd.member(branch, "mixed", probationary="joined_on" in more) | more
    members.append(row)
    return row


def _who(row: Raw) -> dict[str, object]:
    return {"id_number": row["id_number"]}
