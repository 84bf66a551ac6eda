"""Invented members by the thousand, the same at every run, for the measurements."""

import random
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from taizhang.core import idcard
from taizhang.core.check import Gate
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.opening import enter
from taizhang.store.store import Store

OFFICE = "中国共产党青石街道工作委员会"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - an office reads its own wall clock
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅建国志红文辉鹏飞雪玲萍丹婷宇浩凯晨欣怡涵"
_EDUCATION = ("大学本科毕业", "大专毕业", "高中", "初中", "硕士研究生毕业", "中专")
_WORK = ("退休人员", "社区工作人员", "公务员", "自由职业人员", "其他从业人员")
_BRANCHES = 30
# Counties that nobody has, in four provinces.
_COUNTIES = [f"{city}{county}" for city in ("1101", "1201") for county in range(20, 100)]
_COUNTIES += [f"{city}{county}" for city in ("3101", "5001") for county in range(60, 100)]
ROSTER = 10_000  # rows of the roster that is imported
HEADINGS = (
    "姓名",
    "性别",
    "民族",
    "公民身份号码",
    "出生日期",
    "学历",
    "人员类别",
    "所在党支部",
    "加入党组织日期",
    "转为正式党员日期",
    "工作岗位",
    "联系电话",
    "家庭住址",
    "党籍状态",
    "是否为失联党员",
    "是否为流动党员",
)
KEYS = (
    "name",
    "sex",
    "ethnic_group",
    "id_number",
    "born_on",
    "education",
    "category",
    "branch",
    "joined_on",
    "confirmed_on",
    "post",
    "phone",
    "address",
    "status",
    "lost",
    "mobile",
)


def people(count: int) -> list[tuple[str, ...]]:
    """`count` rows in the order of `HEADINGS`, as the official 16-item form has them."""
    chance = random.Random(20261121)  # noqa: S311 - invented people, not secrets
    return [_person(chance, number) for number in range(count)]


def _person(chance: random.Random, number: int) -> tuple[str, ...]:
    born = date(chance.randint(1940, 1995), chance.randint(1, 12), chance.randint(1, 28))
    joined = date(min(born.year + chance.randint(19, 35), 2024), chance.randint(1, 12), chance.randint(1, 28))
    woman = chance.random() < 0.45
    # 499 sequence numbers of each sex a county: nobody has a number twice below 119,760 people.
    county, sequence = _COUNTIES[number % len(_COUNTIES)], number // len(_COUNTIES) % 499
    card = idcard.make(county, born, sequence * 2 + (0 if woman else 1))
    name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    return (
        name,
        "女" if woman else "男",
        "汉族" if chance.random() < 0.95 else "苗族",
        card,
        f"{born:%Y.%m.%d}",
        chance.choice(_EDUCATION),
        "正式党员",
        f"第{number % _BRANCHES + 1}党支部",
        f"{joined:%Y.%m.%d}",
        f"{joined.replace(year=joined.year + 1):%Y.%m.%d}",
        chance.choice(_WORK),
        f"199{number:08d}",
        f"杏花路{chance.randint(1, 300)}号{chance.randint(1, 30)}栋{chance.randint(101, 999)}室",
        "正常",
        "否",
        "否",
    )


def workbook(path: Path, count: int) -> Path:
    """A plain roster of `count` people with one row of headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党员名册")
    sheet.append(HEADINGS)
    for row in people(count):
        sheet.append(row)
    book.save(path)
    return path


def office(path: Path, password: str = "") -> Store:
    """An empty office, locked if there is a password."""
    made = keyring.create("测量", password) if password else None
    ring = made[:2] if made else None
    return Store.create(path, installed(), name=OFFICE, kind="街道党工委", who="测量", clock=lambda: NOW, ring=ring)


def opened(path: Path, password: str = "") -> Store:
    """An office that is there, entered by its password if it has one."""
    access = enter(path, password) if password else None
    return Store.open(path, installed(), clock=lambda: NOW, access=access)


def filled_office(path: Path, count: int, password: str = "") -> Path:
    """An office with its branches and `count` members; closed."""
    store = office(path, password)
    organisations, members = store.ledgers["organisations"], store.ledgers["members"]
    gate = Gate(organisations, store.context())
    branches = [
        gate.check({"name": f"第{number + 1}党支部", "kind": "党支部", "parent": OFFICE}) for number in range(_BRANCHES)
    ]
    store.do("新增党组织", lambda work: work.add_many(branches))
    gate = Gate(members, store.context())
    drafts = [gate.check(dict(zip(KEYS, row, strict=True))) for row in people(count)]
    store.do("导入党员名册", lambda work: work.add_many([draft for draft in drafts if draft.ok]))
    store.close(with_backup=False)
    return path
