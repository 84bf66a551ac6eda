"""The messy rosters of the sample office: three files with everything in them that offices do to a sheet."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sample_people import Crowd, Raw
from sample_sheet import Formula, Page, Roster

FILES = ("1 第二党支部党员花名册.xlsx", "2 物业和商圈党员信息采集表.xlsx", "3 离退休党员（旧系统导出）.xlsx")


def make_rosters(target: Path, members: Sequence[Raw], crowd: Crowd) -> dict[str, object]:
    """Write the files; returns, by file, what an import into the fresh sample office should make of it."""
    makers = (_second_branch, _companies, _retired)
    expected: dict[str, object] = {}
    for name, make in zip(FILES, makers, strict=True):
        roster = Roster(target / name)
        more = make(roster, members, crowd)
        expected[name] = roster.save() | more
    return expected


def _of(members: Sequence[Raw], branch: str) -> list[Raw]:
    """Members of a branch of whom everything important is known, and who agree with their ID number."""
    needed = {"id_number", "phone", "address", "education", "post", "ethnic_group", "confirmed_on"}
    return [
        row for row in members
        if row["branch"] == branch and needed <= set(row) and row["category"] == "正式党员"
        and str(row["id_number"])[6:14] == str(row["born_on"]).replace("-", "")
        and (int(str(row["id_number"])[16]) % 2 == 1) == (row["sex"] == "男")
    ]  # fmt: skip


def _dots(day: object) -> str:
    return str(day).replace("-", ".")


def _words(day: object) -> str:
    year, month, last = (int(part) for part in str(day).split("-"))
    return f"{year}年{month}月{last}日"


def _wide(text: object) -> str:
    return str(text).translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def _second_branch(roster: Roster, members: Sequence[Raw], crowd: Crowd) -> Raw:
    """The branch only in the title, two heading rows, dates in every shape, a hidden column, a subtotal, a footer."""
    page = roster.sheet("花名册")
    page.title("第二党支部党员花名册", 16)
    page.line(["填报单位（盖章）：第二党支部", *[None] * 9, "填报日期：2026年10月15日"])
    page.line([])
    upper = ["序号", "姓 名", "性别", "民族", "出生\n年月", "身份证号码", "文化\n程度", "党籍情况", None, "党员类别",
             "工作单位及职务", "现居住地址", "联系方式", "原电话", "年龄", "备注"]  # fmt: skip
    lower: list[str | None] = [None] * 16
    lower[7:9] = ["入党时间", "转正时间"]
    page.headings([upper, lower], ["H1:I1", *(f"{letter}1:{letter}2" for letter in "ABCDEFGJKLMNOP")])
    page.line(
        ["例", "张三", "男", "汉族", "1970.01", "430199197001010011", "大专", "1995.07", "1996.07", "正式"], "skipped"
    )
    known = _of(members, "第二党支部")[:14]
    for index, row in enumerate(known):
        page.line(*_second_row(page, index, row, known=True, changed=index % 3 == 2))
        if index == 9:
            page.line([None, "小计", "10人"], "skipped")
            page.line([], "skipped")
    fresh = [crowd.member("第二党支部", "mixed", rare=False) for _ in range(9)]
    for index, row in enumerate(fresh):
        _spoil(index, row)
        page.line(*_second_row(page, 14 + index, row, known=False, changed=False))
    again = _second_row(page, 30, fresh[0], known=False, changed=False)[0]
    page.line(again, "refused")
    page.line([None, "合计", f"{len(known) + len(fresh)}人"], "skipped")
    page.line(["填表人：王敏", *[None] * 5, "审核人：", *[None] * 4, "联系电话：0731-88000000"], "skipped")
    page.line(["说明：本表一式两份，社区党委、党支部各存一份。"], "skipped")
    page.hide("N")
    page.widths(5, 10, 5, 7, 10, 21, 9, 11, 11, 8, 22, 30, 14, 14, 6, 10)
    return {"unmapped": ["原电话"], "new_organisations": []}


def _second_row(page: Page, index: int, row: Raw, *, known: bool, changed: bool) -> tuple[list[object], str]:
    """The cells of one person and what becomes of them."""
    at = page.at + 1
    shapes = (_dots, _words, str, lambda day: date.fromisoformat(str(day)), lambda day: str(day).replace("-", "/"),
              lambda day: int(str(day).replace("-", "")))  # fmt: skip
    joined: object = shapes[index % 6](row["joined_on"]) if known else _loose(index, row["joined_on"])
    confirmed: object = shapes[(index + 1) % 6](row["confirmed_on"]) if known else _dots(row["confirmed_on"])[:7]
    name, number = str(row["name"]), str(row["id_number"])
    phone = str(int(str(row["phone"])) + 500000) if changed else str(row["phone"])
    cells: list[object] = [
        Formula(f"=ROW()-{at - index - 1}", index + 1),
        f"{name[0]}　{name[1]}" if len(name) == 2 else name,
        row["sex"],
        str(row["ethnic_group"]).removesuffix("族"),
        _dots(row["born_on"]),
        row.get("bad_id") or (f"{number[:6]} {number[6:14]} {number[14:]}" if index % 4 == 1 else number),
        row["education"],
        row.get("bad_joined") or joined,
        confirmed,
        "正式",
        row["employer"],
        row["address"] if index % 5 else "—",
        _wide(phone) if index % 4 == 3 else phone,
        "88000001",
        Formula(f'=DATEDIF(E{at},TODAY(),"Y")', 2026 - int(str(row["born_on"])[:4])),
        "无",
    ]  # fmt: skip
    if known:
        return cells, "updated" if changed else "unchanged"
    return cells, "refused" if "bad_id" in row or "bad_joined" in row else "added"


def _loose(index: int, joined: object) -> object:
    """The shapes in which people write a month; the day stays unknown."""
    year, month = str(joined)[:4], int(str(joined)[5:7])
    chinese = "〇一二三四五六七八九"
    months = ("", *"一二三四五六七八九十", "十一", "十二")
    shapes: tuple[object, ...] = (
        f"{year}.{month:02}",
        f"{year}年{month}月",
        int(f"{year}{month:02}"),
        f"{''.join(chinese[int(figure)] for figure in year)}年{months[month]}月",
        f"{year}-{month}",
        datetime.fromisoformat(str(joined)),
        f"{year}/{month}",
    )
    return shapes[index % len(shapes)]


def _spoil(index: int, row: Raw) -> None:
    """Of the new people three cannot be taken as they are: a number cell, an impossible day, a slip in the number."""
    number = str(row["id_number"])
    if index == 2:
        row["bad_id"] = float(number[:17] + "0")
    elif index == 5:
        row["bad_joined"] = f"{str(row['joined_on'])[:4]}.02.30"
    elif index == 7:
        row["bad_id"] = number[:10] + number[11] + number[10] + number[12:]
        if row["bad_id"] == number:
            row["bad_id"] = number[:17] + ("1" if number[17] != "1" else "2")


def _companies(roster: Roster, members: Sequence[Raw], crowd: Crowd) -> Raw:
    """Three heading rows, the branch in merged cells, 同上 and 〃, headings twice, notes and a dictionary sheet."""
    notes = roster.sheet("填写说明")
    for text in ("一、本表由各党支部填写。", "二、身份证号码请设为文本。", "三、学历按“代码表”选择。"):
        notes.line([text])
    page = roster.sheet("党员信息")
    page.title("两新组织党员信息采集表", 13)
    page.line([])
    _company_headings(page)
    companies = _of(members, "物业联合党支部")[:4]
    shops = _of(members, "商圈党支部")[:2]
    people = [(row, "unchanged" if index % 2 else "updated") for index, row in enumerate(companies)]
    fresh = [crowd.member("物业联合党支部", "company", rare=False) for _ in range(4)]
    fresh[1]["bad_id"] = float(str(fresh[1]["id_number"]))
    fresh[2]["name"] = "石金方"  # written with radicals instead of characters, as PDF copies are
    people += [(row, "refused" if "bad_id" in row else "added") for row in fresh]
    _company_block(page, "物业联合党支部", people)
    page.line(["小计", f"{len(people)}人"], "skipped")
    top = page.at
    _company_headings(page)
    for row in range(top + 1, page.at + 1):
        roster.said.append((page.sheet.title, row, "skipped"))
    people = [(row, "unchanged") for row in shops]
    people += [(crowd.member("商圈党支部", "shop", rare=False), "added") for _ in range(3)]
    people.append((fresh[0], "refused"))
    _company_block(page, "商圈党支部", people)
    page.line(["合计", "14人"], "skipped")
    page.line(["制表人：李想", None, None, "制表日期：2026年10月12日"], "skipped")
    table = roster.sheet("代码表")
    table.line(["代码", "学历", "代码", "人员类别"])
    for code, education, other, category in (
        ("10", "研究生教育", "1", "正式党员"),
        ("20", "大学本科教育", "2", "预备党员"),
    ):
        table.line([code, education, other, category])
    page.widths(16, 10, 6, 8, 21, 16, 12, 12, 9, 9, 14, 30, 10)
    return {"unmapped": [], "new_organisations": []}


def _company_headings(page: Page) -> None:
    first = ["所在党支部", "姓名", "基本信息", None, None, None, "党内情况", None, None, None, "联系方式", None, "备注"]
    second = [
        None,
        None,
        "性别",
        "民族",
        "公民身份号码",
        "学历",
        "加入中国共产党",
        None,
        "人员类别",
        "是否流动党员",
        "手机号码",
        "家庭住址",
        None,
    ]
    third: list[str | None] = [None] * 13
    third[6:8] = ["入党时间", "转正时间"]
    merges = ["C1:F1", "G1:J1", "K1:L1", "G2:H2", "A1:A3", "B1:B3", "M1:M3"]
    page.headings([first, second, third], [*merges, *(f"{letter}2:{letter}3" for letter in "CDEFIJKL")])


def _company_block(page: Page, branch: str, people: Sequence[tuple[Raw, str]]) -> None:
    """The people of a branch, its name in one merged cell; what repeats is written as 同上 or 〃."""
    first = page.at + 1
    above: Raw = {}
    for index, (row, outcome) in enumerate(people):
        group = "〃" if row["ethnic_group"] == above.get("ethnic_group") else row["ethnic_group"]
        education = "同上" if row["education"] == above.get("education") else row["education"]
        name = str(row["name"]).replace("石", "⽯").replace("高", "⾼").replace("金", "⾦").replace("方", "⽅")
        phone = str(int(str(row["phone"])) + 700000) if outcome == "updated" else str(row["phone"])
        cells = [branch if index == 0 else None, name, row["sex"], group, row.get("bad_id") or row["id_number"],
                 education, _dots(row["joined_on"]), _words(row["confirmed_on"]), row["category"], "否",
                 f"{phone[:3]} {phone[3:7]} {phone[7:]}", row["address"], None]  # fmt: skip
        page.line(cells, outcome)
        above = row
    page.sheet.merge_cells(start_row=first, start_column=1, end_row=page.at, end_column=1)


def _retired(roster: Roster, members: Sequence[Raw], crowd: Crowd) -> Raw:
    """Stars, hints and line feeds in the headings, a hint row, an example, everything text, an unknown branch."""
    page = roster.sheet("Sheet1")
    page.headings([[
        "所属支部*", "*姓名\n（与身份证一致）", "2.性别", "居民身份证号（18位）", "民　族",
        "出生年月日\n（yyyy-mm-dd）", "加入党组织时间", "转为正式党员时间", "最高学历", "从事职业", "手机",
        "户籍地", "党籍", "是否困难党员", "特长", "爱好",
    ]])  # fmt: skip
    page.line(
        ["必填", "必填", "男/女", "请填18位", "请选", "如1950-01-01", "如1976.07", "如1977.07", "下拉选择"], "skipped"
    )
    page.line(["离退休党支部", "示例", "男", "430199195001010011", "汉族", "1950-01-01"], "skipped")
    for index, row in enumerate(_of(members, "离退休党支部")[:8]):
        cells = _retired_row(row, "'" if index % 2 else "", changed=index % 3 == 0)
        if index == 6:
            cells[3] = ""  # recognised by name and birth date, with a question
        page.line(cells, "unchanged" if index % 3 else "updated")
    fresh = [crowd.member("离退休党支部", "retired", rare=False) for _ in range(11)]
    fresh[3]["branch"] = fresh[4]["branch"] = "第五党支部"
    changes = {
        5: (6, "76.7", "refused"), 6: (8, "很高", "refused"), 7: (9, "门卫", "added"), 8: (5, "1950-13-01", "refused"),
        9: (3, str(fresh[9]["id_number"])[:6] + str(fresh[9]["id_number"])[8:17], "refused"), 10: (12, "不详", "added"),
    }  # fmt: skip
    for index, row in enumerate(fresh):
        cells = _retired_row(row, "", changed=False)
        place, value, outcome = changes.get(index, (14, "书法", "added"))
        cells[place] = value
        page.line(cells, outcome)
    page.line([], "skipped")
    page.line(["共19人"], "skipped")
    page.line(["打印日期：2026-10-15"], "skipped")
    page.widths(16, 12, 6, 22, 8, 14, 14, 14, 16, 14, 14, 24, 8, 8, 10, 8)
    return {"unmapped": ["爱好"], "new_organisations": ["第五党支部"]}


def _retired_row(row: Raw, mark: str, *, changed: bool) -> list[object]:
    """Everything as text, as old programs export it."""
    return [
        row["branch"], row["name"], row["sex"], f"{mark}{row['id_number']}", row["ethnic_group"], row["born_on"],
        _dots(row["joined_on"]), str(row["confirmed_on"]).replace("-", "/"), row["education"], row["post"],
        str(row["phone"]), "湖南省青石区杏花路派出所" if changed else "无", row["status"], "", "", "散步",
    ]  # fmt: skip
