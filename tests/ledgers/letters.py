"""A community with two branches and a few members, and the steps of a transfer as a clerk takes them."""

from collections.abc import Mapping
from datetime import date

from taizhang.core import idcard
from taizhang.core.context import Value, Values
from taizhang.core.findings import Finding
from tests.offices import Office

TO: Mapping[str, object] = {
    "to_committee": "中共云溪市松涛街道工作委员会",
    "to_branch": "中共云溪市松涛街道柳岸社区第二支部委员会",
}
FIRST, SECOND = "中共杏花社区第一支部委员会", "中共杏花社区第二支部委员会"
NAMES = ("秦一", "何二", "吕三", "施四")


def card(number: int) -> str:
    """An ID number with an area that nobody has, of a man born in June 1985."""
    return idcard.make("430199", date(1985, 6, number + 1), 2 * number + 1)


class Letters:
    """An office whose people come and go."""

    def __init__(self, office: Office, names: tuple[str, ...] = NAMES) -> None:
        self.office = office
        root = office.store.root
        office.change(root, address="青石路1号", phone="0731-88000000", fax="0731-88000001", postcode="410000")
        committee = office.add(
            "organisations", name="中共杏花社区委员会", kind="社区党委", parent=root, admits="否", phone="0731-88000002"
        )
        self.first = office.add("organisations", name=FIRST, short_name="第一党支部", kind="党支部", parent=committee)
        self.second = office.add("organisations", name=SECOND, short_name="第二党支部", kind="党支部", parent=committee)
        self.members = [self.member(name, number) for number, name in enumerate(names)]

    def member(self, name: str, number: int, /, **more: object) -> int:
        """Somebody of the first branch, in the Party since 2010."""
        born = {"sex": "男", "ethnic_group": "汉", "id_number": card(number), "phone": f"1990000000{number}"}
        joined = {"category": "正式", "joined_on": "2010-07-01", "confirmed_on": "2011-07-01"}
        place = {"branch": self.first, "status": "正常"}
        return self.office.add("members", **{"name": name, **born, **joined, **place, **more})

    def add(self, **raw: object) -> int:
        """Store a transfer."""
        return self.office.add("transfers", **raw)

    def issue(self, member: int | str, day: str = "2026-11-10", /, **more: object) -> int:
        """A letter out, on its way since that day."""
        paid = {"issued_on": day, "dues_paid_to": day[:7]}
        return self.add(**{"direction": "转出", "member": member, **TO, **paid, **more})

    def come(self, name: str, born: int, /, **more: object) -> int:
        """A letter in."""
        said = {"direction": "转入", "name": name, "id_number": card(born), "category": "正式"}
        return self.add(**{**said, "joined_on": "2012-07-01", "from_committee": "中共云溪市委员会", **more})

    def set(self, rid: int, **raw: object) -> None:
        """Change a record."""
        self.office.change(rid, None, **raw)

    def get(self, rid: int) -> Values:
        """What a record holds."""
        return self.office.store.row(rid).values

    def the_member(self, rid: int) -> int:
        """The roster's record that a transfer is linked to."""
        member = self.get(rid)["member"]
        assert isinstance(member, int)
        return member

    def derived(self, rid: int, key: str) -> Value:
        """What is computed for a record."""
        return self.office.store.row(rid).derived[key]

    def says(self, key: str, rid: int | None = None, /, **raw: object) -> list[Finding]:
        """What the gate says beside one field."""
        return [finding for finding in self.office.findings("transfers", raw, rid) if finding.field == key]

    def rule(self, rule: str, rid: int | None = None, /, **raw: object) -> list[Finding]:
        """What the gate says because of one rule."""
        return [finding for finding in self.office.findings("transfers", raw, rid) if finding.rule == rule]
