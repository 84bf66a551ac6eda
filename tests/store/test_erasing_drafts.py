"""What was half typed of somebody who is erased goes too (R-PRIV-03)."""

from taizhang.store.memo import act_draft_key, draft_key
from tests.offices import Office


def test_what_was_half_typed_of_the_person_goes_whatever_it_says(real: Office) -> None:
    """A form, an act that was begun at the person, and one that takes several."""
    rid = real.add("members", name="安静宜")
    mine = [draft_key("members", rid), *(act_draft_key("errands", "send", f"who={at}") for at in (rid, [rid, 99999]))]
    others = [draft_key("members", rid * 10), act_draft_key("errands", "send", "new"), "filters:members"]
    for key in (*mine, *others):
        real.store.keep(key, {"phone": ["19900001111", "19900001111"]})
    real.store.erase(rid, "本人书面申请")
    assert [key for key in (*mine, *others) if real.store.recall(key)] == others
