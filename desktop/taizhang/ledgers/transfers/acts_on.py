"""What is done to a transfer in one step, depending on where it stands."""

from collections.abc import Callable, Mapping

from taizhang.core.act import Act, Page
from taizhang.core.context import Context, Values
from taizhang.ledgers.transfers.facts import CERTIFICATE, LETTER, ONLINE, UNIT, credential, is_certificate
from taizhang.ledgers.transfers.moving import USUAL_DAYS
from taizhang.ledgers.transfers.states import (
    ACCEPTED,
    APPLIED,
    AWAITED,
    IN,
    INTERNAL,
    OPEN,
    OUT,
    RETURNED,
    REVIEWED,
    UNDERWAY,
    VERIFIED,
    VOIDED,
    WITHDRAWN,
)

_ISSUE = Page("开具", ("issued_on", "valid_days", "number", "dues_paid_to", "dues_note", "handler", "collector"))
_WHERE_TO = Page("去哪里", ("to_committee", "to_branch"), "抬头写有接收权限的基层党委或党工委，去往写支部全称。")
_WHY = Page("原因", ("state_reason",))
_WHY_LABEL = {"state_reason": "原因"}


def _stands(direction: str, *states: str, by: str = "") -> Callable[[Values], bool]:
    """For records of one direction in these states, by one credential where there is a choice."""

    def when(values: Values) -> bool:
        fits = values.get("direction") == direction and values.get("state") in states
        return fits and by in {"", credential(values)}

    return when


def _today(key: str, **more: object) -> Callable[[Values, Context], Mapping[str, object]]:
    """Begins with today in the day `key`."""
    return lambda _values, context: {key: context.today.isoformat(), **more}


def _state(state: str) -> Callable[[Values, Context], Mapping[str, object]]:
    return lambda _values, _context: {"state": state}


def _issued(values: Values, context: Context) -> Mapping[str, object]:
    days = {} if is_certificate(values) else {"valid_days": values.get("valid_days") or USUAL_DAYS}
    return {"issued_on": context.today.isoformat(), **days}


def _is_reviewable(values: Values) -> bool:
    return values.get("direction") in {OUT, INTERNAL} and values.get("state") == APPLIED


def _is_withdrawable(values: Values) -> bool:
    return values.get("direction") in {OUT, INTERNAL} and values.get("state") in OPEN


def _issue_act(key: str, label: str, by: str, form: str, pages: tuple[Page, ...]) -> Act:
    return Act(
        key,
        label,
        icon="ph.file-text",
        help="编号自动给出，状态改为在途，到期日按有效期算好。",
        pages=pages,
        when=_stands(OUT, APPLIED, REVIEWED, by=by),
        sets=_today("issued_on") if by in {ONLINE, CERTIFICATE} else _issued,
        form=form,
    )


ACTS_ON: tuple[Act, ...] = (
    Act(
        "review",
        "支部审核通过",
        icon="ph.check-circle",
        help="支部同意，等党委开具或调整。",
        pages=(Page("审核", ("dues_paid_to", "materials", "note")),),
        when=_is_reviewable,
        sets=_state(REVIEWED),
    ),
    _issue_act("issue", "开具介绍信", LETTER, "introduction_letter", (_WHERE_TO, _ISSUE)),
    _issue_act("issue_unit", "开具整建制介绍信", UNIT, "introduction_letter_unit", (_WHERE_TO, _ISSUE)),
    _issue_act("issue_certificate", "开具证明信", CERTIFICATE, "membership_certificate", (_WHERE_TO, _ISSUE)),
    _issue_act("issue_online", "线上发起", ONLINE, "", (_WHERE_TO, Page("发起", ("issued_on", "dues_paid_to")))),
    Act(
        "adjust",
        "办理调整",
        icon="ph.arrows-left-right",
        help="改好名册里的支部，这件转接办结。",
        pages=(Page("调到哪里", ("to_branch", "party_group", "issued_on")),),
        when=_stands(INTERNAL, APPLIED, REVIEWED),
        sets=_today("issued_on"),
        labels={"to_branch": "调到哪个支部", "issued_on": "调整日期"},
    ),
    Act(
        "accepted",
        "登记接收",
        icon="ph.check",
        help="对方已经接收：名册自动减少，接着等回执。",
        pages=(Page("接收", ("received_on",), "填对方接收的日期。"),),
        when=lambda values: _stands(OUT, UNDERWAY)(values) and not is_certificate(values),
        sets=_today("received_on"),
    ),
    Act(
        "receipt",
        "收到回执",
        icon="ph.envelope-simple-open",
        help="回执联收到，贴回存根，这件转接办结。",
        pages=(Page("回执", ("received_on", "receipt_on", "receipt_way"), "没有另写接收日期的，算收到回执那天。"),),
        when=lambda values: _stands(OUT, UNDERWAY, ACCEPTED)(values) and not is_certificate(values),
        sets=_today("receipt_on"),
        labels={"received_on": "对方接收日期", "receipt_on": "收到回执日期"},
    ),
    Act(
        "certificate_back",
        "收回证明信",
        icon="ph.envelope-simple-open",
        help="本人回来，证明信交回，办结。",
        pages=(Page("收回", ("receipt_on",)),),
        when=_stands(OUT, UNDERWAY, ACCEPTED, by=CERTIFICATE),
        sets=_today("receipt_on"),
        labels={"receipt_on": "收回日期"},
    ),
    Act(
        "verify",
        "查验来信",
        icon="ph.magnifying-glass",
        help="核对证件、档案、有效期和党费；预备党员还要查入党材料。",
        pages=(Page("查验", ("verified_on", "archive_came", "materials", "dues_paid_to", "note")),),
        when=_stands(IN, AWAITED),
        sets=_today("verified_on"),
    ),
    Act(
        "accept",
        "接收并编入支部",
        icon="ph.user-plus",
        help="编入支部和党小组，名册自动增加。",
        pages=(Page("接收", ("received_on", "branch", "party_group", "talked_on")),),
        when=_stands(IN, AWAITED, VERIFIED),
        sets=_today("received_on"),
        labels={"branch": "编入党支部"},
    ),
    Act(
        "send_receipt",
        "寄出回执",
        icon="ph.paper-plane-tilt",
        help="把回执联寄给原单位，这件转接办结。",
        pages=(Page("回执", ("receipt_on", "receipt_way", "handler")),),
        when=_stands(IN, ACCEPTED),
        sets=_today("receipt_on"),
        labels={"receipt_on": "寄出回执日期"},
        form="transfer_receipt",
    ),
    Act(
        "cancel",
        "这封信作废",
        icon="ph.prohibit",
        help="信作废，编号留着不再用；人还在名册里。",
        pages=(_WHY,),
        labels=_WHY_LABEL,
        when=_stands(OUT, UNDERWAY),
        sets=_state(VOIDED),
    ),
    Act(
        "withdraw",
        "撤回",
        icon="ph.arrow-u-up-left",
        help="本人不转了：这件转接到此为止，人还在名册里。",
        pages=(_WHY,),
        labels=_WHY_LABEL,
        when=_is_withdrawable,
        sets=_state(WITHDRAWN),
    ),
    Act(
        "send_back",
        "退回",
        icon="ph.arrow-u-up-left",
        help="材料不合格，退回原单位；退回要有正当理由。",
        pages=(_WHY,),
        labels=_WHY_LABEL,
        when=_stands(IN, AWAITED, VERIFIED),
        sets=_state(RETURNED),
    ),
)
