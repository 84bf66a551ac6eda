"""Rows as they are typed, good and bad, for the promises that every ledger keeps."""

from collections.abc import Mapping

GOOD: tuple[Mapping[str, object], ...] = (
    {
        "name": "中共青石街道杏花社区委员会",
        "short_name": "杏花社区党委",
        "kind": "社区党委",
        "superior": "中共青石街道工作委员会",
    },
    {
        "name": "中共杏花社区第一支部委员会",
        "short_name": "第一党支部",
        "kind": "支部",
        "approval_number": "杏花党发〔2008〕3号",
        "established_on": "2008年7月",
        "admits": "否",
        "contact": "欧阳　喆",
        "phone": "０７３１-８８００００００",
        "fax": "0731-88000001",
        "address": "杏花路12号1栋101",
        "postcode": "410000",
        "unit_relation": "与上级党组织相同",
        "note": "每月5日主题党日",
    },
    {
        "name": "中共杏花社区物业联合支部委员会",
        "short_name": "物业联合党支部",
        "kind": "联合支部",
        "established_on": "2019.03.15",
        "joint_kind": "产业延伸",
        "unit_relation": "联合党支部",
        "unit_name": "杏花物业服务有限公司",
        "unit_kind": "非公企业",
        "unit_party_state": "建立联合党支部",
        "unit_code": "91430199MA0000001K",
    },
    {
        "name": "杏花社区抗汛临时党支部",
        "kind": "临时支部",
        "established_on": "2020-07-01",
        "dissolved_on": "2020-09-30",
        "parent": "第一党支部",
        "dissolved_by": "杏花党发〔2020〕9号",
    },
)

BAD: tuple[tuple[Mapping[str, object], str, str], ...] = (
    ({"short_name": "第一党支部", "kind": "党支部"}, "name", "请填写"),
    ({"name": "中共杏花社区第九支部委员会"}, "kind", "请填写"),
    ({"name": "中共杏花社区第九支部委员会", "kind": "俱乐部"}, "kind", "不在代码表内"),
    (
        {"name": "中共杏花社区第九支部委员会", "kind": "党支部", "established_on": "2019-02-30"},
        "established_on",
        "日期",
    ),
    ({"name": "杏花社区第九支部第二党小组", "kind": "党小组"}, "parent", "党支部下"),
    (
        {"name": "临时支部", "kind": "临时支部", "established_on": "2020-07", "dissolved_on": "2020-06"},
        "dissolved_on",
        "早于",
    ),
    ({"name": "物业支部", "kind": "党支部", "unit_code": "91430199MA00000010"}, "unit_code", "校验位"),
)
