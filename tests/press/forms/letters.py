"""An office with people who come and go, to fill the shipped forms with; names as long as real ones."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from taizhang.core.privacy import Profile
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import FormPrinted, draw_form
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.model import Form
from taizhang.press.forms.shelf import Shelf
from taizhang.press.forms.values import filled, filled_values
from tests.offices import Office
from tests.store.trial import card

AT = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the office's own clock
BRANCH = "中共青石街道幸福社区第一网格支部委员会"
TO_COMMITTEE = "中共滨海市高新技术产业开发区荷塘街道工作委员会"
TO_BRANCH = "中共滨海市高新技术产业开发区荷塘街道锦绣社区第二网格支部委员会"
SHIPPED = Shelf({})
PEOPLE = ("赵伟", "钱芳", "阿卜杜热西提·吐尔逊江", "李敏", "周静", "吴强", "孙立", "马超")
_PERSON = {
    "ethnic_group": "汉族",
    "category": "正式党员",
    "joined_on": "1999-07-01",
    "confirmed_on": "2000-07-01",
    "phone": "13800001234",
    "landline": "0731-81234567",
    "education": "大学本科毕业",
    "post": "退休人员",
    "employer": "滨海市望江机械制造有限公司 副总工程师",
    "address": "滨海市青石街道幸福路12号院3号楼2单元501室",
    "household_address": "滨海市青石街道幸福路12号院",
    "native_place": "湖南长沙",
    "status": "正常",
    "lost": "否",
    "mobile": "是",
    "mobile_to": "广东省深圳市南山区",
    "party_group": "第二党小组",
    "sponsors": "李建国、王秀英",
    "honours": "2019年被评为优秀共产党员",
}
_LETTER = {
    "direction": "转出",
    "to_committee": TO_COMMITTEE,
    "to_branch": TO_BRANCH,
    "issued_on": "2026-11-20",
    "valid_days": 30,
    "dues_paid_to": "2026-11",
    "from_address": "滨海市青石街道幸福路1号街道办事处三楼党建办公室",
    "from_phone": "0731-81234567",
    "from_fax": "0731-81234568",
    "from_postcode": "410000",
    "handler": "王秀英",
}


class Letters:
    """The office; `records` are, by the key of a form, those that it is for."""

    def __init__(self, path: Path) -> None:
        self.office = Office(path)
        self.store = self.office.store
        self.office.change(1, phone="0731-81234567")
        branch = self.office.add("organisations", name=BRANCH, short_name="第一网格支部", kind="党支部", parent=1)
        self.people = [
            self.office.add("members", name=name, id_number=card(2 * number + 1), branch=branch, **_PERSON)
            for number, name in enumerate(PEOPLE)
        ]
        add = self.office.add
        letters = [add("transfers", member=rid, credential="介绍信", **_LETTER) for rid in self.people[:3]]
        unit = {"name": "滨海市望江机械制造有限公司党支部", "from_branch": BRANCH, "members": self.people[3:5]}
        late = {**_LETTER, "issued_on": "2026-09-01", "dues_paid_to": "2026-09"}
        expired = add("transfers", member=self.people[6], credential="介绍信", **late)
        waiting = add("transfers", member=self.people[7], credential="介绍信", received_on="2026-09-10", **late)
        whole = add("transfers", credential="整建制介绍信", headcount=2, **unit, **_LETTER)
        shown = add("transfers", member=self.people[5], credential="党员证明信", reason="到外地短期学习", **_LETTER)
        came = add(
            "transfers",
            direction="转入",
            credential="介绍信",
            name="郑华",
            category="正式党员",
            number="〔2026〕117",
            from_committee=TO_COMMITTEE,
            from_branch=TO_BRANCH,
            issued_on="2026-11-02",
            valid_days=30,
            received_on="2026-11-20",
            branch=branch,
            handler="王秀英",
        )
        self.records: dict[str, list[int]] = {
            "introduction_letter": letters,
            "introduction_letter_unit": [whole],
            "membership_certificate": [shown],
            "transfer_receipt": [came],
            "transfer_register_out": [*letters, whole],
            "transfer_register_in": [came],
            "chase_list": [expired, waiting],
            "member_sheet": self.people,
            "member_card": self.people,
            "check_slip": self.people,
        }

    def issue(self, name: str, number: str) -> int:
        """One more letter, under a number that somebody has chosen."""
        person = {**_PERSON, "name": name, "branch": BRANCH}
        return self.office.add("transfers", member=self.office.add("members", **person), number=number, **_LETTER)

    def filled(self, form: Form, rids: Sequence[int] | None = None) -> list[Filled]:
        """The records that a shipped form is for, or these."""
        rids = self.records[form.key] if rids is None else rids
        return list(filled(self.store, form, rids, profile=Profile.FULL, at=AT, who="王秀英"))

    def give_photo(self, rid: int) -> None:
        """Put a photo of an inch, which shows nobody, on somebody's card."""
        jpeg, kept = BytesIO(), list[str]()
        Image.new("RGB", (250, 350), "lightblue").save(jpeg, "JPEG")
        self.store.do("照片", lambda work: kept.append(work.attach(jpeg.getvalue(), photo=True)))
        self.office.change(rid, photo=kept)

    def empty(self, form: Form) -> Filled:
        """A record of the form's ledger that holds nothing: the form to be filled in by hand."""
        ledger = next(ledger for ledger in self.store.ledgers.values() if ledger.title == form.ledger)
        return filled_values(self.store, form, ledger, {}, profile=Profile.FULL, at=AT, who="")


def put_on_paper(form: Form, records: Sequence[Filled], faces: Typefaces) -> tuple[bytes, FormPrinted]:
    """The PDF, and what is said about it."""
    out = BytesIO()
    done = draw_form(form, records, faces, out, at=AT, author="王秀英")
    return out.getvalue(), done
