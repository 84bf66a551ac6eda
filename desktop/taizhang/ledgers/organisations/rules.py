"""What an organisation's size, place in the tree and credit code are held against; all warnings but a circle."""

from collections.abc import Iterator

from taizhang.core.codes import code_table
from taizhang.core.context import RID, Context, Values
from taizhang.core.findings import Finding, error, warning

FEWEST_FULL_MEMBERS = 3
MOST_MEMBERS = 50
FULL_MEMBERS_FOR_COMMITTEE = 7
BRANCH, GENERAL_BRANCH, COMMITTEE = "党支部", "党总支", "党委"
JOINT_BRANCH = "632"
GROUP_KIND = "649-1"
PART_TIME_POST = "22"
# fewest and most seats (domain 1.1: S[8], S[11])
_SEATS = {BRANCH: (3, 7), GENERAL_BRANCH: (5, 9), COMMITTEE: (5, 9)}
_RANK = {"党工委": 0, COMMITTEE: 1, GENERAL_BRANCH: 2, BRANCH: 3, "党小组": 4}
_CODE_FIGURES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def group_of(values: Values) -> str:
    """The kind as the statistics count it, such as 党委 or 党支部; empty for temporary and functional ones."""
    kind = values.get("kind")
    return code_table("organisation_kind").group(kind) if isinstance(kind, str) else ""


def size(values: Values, context: Context) -> Iterator[Finding]:
    """R-ORG-01: a branch with fewer than 3 full members, or with more than 50 members."""
    own = values.get(RID)
    if not isinstance(own, int) or group_of(values) != BRANCH:
        return
    everyone = context.tally("members", "branch", own)
    full = context.tally("members", "branch", own, category="1")
    if full < FEWEST_FULL_MEMBERS and values.get("kind") != JOINT_BRANCH and everyone:
        said = f"正式党员只有 {full} 人，不足 {FEWEST_FULL_MEMBERS} 人，应建联合党支部。"
        yield warning("kind", said, proposal="联合党支部", rule="R-ORG-01")
    if everyone > MOST_MEMBERS:
        said = f"党员有 {everyone} 人，超过 {MOST_MEMBERS} 人，考虑设党总支或分设。"
        yield warning("kind", said, rule="R-ORG-01")


def seats(values: Values, context: Context) -> Iterator[Finding]:
    """R-ORG-02: no branch committee below 7 full members, one of 3–5 (at most 7) from there on."""
    own = values.get(RID)
    group = group_of(values)
    if not isinstance(own, int) or group not in _SEATS:
        return
    posts = _present(context, "committees", "organisation", own, ends="ended_on")
    seated = len({post.get("name") for post in posts if post.get("post") != PART_TIME_POST})
    if not seated:
        return
    least, most = _SEATS[group]
    if group == BRANCH:
        full = context.tally("members", "branch", own, category="1")
        if context.tally("members", "branch", own) and full < FULL_MEMBERS_FOR_COMMITTEE:
            if seated > 2:
                said = (
                    f"正式党员 {full} 人，不足 {FULL_MEMBERS_FOR_COMMITTEE} 人，只设书记，必要时加副书记，不设支委会。"
                )
                yield warning("kind", said, rule="R-ORG-02")
            return
    if not least <= seated <= most:
        yield warning("kind", f"班子现有 {seated} 人，一般应为 {least} 至 {most} 人。", rule="R-ORG-02")


def circle(values: Values, context: Context) -> Iterator[Finding]:
    """No organisation is above itself."""
    own = values.get(RID)
    above, seen = values.get("parent"), {own}
    while isinstance(above, int):
        if above in seen:
            yield error("parent", "上级党组织不能是它自己，也不能是它的下级，请改选。")
            return
        seen.add(above)
        above = (context.values("organisations", above) or {}).get("parent")


def place(values: Values, context: Context) -> Iterator[Finding]:
    """The order of domain 1.1: 党工委, 党委, 党总支, 党支部, 党小组; a group always belongs to a branch."""
    parent = values.get("parent")
    if not isinstance(parent, int):
        if values.get("kind") == GROUP_KIND:
            yield warning("parent", "党小组要归在一个党支部下，请选上级党组织。")
        return
    above = group_of(context.values("organisations", parent) or {})
    own = _RANK.get(group_of(values), _RANK[BRANCH])
    if above and _RANK[above] >= own:
        label = code_table("organisation_kind").label(str(values.get("kind")))
        yield warning("parent", f"{label}一般不设在{above}下，请核对上级党组织和组织类别。")


def dates(values: Values, context: Context) -> Iterator[Finding]:
    """An organisation is not dissolved before it was set up."""
    del context
    began, ended = values.get("established_on"), values.get("dissolved_on")
    if isinstance(began, str) and isinstance(ended, str) and ended < began[: len(ended)]:
        yield error("dissolved_on", "撤销日期早于批准成立日期，请核对。", value=ended)


def credit_code(values: Values, context: Context) -> Iterator[Finding]:
    """A unified social credit code has 18 characters of which the last checks the others (GB 32100-2015)."""
    del context
    code = values.get("unit_code")
    if isinstance(code, str) and not valid_credit_code(code.upper()):
        yield warning("unit_code", "统一社会信用代码的位数或校验位不对，请核对。", value=code)


def valid_credit_code(code: str) -> bool:
    """Whether the 18 characters fit together (modulus 31)."""
    if len(code) != 18 or any(char not in _CODE_FIGURES for char in code):
        return False
    total = sum(_CODE_FIGURES.index(char) * weight for char, weight in zip(code, _CODE_WEIGHTS, strict=False))
    return _CODE_FIGURES[-total % 31] == code[17]


def _present(context: Context, ledger: str, link: str, rid: int, *, ends: str) -> list[Values]:
    """The records that point here and have not ended by today."""
    today = context.today.isoformat()
    records = (context.values(ledger, holder) for holder in context.holders(ledger, link, rid))
    return [record for record in records if record is not None and str(record.get(ends) or "9999") > today]


RULES = (size, seats, circle, place, dates, credit_code)
