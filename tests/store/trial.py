"""Three throw-away ledgers with a field of every kind: places in a tree, people in places, posts that people hold."""

from datetime import date

from taizhang.core import idcard
from taizhang.core.context import Values
from taizhang.core.derived import Computed, Lookup, Tally
from taizhang.core.field import Field
from taizhang.core.kinds import Day, Flag, IdCard, LongText, Money, PersonName, Phone, Text, Whole
from taizhang.core.kinds_linked import Attachment, Choice, Link, Links
from taizhang.core.ledger import Ledger, Presence
from taizhang.registry import Registry, registry_of


def _is_paid(values: Values) -> bool:
    """Whoever pays has a day of the last payment."""
    return values.get("dues") is not None


def _letters(values: Values, today: date) -> int | None:
    """A computed column that needs the record and the day."""
    name = values.get("name")
    return len(name) * 10_000 + today.year if isinstance(name, str) else None


PLACES = Ledger(
    "places",
    "地点",
    (
        Text("name", "名称", required=True, unique=True),
        Text("short_name", "简称"),
        Text("kind", "类别"),
        Link("parent", "上级", ledger="places"),
        Day("closed_on", "撤销日期", remembers=True),
    ),
    group="试验",
    order=1,
    icon="",
    purpose="",
    short_field="short_name",
    scope="parent",
    tree="parent",
    office=True,
    presence=Presence(ends="closed_on"),
    search_fields=("name", "short_name"),
    derived=(Tally("people", "人数", ledger="people", link="place"),),
)

PEOPLE_FIELDS: tuple[Field, ...] = (
    PersonName("name", "姓名", required=True, wanted=True),
    Choice("sex", "性别", table="sex", wanted=True),
    IdCard("id_number", "身份证号码", unique=True, wanted=True),
    Day("born_on", "出生日期"),
    Phone("phone", "电话"),
    Money("dues", "党费"),
    Day("paid_on", "交纳日期", wanted=_is_paid),
    Whole("children", "子女数"),
    Flag("retired", "退休"),
    Choice("post", "岗位", table="post", open=True),
    LongText("note", "备注"),
    Link("place", "所在地点", ledger="places", since="moved_on"),
    Day("moved_on", "进入日期"),
    Links("friends", "介绍人", ledger="people"),
    Attachment("photo", "照片", photo=True),
    Day("arrived_on", "转入日期"),
    Day("left_on", "离开日期", remembers=True),
)

PEOPLE = Ledger(
    "people",
    "人员",
    PEOPLE_FIELDS,
    group="试验",
    order=2,
    icon="",
    purpose="",
    unit="人",
    scope="place",
    presence=Presence(begins=("arrived_on",), ends="left_on"),
    sorts=("pinyin", "strokes", "posts"),
    search_fields=("name", "phone", "id_number", "note"),
    derived=(
        Computed("letters", "字数", compute=_letters),
        Lookup("posts", "职务", ledger="posts", link="person", field="post"),
        Lookup("first_posts", "正职", ledger="posts", link="person", field="post", where=(("post", "02"),)),
    ),
)

POSTS = Ledger(
    "posts",
    "职务",
    (
        Text("name", "名称"),
        Link("person", "人员", ledger="people", required=True),
        Choice("post", "职务", table="committee_post", required=True),
        Day("ended_on", "免职日期"),
    ),
    group="试验",
    order=3,
    icon="",
    purpose="",
    presence=Presence(ends="ended_on"),
)


def trial() -> Registry:
    """The three ledgers as a registry of their own."""
    return registry_of([PLACES, PEOPLE, POSTS])


def card(number: int) -> str:
    """The ID number of an invented person in a county that nobody has; a man's where `number` is odd."""
    return idcard.make("110199", date(1970, 1, 1), number)
