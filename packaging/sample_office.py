"""The sample office as a list of operations over a year: what was entered, changed, moved and put right, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from sample_people import Crowd, Raw, without

NAME, KIND = "中共青石街道杏花社区委员会", "社区党委"
# short name, full name, kind, profile of its members, how many full and how many probationary members
BRANCHES = (
    ("第一党支部", "中共杏花社区第一支部委员会", "党支部", "mixed", 30, 1),
    ("第二党支部", "中共杏花社区第二支部委员会", "党支部", "mixed", 26, 1),
    ("第三党支部", "中共杏花社区第三支部委员会", "党支部", "mixed", 23, 1),
    ("离退休党支部", "中共杏花社区离退休支部委员会", "党支部", "retired", 22, 0),
    ("流动党员党支部", "中共杏花社区流动党员支部委员会", "流动党员党支部", "mobile", 8, 0),
    ("物业联合党支部", "中共杏花社区物业联合支部委员会", "联合党支部", "company", 5, 0),
    ("商圈党支部", "中共杏花社区商圈支部委员会", "党支部", "shop", 2, 2),
)


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


def make_office(random: Random) -> tuple[dict[str, object], list[Raw], Crowd]:
    """The sample office, the members it has in the end, and the crowd from which more people can be drawn."""
    crowd = Crowd(random)
    members = _members(crowd)
    year = Year([])
    _set_up(year, members, crowd)
    _committees(year, members)
    _a_year(year, members, crowd)
    office: dict[str, object] = {"name": NAME, "kind": KIND, "file": "杏花社区党委.tz", "operations": year.operations}
    return office, members, crowd


def _members(crowd: Crowd) -> list[Raw]:
    members: list[Raw] = []
    for branch, _full_name, _kind, profile, full, probationary in BRANCHES:
        for index in range(full + probationary):
            rare = profile in {"mixed", "company"} and index % 4 == 2
            members.append(crowd.member(branch, profile, rare=rare, probationary=index >= full))
    return members


def _set_up(year: Year, members: Sequence[Raw], crowd: Crowd) -> None:
    about: Raw = {
        "short_name": "杏花社区党委",
        "superior": "中共青石街道工作委员会",
        "approval_number": "青石党发〔2009〕8号",
        "established_on": "2009-06-18",
        "contact": "王敏",
        "phone": "0731-88000000",
        "address": "杏花路1号社区党群服务中心",
        "unit_relation": "法人单位",
        "unit_name": "青石街道杏花社区居民委员会",
        "unit_kind": "街道社区",
        "unit_party_state": "建立党委的",
    }
    year.do("2025-11-28T09:06", "完善本单位信息", change("organisations", {"name": NAME}, about))
    year.do("2025-11-28T09:31", "登记党组织", *(add("organisations", row) for row in _organisations()))
    rows = [_gap(crowd.random, member) for member in members]
    members[7]["sex"] = "女" if members[7]["sex"] == "男" else "男"
    members[11]["born_on"] = f"{str(members[11]['born_on'])[:4]}-01-15"
    year.do("2025-11-28T10:20", "导入党员名册", *(add("members", row) for row in rows))


def _organisations() -> list[Raw]:
    rows: list[Raw] = [
        {"name": name, "short_name": short, "kind": kind, "parent": NAME, "established_on": f"20{9 + index:02}-07-01"}
        for index, (short, name, kind, *_rest) in enumerate(BRANCHES)
    ]
    rows[5] |= {"joint_kind": "产业延伸", "unit_name": "杏花物业服务有限公司", "unit_kind": "非公有制企业"}
    rows.append({
        "name": "杏花社区“杏林先锋”志愿服务功能型党支部",
        "short_name": "志愿服务党支部",
        "kind": "功能型党支部",
        "parent": NAME,
        "established_on": "2021-03-05",
    })  # fmt: skip
    return rows


def _gap(random: Random, member: Raw) -> Raw:
    """One in seven is not complete, as in life."""
    if random.random() > 0.14:
        return member
    keys = ("phone", "address", "education", "post", "ethnic_group", "confirmed_on", "school", "native_place")
    for key in (*random.sample(keys, 2), *(["id_number"] if random.random() < 0.2 else [])):
        member.pop(key, None)
    return member


def _committees(year: Year, members: Sequence[Raw]) -> None:
    term: Raw = {"session": "第三届", "elected_on": "2022-03-18", "method": "选举", "document": "青石党发〔2022〕6号"}
    rows = _posts(members, "第一党支部", NAME, term, ("书记", "副书记", "组织委员", "宣传委员", "纪检委员"), skip=5)
    rows[0] |= {"full_time": "是", "also_head": "是", "duties": "主持全面工作", "training": "2025年集中培训60学时"}
    outsiders = (
        ("唐国平", "青石派出所杏花警务室民警", "1-4月"),
        ("岳文娟", "青石第二小学副校长", "5-8月"),
        ("解志刚", "杏花物业服务有限公司经理", "9-12月"),
    )
    rows += [
        {"organisation": NAME, "name": name, "post": "兼职委员", "unit_post": post, "method": "指派",
         "began_on": "2024-01-10", "rotation_months": months, "duties": "轮值共建联席会议"}
        for name, post, months in outsiders
    ]  # fmt: skip
    term = {"session": "第五届", "elected_on": "2023-12-10", "method": "选举"}
    rows += _posts(members, "第一党支部", "第一党支部", term, ("书记", "副书记", "组织委员", "宣传委员", "纪检委员"))
    term = {"session": "第四届", "elected_on": "2023-06-15", "method": "选举"}
    rows += _posts(members, "离退休党支部", "离退休党支部", term, ("书记", "组织委员", "宣传委员"))
    for branch in ("物业联合党支部", "商圈党支部"):
        rows += _posts(members, branch, branch, {"began_on": "2025-03-01", "method": "指派"}, ("书记",))
    year.do("2025-11-28T15:02", "登记班子", *(add("committees", row) for row in rows))


def _posts(
    members: Sequence[Raw],
    branch: str,
    organisation: str,
    term: Mapping[str, object],
    posts: Sequence[str],
    skip: int = 0,
) -> list[Raw]:
    """The posts of a committee, held by full members of some years of whose name there is only one."""
    names = [member["name"] for member in members]
    people = [
        member["name"]
        for member in members
        if member["branch"] == branch
        and str(member.get("confirmed_on", "9")) < "2023"
        and names.count(member["name"]) == 1
    ]
    duties = {
        "书记": "主持支部工作",
        "副书记": "协助书记",
        "组织委员": "组织、党员管理",
        "宣传委员": "宣传、学习",
        "纪检委员": "纪律检查",
    }
    return [
        {"organisation": organisation, "member": name, "post": post, "duties": duties[post], **term}
        for name, post in zip(people[skip:], posts, strict=False)
    ]


def _a_year(year: Year, members: list[Raw], crowd: Crowd) -> None:
    """Births of members, moves, departures and a return; `members` is kept in step for the rosters."""
    full = [row for row in members if row["category"] == "正式党员" and "id_number" in row]
    retired = [row for row in full if row["branch"] == "离退休党支部"]
    first = [row for row in full if row["branch"] == "第一党支部"]
    moved, away, dead, back = first[-1], first[-2], retired[-1], retired[-2]
    year.do(
        "2025-12-22T16:40", "新增党员名册", add("members", _new(members, crowd, "第二党支部", joined_on="2025-12-19"))
    )
    numbers = [(row, crowd.phone()) for row in full[40:44]]
    year.do(
        "2026-01-15T10:11",
        "批量修改党员名册",
        *(change("members", _who(row), {"phone": number}) for row, number in numbers),
    )
    for row, number in numbers:
        row["phone"] = number
    year.do(
        "2026-02-03T09:25",
        "减少：转出",
        change(
            "members",
            _who(back),
            {"left_on": "2026-02-01", "leave_reason": "转出组织关系", "left_to": "中共松涛街道工作委员会"},
        ),
    )
    year.do(
        "2026-03-02T11:20", "支部之间调整", change("members", _who(moved), {"branch": "第三党支部"}, since="2026-03-01")
    )
    moved["branch"] = "第三党支部"
    year.do(
        "2026-04-09T14:52",
        "减少：转出",
        change(
            "members",
            _who(away),
            {
                "left_on": "2026-04-08",
                "leave_reason": "转出组织关系",
                "left_to": "中共江岸街道工作委员会",
                "status": "转出",
            },
        ),
    )
    year.do(
        "2026-05-20T08:47",
        "减少：死亡",
        change("members", _who(dead), {"left_on": "2026-05-17", "leave_reason": "死亡", "status": "死亡"}),
    )
    members.remove(away)
    members.remove(dead)
    twice = without(full[3], "id_number", "phone")
    year.do(
        "2026-06-04T10:30",
        "新增党员名册",
        add("members", twice | {"born_on": full[3]["born_on"], "note": "重复登记"}),
        who="李想",
    )
    year.do(
        "2026-06-04T10:41",
        "作废",
        {"do": "void", "ledger": "members", "of": {"note": "重复登记"}, "reason": "与已登记的同一人重复"},
        who="李想",
    )
    year.do(
        "2026-06-12T15:15",
        "恢复：重新转入",
        change("members", _who(back), {"left_on": "", "leave_reason": "", "left_to": ""}, since="2026-06-10"),
    )
    fifty = [row for row in full if str(row.get("confirmed_on", "9")) <= "1976-07-01" and row is not dead][:6]
    year.do(
        "2026-07-01T09:00",
        "颁发光荣在党50年纪念章",
        *(change("members", _who(row), {"fifty_medal_on": "2026-07-01"}) for row in fifty),
    )
    confirmed = next(
        row
        for row in members
        if row["category"] == "预备党员" and str(row["joined_on"]) < "2025-09" and "id_number" in row
    )
    news: Raw = {
        "category": "正式党员",
        "confirmed_on": f"2026{str(confirmed['joined_on'])[4:]}",
        "confirmation_kind": "按期转正",
    }
    year.do("2026-10-20T16:05", "转为正式党员", change("members", _who(confirmed), news))
    confirmed |= news
    arrivals = [_new(members, crowd, branch, arrived_on="2026-10-26") for branch in ("第二党支部", "第三党支部")]
    year.do("2026-10-27T09:40", "转入组织关系", *(add("members", row) for row in arrivals), who="李想")
    contacts = [
        change("organisations", {"short_name": short}, {"contact": "王敏", "phone": "0731-88000000"})
        for short, *_rest in BRANCHES
    ]
    year.do("2026-11-10T10:00", "补填党组织联系人", *contacts)


def _new(members: list[Raw], crowd: Crowd, branch: str, **more: object) -> Raw:
    row = crowd.member(branch, "mixed", probationary="joined_on" in more) | more
    members.append(row)
    return row


def _who(row: Raw) -> dict[str, object]:
    return {"id_number": row["id_number"]}
