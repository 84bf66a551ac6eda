"""Rows as they are typed, good and bad; they stand on the first samples of the ledgers that they link to."""

from collections.abc import Mapping

_BRANCH = "中共杏花社区第一支部委员会"

GOOD: tuple[Mapping[str, object], ...] = (
    {
        "organisation": "中共青石街道杏花社区委员会",
        "name": "欧阳喆",
        "post": "书记",
        "duties": "主持全面工作",
        "session": "第三届",
        "elected_on": "2025年6月20日",
        "began_on": "2025.6.25",
        "method": "选举产生",
        "document": "青石党发〔2025〕12号",
        "full_time": "是",
        "also_head": "√",
        "allowance": "三岗五级",
        "training": "2025年 60学时",
    },
    {
        "organisation": "第一党支部",
        "name": "古丽娜尔•买买提",
        "member": "古丽娜尔·买买提",
        "post": "组委",
        "session": "第二届",
        "elected_on": "2023-03",
        "rotation_months": "9月、1-3月",
        "note": "轮职书记",
    },
    {
        "organisation": _BRANCH,
        "name": "孟　堃",
        "post": "兼职委员",
        "unit_post": "青石派出所社区民警",
        "method": "指派",
        "began_on": "2024",
        "ended_on": "2025-10-31",
        "end_reason": "工作调动",
    },
    {
        "organisation": _BRANCH,
        "name": "卢梅",
        "post": "02",
        "elected_on": "2022-05-10",
        "term_years": "3",
        "term_ends_on": "2025-05-10",
        "extended_until": "2026-03-31",
        "extension_document": "青石党复〔2025〕4号",
    },
)

BAD: tuple[tuple[Mapping[str, object], str, str], ...] = (
    ({"name": "卢梅", "post": "书记"}, "organisation", "请填写"),
    ({"organisation": "第八党支部", "name": "卢梅", "post": "书记"}, "organisation", "尚未登记"),
    ({"organisation": _BRANCH, "post": "书记"}, "name", "请填写"),
    ({"organisation": _BRANCH, "name": "卢梅", "post": "会计"}, "post", "不在代码表内"),
    (
        {"organisation": _BRANCH, "name": "卢梅", "post": "书记", "rotation_months": "13月"},
        "rotation_months",
        "1 至 12",
    ),
    (
        {"organisation": _BRANCH, "name": "卢梅", "post": "书记", "began_on": "2024-05-01", "ended_on": "2024-04"},
        "ended_on",
        "早于",
    ),
    ({"organisation": _BRANCH, "name": "卢梅", "post": "书记", "elected_on": "2019-04-01"}, "term_ends_on", "任期已满"),
    (
        {
            "organisation": _BRANCH,
            "name": "卢梅",
            "post": "书记",
            "elected_on": "2023-04-01",
            "extended_until": "2027-06-01",
        },
        "extended_until",
        "不超过一年",
    ),
)
