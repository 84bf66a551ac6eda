"""The sample office as a list of operations over a year: what was entered, changed, moved and put right, and when."""

from collections.abc import Mapping, Sequence
from random import Random

from sample_people import Crowd, Raw
from sample_steps import Year, add, change
from sample_year import work_through

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


def make_office(random: Random) -> tuple[dict[str, object], list[Raw], Crowd]:
    """The sample office, the members it has in the end, and the crowd from which more people can be drawn."""
    crowd = Crowd(random)
    members = _members(crowd)
    year = Year([])
    _set_up(year, members, crowd)
    _committees(year, members)
    work_through(year, members, crowd)
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
        "fax": "0731-88000001",
        "postcode": "410000",
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
