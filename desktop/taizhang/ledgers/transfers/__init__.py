"""组织关系转接: letters out, members in, moves within, and what comes back for them (domain 3)."""

from taizhang.core.derived import Compared, Computed, Lookup
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.ledgers.transfers.acts import ACTS
from taizhang.ledgers.transfers.board import BOARD
from taizhang.ledgers.transfers.deadlines import age, countdown, overdue
from taizhang.ledgers.transfers.effects import EFFECTS
from taizhang.ledgers.transfers.facts import way
from taizhang.ledgers.transfers.fields import FIELDS
from taizhang.ledgers.transfers.moving import counted, moved
from taizhang.ledgers.transfers.numbering import given_once, numbered, replaced, skipped
from taizhang.ledgers.transfers.person import (
    by_letter,
    copied,
    found_in_roster,
    from_number,
    from_roster,
    sender,
    unit,
    which_way,
)
from taizhang.ledgers.transfers.reminders import REMINDERS
from taizhang.ledgers.transfers.rules_letter import LETTER_RULES
from taizhang.ledgers.transfers.rules_person import PERSON_RULES
from taizhang.ledgers.transfers.rules_state import STATE_RULES

_DERIVED = (
    Computed(
        "countdown",
        "期限",
        compute=countdown,
        width=6,
        align="left",
        help="离介绍信到期、离回执应到的日子还有几天，或超过几天。",
    ),
    Computed("age", "年龄", compute=age, width=3, privacy=Privacy.BIRTH, help="周岁，按开具日期算。"),
    Computed("overdue", "待催办", compute=overdue, width=5, align="center", help="介绍信过了期，或回执过了期。"),
    Computed("way", "办理途径", compute=way, width=4, align="center", help="纸质介绍信或线上转接。"),
    Compared("skipped", "缺号", compare=skipped, width=7, align="left", help="本信编号之前缺的编号。"),
    Compared("replaced", "原信编号", compare=replaced, width=7, align="left", help="本信补开以前的那一封。"),
    Lookup("reissued", "补开为", ledger="transfers", link="replaces", field="number", width=7, align="left"),
)

LEDGER = Ledger(
    "transfers",
    "组织关系转接",
    FIELDS,
    group="党组织与党员",
    order=35,
    icon="ph.swap",
    purpose="开介绍信、接收转入党员、调整支部，编号、名册、倒计时和回执一次办好。",
    unit="件",
    columns=("name", "state", "countdown", "direction", "number", "to_branch", "issued_on", "due_on"),
    heads=(
        *("direction", "state", "countdown", "number", "from_branch", "to_branch"),
        *("issued_on", "due_on", "received_on", "receipt_on"),
    ),
    print_columns=(
        "number",
        "name",
        "sex",
        "category",
        "from_branch",
        "to_committee",
        "to_branch",
        "issued_on",
        "valid_days",
        "due_on",
        "dues_paid_to",
        "handler",
        "collector",
        "receipt_on",
        "state",
        "note",
    ),
    derived=_DERIVED,
    rules=(*STATE_RULES, *LETTER_RULES, *PERSON_RULES),
    fills=(from_number,),
    follows=(which_way, found_in_roster, from_roster, copied, by_letter, unit, moved, sender, counted, numbered),
    effects=EFFECTS,
    guards=(given_once,),
    acts=ACTS,
    board=BOARD,
    reminders=REMINDERS,
    volatile=True,
    scope="branch",
    match=(("number", "name"), ("name", "direction", "applied_on")),
    sorts=("issued_on", "number", "pinyin", "entry"),
    search_fields=("number", "to_committee", "to_branch", "from_branch", "phone", "id_number"),
)
