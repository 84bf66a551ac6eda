"""A year in the sample office: what was changed, moved, left, came back and was put right, and when."""

from sample_people import Crowd, Raw, without
from sample_steps import Year, add, change
from sample_transfers import arrive, come_back, leave, letters_of_today, move


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
    leave(year, back, 0, ("2026-01-20", "2026-02-01", "2026-02-26"), reason="居住地变动")
    moved["branch"] = "第三党支部"
    move(year, moved, "第三党支部", "2026-03-01")
    leave(year, away, 1, ("2026-03-25", "2026-04-08", "2026-04-21"), reason="工作调动")
    death: Raw = {"left_on": "2026-05-17", "leave_reason": "死亡", "status": "死亡"}
    year.do("2026-05-20T08:47", "减少：死亡", change("members", _who(dead), death))


def _summer(year: Year, known: Raw, back: Raw, fifty: list[Raw]) -> None:
    """Somebody is entered twice and voided, somebody comes back, medals are given."""
    note: Raw = {"note": "重复登记"}
    twice = without(known, "id_number", "phone") | note
    year.do("2026-06-04T10:30", "新增党员名册", add("members", twice), who="李想")
    void: dict[str, object] = {"do": "void", "ledger": "members", "of": note, "reason": "与已登记的同一人重复"}
    year.do("2026-06-04T10:41", "作废", void, who="李想")
    come_back(year, back, str(back["branch"]), "2026-06-10")
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
    arrive(year, arrivals, "2026-10-26", 88)
    branches = dict.fromkeys(str(row["branch"]) for row in members)
    contact: Raw = {"contact": "王敏", "phone": "0731-88000000"}
    steps = [change("organisations", {"short_name": branch}, contact) for branch in branches]
    year.do("2026-11-10T10:00", "补填党组织联系人", *steps)
    people = _settled(members)
    members.remove(letters_of_today(year, people, crowd))


def _settled(members: list[Raw]) -> list[Raw]:
    """Full members whose name nobody else has, of several branches."""
    names = [row["name"] for row in members]
    full = [row for row in members if row["category"] == "正式党员" and "id_number" in row]
    return [row for row in full if names.count(row["name"]) == 1 and row["branch"] != "离退休党支部"][10:66:8]


def _new(members: list[Raw], crowd: Crowd, branch: str, **more: object) -> Raw:
    """One more person; without `joined_on` somebody who has long been a member elsewhere."""
    row = crowd.member(branch, "mixed", probationary="joined_on" in more) | more
    members.append(row)
    return row


def _who(row: Raw) -> dict[str, object]:
    return {"id_number": row["id_number"]}
