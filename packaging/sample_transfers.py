"""A year of transfers in the sample office: letters that came back, that are under way, lost, void, overdue."""

from sample_people import Crowd, Raw
from sample_steps import Year, add, change

_OWN = "中共青石街道杏花社区委员会"
_TO = (
    ("中共松涛街道工作委员会", "中共松涛街道松林社区第二支部委员会"),
    ("中共江岸街道工作委员会", "中共江岸街道码头社区第一支部委员会"),
    ("中共云麓区教育局委员会", "中共云麓区第三小学支部委员会"),
    ("中共临江县委直属机关工作委员会", "中共临江县水利局支部委员会"),
)


def leave(year: Year, who: Raw, to: int, days: tuple[str, str, str], **more: object) -> None:
    """A letter out: issued, accepted there, its receipt pasted on the stub (the three `days`)."""
    issued, received, receipt = days
    number = _issue(year, who, to, issued, **more)
    closed: Raw = {"received_on": received, "receipt_on": receipt, "receipt_way": "邮寄"}
    year.do(f"{receipt}T10:05", "收到回执", change("transfers", {"number": number}, closed))


def come_back(year: Year, who: Raw, branch: str, day: str) -> None:
    """Somebody who had gone hands in a letter from there."""
    committee, from_branch = _TO[0]
    row: Raw = {
        "direction": "转入", "member": who["name"], "number": "松党组介〔2026〕031",
        "from_committee": committee, "from_branch": from_branch, "from_address": "松涛路18号",
        "issued_on": "2026-06-02", "valid_days": "30", "dues_paid_to": "2026-06", "branch": branch,
    }  # fmt: skip
    year.do(f"{day}T09:20", "登记来信", add("transfers", row), who="李想")
    accepted: Raw = {"verified_on": day, "received_on": day, "talked_on": day, "receipt_on": day, "receipt_way": "传真"}
    year.do(f"{day}T15:15", "接收党员", change("transfers", {"number": row["number"]}, accepted), who="李想")


def arrive(year: Year, people: list[Raw], day: str, letter: int) -> None:
    """People come with letters; the rest of what the roster wants is filled in after they are accepted."""
    committee, from_branch = _TO[2]
    known = ("name", "sex", "ethnic_group", "id_number", "born_on", "joined_on", "confirmed_on", "category", "phone")
    rows: list[Raw] = [
        {
            "direction": "转入", "number": f"云教介〔2026〕{letter + index:03}", "from_committee": committee,
            "from_branch": from_branch, "issued_on": "2026-10-12", "valid_days": "30", "dues_paid_to": "2026-10",
            "branch": row["branch"], "received_on": day, **{key: row[key] for key in known if key in row},
        }
        for index, row in enumerate(people)
    ]  # fmt: skip
    year.do(f"{day}T09:40", "接收党员", *(add("transfers", row) for row in rows), who="李想")
    rest = [{key: value for key, value in row.items() if key not in {*known, "branch", "arrived_on"}} for row in people]
    steps = [change("members", {"id_number": row["id_number"]}, more) for row, more in zip(people, rest, strict=True)]
    year.do(f"{day}T16:30", "补全党员信息", *steps, who="李想")
    sent: Raw = {"receipt_on": "2026-11-03", "receipt_way": "邮寄", "talked_on": "2026-10-30"}
    year.do("2026-11-03T10:10", "寄出回执", change("transfers", {"number": rows[0]["number"]}, sent), who="李想")


def move(year: Year, who: Raw, branch: str, day: str) -> None:
    """From one branch of the office to another: no letter."""
    row: Raw = {"direction": "内部", "member": who["name"], "to_branch": branch, "received_on": day, "reason": "搬迁"}
    year.do(f"{day}T11:20", "支部之间调整", add("transfers", row))


def letters_of_today(year: Year, people: list[Raw], crowd: Crowd) -> Raw:
    """What lies on the desk in November: under way, expired, lost and issued again, void, asked for, just handed in.

    Gives back who has been accepted elsewhere meanwhile.
    """
    expired, waiting, lost, void, asked, online, certified = people
    number = _issue(year, waiting, 2, "2026-09-21", reason="工作调动")
    accepted: Raw = {"received_on": "2026-10-09", "note": "对方来电说已接收"}
    _issue(year, expired, 1, "2026-10-08", reason="工作调动")
    year.do("2026-10-10T09:12", "对方已接收", change("transfers", {"number": number}, accepted))
    number = _issue(year, void, 0, "2026-10-26", reason="居住地变动")
    wrong: Raw = {"state": "作废", "state_reason": "去往支部写错"}
    year.do("2026-10-26T15:40", "介绍信作废", change("transfers", {"number": number}, wrong))
    first = _issue(year, lost, 3, "2026-10-30", reason="工作调动")
    _issue(year, lost, 3, "2026-11-12", reason="工作调动", replaces=first, note="原介绍信途中遗失")
    row = _letter(online, 1) | {"credential": "线上转接", "applied_on": "2026-11-09", "state": "支部审核"}
    year.do("2026-11-09T16:20", "申请转出", add("transfers", row), who="李想")
    row = _letter(asked, 0) | {"applied_on": "2026-11-16", "reason": "居住地变动"}
    year.do("2026-11-16T10:02", "申请转出", add("transfers", row), who="李想")
    row = _letter(certified, 2) | {"credential": "党员证明信", "issued_on": "2026-11-17", "valid_days": "90"}
    year.do("2026-11-17T09:30", "开党员证明信", add("transfers", row | {"reason": "借调学习"}))
    guest = crowd.member("第三党支部", "mixed")
    come: Raw = {
        key: guest[key]
        for key in (
            "name",
            "sex",
            "ethnic_group",
            "id_number",
            "born_on",
            "joined_on",
            "confirmed_on",
            "category",
            "phone",
        )
    }
    come |= {
        "direction": "转入", "number": "江组介〔2026〕207", "from_committee": _TO[1][0], "from_branch": _TO[1][1],
        "issued_on": "2026-10-28", "valid_days": "30", "dues_paid_to": "2026-10", "branch": "第三党支部",
    }  # fmt: skip
    year.do("2026-11-18T14:25", "登记来信", add("transfers", come), who="李想")
    return waiting


def _letter(who: Raw, to: int) -> Raw:
    committee, branch = _TO[to]
    return {
        "direction": "转出", "member": who["name"], "to_committee": committee, "to_branch": branch,
        "dues_paid_to": "2026-11", "handler": "王敏",
    }  # fmt: skip


def _issue(year: Year, who: Raw, to: int, day: str, **more: object) -> str:
    """Issue the next letter on that day; its number."""
    year.letters += 1
    number = f"〔{day[:4]}〕{year.letters:03}"
    row = _letter(who, to) | {"issued_on": day, "valid_days": "30", "dues_paid_to": day[:7], "collector": who["name"]}
    year.do(f"{day}T14:52", "开具介绍信", add("transfers", row | {"number": number} | more))
    return number
