"""What is done with transfers in one step: begun here, from scratch or at a member's card."""

from collections.abc import Callable, Mapping

from taizhang.core.act import Act, Page
from taizhang.core.context import Context, Values
from taizhang.ledgers.transfers.acts_on import ACTS_ON
from taizhang.ledgers.transfers.facts import CERTIFICATE, LETTER, UNIT, credential
from taizhang.ledgers.transfers.moving import USUAL_DAYS
from taizhang.ledgers.transfers.states import AWAITED, IN, INTERNAL, OUT, UNDERWAY

_LETTER_PAGE = Page(
    "介绍信",
    (
        *("issued_on", "valid_days", "number", "dues_paid_to", "dues_note"),
        *("handler", "collector", "delivery"),
    ),
    "编号接着本类别的上一封自动给出。先不开信的，把开具日期清空，保存为申请。",
)
_WHERE_TO = Page(
    "去哪里",
    ("to_committee", "to_branch", "branch", "reason"),
    "抬头写有接收权限的基层党委或党工委，去往写支部全称。",
)


def _begin(
    direction: str, credential: str = "", *, issued: bool = False, days: int = 0, state: str = ""
) -> Callable[[Values, Context], Mapping[str, object]]:
    """What a new record begins with; a letter that is issued carries today's date."""

    def sets(_values: Values, context: Context) -> Mapping[str, object]:
        found: dict[str, object] = {"direction": direction, "credential": credential, "state": state}
        found |= {"issued_on": context.today.isoformat() if issued else "", "valid_days": days or ""}
        return {key: value for key, value in found.items() if value}

    return sets


def _goes_by(kind: str) -> Callable[[Values], bool]:
    """Letters of ours that are under way and can be issued anew."""
    return lambda letter: (letter.get("direction"), letter.get("state"), credential(letter)) == (OUT, UNDERWAY, kind)


def _is_here(member: Values) -> bool:
    return member.get("left_on") is None


def _reissue(key: str, label: str, kind: str, form: str) -> Act:
    """A new letter instead of one that expired, was lost or was wrong (R-TR-04, R-TR-05)."""
    return Act(
        key,
        label,
        icon="ph.arrows-clockwise",
        help="超期、遗失或写错了：照原信另开一封，换新编号，原信自动作废。",
        pages=(
            Page("为什么补开", ("replaces", "state_reason"), "写明经办失误、有正当理由的超期，或遗失。"),
            Page("去哪里", ("name", "to_committee", "to_branch"), "原信写错的，在这里改正。"),
            Page("介绍信", ("issued_on", "valid_days", "number", "dues_paid_to", "dues_note", "handler", "collector")),
        ),
        starts=True,
        sets=_begin(OUT, kind, issued=True, days=USUAL_DAYS),
        form=form,
        link="replaces",
        about=_goes_by(kind),
        labels={"replaces": "原信", "state_reason": "补开原因"},
    )


ACTS_TO_START: tuple[Act, ...] = (
    Act(
        "transfer_out",
        "转出党员",
        icon="ph.sign-out",
        help="选党员、写去向、开介绍信，编号自动给出；接收后名册自动减少。",
        pages=(
            Page(
                "谁转接",
                ("member", "name", "category", "phone", "materials"),
                "从名册中选，个人信息自动填好；预备党员要移交培养教育考察材料。",
            ),
            _WHERE_TO,
            _LETTER_PAGE,
        ),
        starts=True,
        sets=_begin(OUT, LETTER, issued=True, days=USUAL_DAYS),
        form="introduction_letter",
        link="member",
        about=_is_here,
        main=True,
        labels={"branch": "原党支部", "reason": "转出原因"},
    ),
    Act(
        "transfer_in",
        "登记转入",
        icon="ph.sign-in",
        help="收到介绍信或线上转接，先照信登记，查验后接收，再编入支部。",
        pages=(
            Page(
                "谁转来",
                (
                    *("name", "sex", "ethnic_group", "id_number", "born_on", "category"),
                    *("joined_on", "confirmed_on", "phone", "member"),
                ),
                "照来信填写；以前从本单位转出又回来的，选上名册中的党员。",
            ),
            Page("来信", ("credential", "number", "issued_on", "valid_days", "due_on", "dues_paid_to", "applied_on")),
            Page("从哪里来", ("from_committee", "from_branch", "branch", "reason", "archive_came", "materials")),
        ),
        starts=True,
        sets=_begin(IN, LETTER, state=AWAITED),
        labels={"number": "来信编号", "applied_on": "来信日期", "branch": "编入党支部", "reason": "转入原因"},
    ),
    Act(
        "transfer_within",
        "内部调整",
        icon="ph.arrows-left-right",
        help="在本单位的党支部之间调整，不开介绍信，保存后名册里的支部一并改好。",
        pages=(
            Page("谁调整", ("member", "name", "branch")),
            Page("调到哪里", ("to_branch", "party_group", "issued_on", "reason", "handler")),
        ),
        starts=True,
        sets=_begin(INTERNAL, issued=True),
        link="member",
        about=_is_here,
        labels={"branch": "现在的党支部", "to_branch": "调到哪个支部", "issued_on": "调整日期", "reason": "调整原因"},
    ),
    Act(
        "unit_out",
        "整建制转出",
        icon="ph.users-four",
        help="一个单位的党员一起转走，一封信附一张名单。",
        pages=(
            Page(
                "哪个单位",
                ("members", "name", "branch", "headcount"),
                "先点“从名单中选”，选好全部党员；单位名称、原党支部和人数自动填好，可以改。",
            ),
            Page("去哪里", tuple(key for key in _WHERE_TO.fields if key != "branch"), _WHERE_TO.help),
            _LETTER_PAGE,
        ),
        starts=True,
        sets=_begin(OUT, UNIT, issued=True, days=USUAL_DAYS),
        form="introduction_letter_unit",
        labels={"name": "单位名称", "branch": "原党支部", "reason": "转出原因"},
    ),
    Act(
        "unit_in",
        "整建制转入",
        icon="ph.users-four",
        help="一个单位的党员一起转来：先把名单导入党员名册，再照信登记，接收时一并编入支部。",
        pages=(
            Page("哪个单位", ("name", "members", "headcount", "from_committee", "from_branch")),
            Page("来信", ("number", "issued_on", "valid_days", "due_on", "dues_paid_to", "branch")),
        ),
        starts=True,
        sets=_begin(IN, UNIT, state=AWAITED),
        labels={"name": "单位名称", "number": "来信编号", "branch": "编入党支部"},
    ),
    Act(
        "certificate",
        "开党员证明信",
        icon="ph.identification-card",
        help="外出三到六个月、需要证明党员身份的，组织关系和党费仍在本支部。",
        pages=(
            Page("给谁开", ("member", "name", "category", "phone")),
            Page("开到哪里", ("to_committee", "to_branch", "reason")),
            Page("证明信", ("issued_on", "number", "valid_days", "handler", "collector")),
        ),
        starts=True,
        sets=_begin(OUT, CERTIFICATE, issued=True),
        form="membership_certificate",
        link="member",
        about=_is_here,
    ),
    _reissue("reissue", "补开", LETTER, "introduction_letter"),
    _reissue("reissue_unit", "补开整建制介绍信", UNIT, "introduction_letter_unit"),
)

ACTS = (*ACTS_TO_START, *ACTS_ON)
