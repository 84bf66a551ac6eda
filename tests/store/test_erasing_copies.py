"""What a letter has copied of somebody goes when they are erased; what others own in it stays (R-PRIV-03)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from taizhang.core import idcard
from taizhang.core.kinds import Day, IdCard, Phone, Text
from taizhang.core.privacy import Privacy
from taizhang.registry import registry_of
from tests.offices import Office
from tests.store.trial import PEOPLE, PLACES, POSTS

NAME, PHONE, OLD_PHONE = "漆雕鋆龢", "19987651234", "19943217788"
NUMBER = idcard.make("110199", date(1985, 6, 17), 12)
REASON = "本人申请，支部大会同意"


def test_what_a_record_that_points_at_the_person_has_copied_goes_too(tmp_path: Path) -> None:
    """A letter copies number, telephone, home and birthday; those of others, and what is no person's, stay."""
    fields = (
        *POSTS.fields,
        IdCard("card", "身份证号码", privacy=Privacy.ID),
        Phone("call", "电话", privacy=Privacy.PHONE),
        Phone("home_call", "家中电话", privacy=Privacy.PHONE),
        Text("home", "住址", privacy=Privacy.ADDRESS),
        Day("born", "出生日期", privacy=Privacy.BIRTH),
        Day("given_on", "落款日期"),
    )
    private = {"id_number": Privacy.ID, "phone": Privacy.PHONE, "born_on": Privacy.BIRTH}
    people = tuple(replace(one, privacy=private.get(one.key, one.privacy)) for one in PEOPLE.fields)
    ledgers = [PLACES, replace(PEOPLE, fields=people), replace(POSTS, fields=fields)]
    office = Office(tmp_path / "letters.tz", registry_of(ledgers))
    rid = office.add("people", name=NAME, id_number=NUMBER, phone=OLD_PHONE, born_on="1985-06-17")
    office.change(rid, phone=PHONE)
    copied = {"card": NUMBER, "call": f"{OLD_PHONE}、19911112222", "home_call": PHONE, "born": "1985-06-17"}
    letter = office.add("posts", name=NAME, person=rid, post="书记", given_on="1985-06-17", **copied)
    office.change(letter, None, home_call="19911112222", name="改过")
    office.store.erase(rid, REASON)
    held = office.store.row(letter).values
    assert {key: held[key] for key in (*copied, "given_on", "name")} == {
        "card": None,
        "call": "19911112222",
        "home_call": "19911112222",
        "born": None,
        "given_on": "1985-06-17",
        "name": "改过",
    }
    told = repr(office.store.history(letter))
    assert [word for word in (NAME, NUMBER, PHONE, OLD_PHONE) if word in told] == []
    assert ("given_on", (None, "1985-06-17")) in office.store.history(letter)[-1].fields.items()
    assert office.store.check() == []
    office.store.close(with_backup=False)
    assert [word for word in (NAME, NUMBER, PHONE, OLD_PHONE) if word.encode() in office.path.read_bytes()] == []
