"""The official layout of the letter in three parts (组通字〔2006〕45号), to lay the printed page over."""

from typing import NamedTuple


class Official(NamedTuple):
    """A line of the official form without its blanks: in which part, where, how it reads.

    `place`: left, center, right between the edges of its part; to: behind the blank for whom it is for, at the left;
    text: running over several lines.
    """

    part: int
    place: str
    text: str


# From the top of the page to its foot. Where the official text runs on over several lines, it may break anywhere.
LINES = (
    Official(1, "right", "第号"),
    Official(1, "text", "同志系中共（预备/正式）党员，组织关系由转到。"),
    Official(1, "right", "年月日"),
    Official(1, "center", "（贴回执联处）"),
    Official(2, "right", "（加盖骑缝章）"),
    Official(2, "center", "中国共产党党员组织关系介绍信"),
    Official(2, "right", "第号"),
    Official(2, "to", "："),
    Official(
        2,
        "text",
        "同志（男/女），岁，族，系中共（预备/正式）党员，身份证号码，由去，请转接组织关系。该同志党费已交到年月。",
    ),
    Official(2, "left", "（有效期天）"),
    Official(2, "right", "（盖章）"),
    Official(2, "right", "年月日"),
    Official(2, "left", "党员联系电话或其他联系方式："),
    Official(2, "left", "党员原所在基层党委通讯地址："),
    Official(2, "left", "联系电话：传真：邮编："),
    Official(3, "center", "中国共产党党员组织关系介绍信回执联"),
    Official(3, "right", "第号"),
    Official(3, "to", "："),
    Official(3, "text", "同志的党员组织关系已转达我处，特此回复。"),
    Official(3, "right", "（盖章）"),
    Official(3, "right", "年月日"),
    Official(3, "left", "经办人：联系电话："),
    Official(3, "left", "注：回执联由接收党员组织关系的基层党委在接收党员后一个月内邮寄或传真至党员原所在基层党委。"),
)
# What stands upright in the narrow cells at the sides, by part.
UPRIGHT = {1: ("党员介绍信存根", "第一联"), 2: ("", "第二联"), 3: ("", "第三联")}
# With what a letter of a man of 56 says, filled in.
FILLED = (
    "第〔2026〕001号",
    "赵伟同志系中共（预备/正式）党员，组织关系由{from_branch}转到{to_branch}。",
    "2026年11月20日",
    "（贴回执联处）",
    "（加盖骑缝章）",
    "中国共产党党员组织关系介绍信",
    "第〔2026〕001号",
    "{to_committee}：",
    (
        "赵伟同志（男/女），56岁，汉族，系中共（预备/正式）党员，身份证号码{id_number}，由{from_branch}去{to_branch}，"
        "请转接组织关系。该同志党费已交到贰零贰陆年壹拾壹月。"
    ),
    "（有效期叁拾天）",
    "（盖章）",
    "2026年11月20日",
    "党员联系电话或其他联系方式：13800001234",
    "党员原所在基层党委通讯地址：滨海市青石街道幸福路1号街道办事处三楼党建办公室",
    "联系电话：0731-81234567传真：0731-81234568邮编：410000",
    "中国共产党党员组织关系介绍信回执联",
    "第〔2026〕001号",
    "{from_committee}：",
    "赵伟同志的党员组织关系已转达我处，特此回复。",
    "（盖章）",
    "年月日",
    "经办人：联系电话：",
    "注：回执联由接收党员组织关系的基层党委在接收党员后一个月内邮寄或传真至党员原所在基层党委。",
)
