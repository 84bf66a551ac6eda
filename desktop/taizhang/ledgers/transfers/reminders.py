"""What falls due for letters, receipts and the system's queue (table 12, E4; R-TR-02 to R-TR-04, R-TR-12)."""

from datetime import date, timedelta

from taizhang.core.context import Context, Values
from taizhang.core.day import add_months, last_day
from taizhang.core.reminder import Level, Notice, Reminder
from taizhang.ledgers.transfers.deadlines import expiry, receipt_due
from taizhang.ledgers.transfers.facts import CERTIFICATE, ONLINE, credential
from taizhang.ledgers.transfers.states import ACCEPTED, AWAITED, IN, OPEN, OUT, UNDERWAY, VERIFIED

POCKET_MONTHS = 6
ONLINE_DAYS = 10  # ours: nobody has published how long a step in the system may take


def _pocket_on(values: Values, context: Context) -> date | None:
    """Domain 3.6: six months after a letter was issued."""
    del context
    issued = values.get("issued_on")
    return add_months(last_day(issued), POCKET_MONTHS) if isinstance(issued, str) else None


def _is_letter(values: Values, context: Context) -> bool:
    """A letter on paper, which takes the member along."""
    del context
    return credential(values) not in {ONLINE, CERTIFICATE}


def _lately(values: Values, context: Context) -> bool:
    """A letter that is not yet so old that it is looked upon as kept in a pocket."""
    since = _pocket_on(values, context)
    return _is_letter(values, context) and (since is None or context.today <= since)


def _expires(values: Values, context: Context) -> date | None:
    """R-TR-02: the last day of the letter."""
    del context
    return expiry(values)


def _receipt(values: Values, context: Context) -> date | None:
    """R-TR-03: a month after acceptance."""
    del context
    return receipt_due(values)


def _answered_by(values: Values, context: Context) -> date | None:
    """R-TR-12: by when the queue of approvals should have moved."""
    del context
    asked = values.get("applied_on") or values.get("issued_on")
    return last_day(asked) + timedelta(days=ONLINE_DAYS) if isinstance(asked, str) else None


_EXPIRY = Reminder(
    "E4-expiry",
    "介绍信到期",
    (
        Notice(Level.AMBER, "{name}的介绍信{due}到期，还有 {left} 天没有接收，请提醒本人去办。", days=-7),
        Notice(Level.AMBER, "{name}的介绍信今天到期，还没有接收，请联系本人。"),
        Notice(
            Level.RED,
            "{name}的介绍信超期 {over} 天：请查明原因，无正当理由的批评教育，再补开或撤回。",
            days=1,
        ),
    ),
    source="R-TR-04",
    among=({"direction": OUT, "state": UNDERWAY},),
    when=_lately,
    due=_expires,
    field="due_on",
)

_POCKET = Reminder(
    "E4-pocket",
    "口袋党员",
    (
        Notice(
            Level.RED,
            "{name}的介绍信{issued_on}开出，半年没有回执（口袋党员）：请查清去向，"
            "对接补开；无故半年不参加组织生活的，按自行脱党程序处理。",
            days=1,
        ),
    ),
    source="R-TR-04",
    among=({"direction": OUT, "state": UNDERWAY},),
    when=_is_letter,
    due=_pocket_on,
    field="due_on",
)

_CERTIFICATE = Reminder(
    "E4-certificate",
    "党员证明信到期",
    (Notice(Level.AMBER, "{name}的党员证明信{due}到期，回来了请收回；留下不走的，办组织关系转接。"),),
    source="R-TR-02",
    among=({"direction": OUT, "state": UNDERWAY, "credential": CERTIFICATE},),
    due=_expires,
    field="due_on",
)

_RECEIPT = Reminder(
    "E4-receipt",
    "回执未收到",
    (
        Notice(Level.AMBER, "{name}的组织关系接收已满一个月，没有收到回执，请向对方催要。", days=1),
        Notice(Level.RED, "{name}的回执应在{due}前收到，超过 {over} 天，请电话催要。", months=1),
    ),
    source="R-TR-03",
    among=({"direction": OUT, "state": ACCEPTED},),
    due=_receipt,
    field="receipt_on",
)

_OUR_RECEIPT = Reminder(
    "E4-reply",
    "回执未寄出",
    (
        Notice(Level.AMBER, "{name}的回执应在{due}前寄给原单位，还有 {left} 天。", days=-7),
        Notice(Level.RED, "{name}的回执应在{due}前寄给原单位，超过 {over} 天，请尽快寄出。", days=1),
    ),
    source="R-TR-03",
    among=({"direction": IN, "state": ACCEPTED},),
    due=_receipt,
    field="receipt_on",
)

_INCOMING = Reminder(
    "E4-incoming",
    "来信待接收",
    (
        Notice(Level.AMBER, "{name}的来信{due}到期，还有 {left} 天，请尽快查验、接收。", days=-7),
        Notice(Level.AMBER, "{name}的来信今天到期，请查验、接收。"),
        Notice(Level.RED, "{name}的来信超期 {over} 天没有接收，请问明原因，请原单位补开。", days=1),
    ),
    source="R-TR-04",
    among=({"direction": IN, "state": (AWAITED, VERIFIED)},),
    when=_is_letter,
    due=_expires,
    field="due_on",
)

_ONLINE = Reminder(
    "E4-online",
    "线上转接待审批",
    (
        Notice(Level.AMBER, "{name}的线上转接等审批已超过 10 天，请到系统里办理或催办。", days=1),
        Notice(Level.RED, "{name}的线上转接等审批已超过 30 天，请到系统里办理或催办。", days=21),
    ),
    source="R-TR-12",
    among=({"credential": ONLINE, "state": tuple(sorted(OPEN))},),
    due=_answered_by,
    field="state",
)

REMINDERS = (_EXPIRY, _POCKET, _CERTIFICATE, _RECEIPT, _OUR_RECEIPT, _INCOMING, _ONLINE)
