"""The registry finds every ledger, in order, and nothing that does not fit together."""

from dataclasses import replace

import pytest

from taizhang.core.act import Act, Page
from taizhang.core.derived import Lookup, Tally
from taizhang.core.kinds import Text
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.ledger import Ledger, Presence, Step
from taizhang.registry import Contradiction, installed, registry_of
from tests.store.trial import PEOPLE, PLACES, POSTS, trial


def test_the_installed_ledgers_stand_in_the_order_of_the_navigation() -> None:
    ledgers = list(installed().ledgers.values())
    assert [ledger.key for ledger in ledgers][:3] == ["organisations", "members", "committees"]
    assert [ledger.order for ledger in ledgers] == sorted(ledger.order for ledger in ledgers)
    assert installed().office_ledger.key == "organisations"
    assert installed() is installed()


def test_a_registry_of_a_tests_own_ledgers_needs_no_file() -> None:
    assert list(trial().ledgers) == ["places", "people", "posts"]
    assert trial().office_ledger is PLACES
    assert trial().part("places", "samples") is None


def test_optional_parts_are_found_and_a_broken_one_is_not_hidden() -> None:
    part = installed().part("members", "samples")
    assert part is not None
    assert part.GOOD
    assert installed().part("members", "nothing") is None


@pytest.mark.parametrize(
    ("ledgers", "said"),
    [
        ([], "no ledger is installed"),
        ([PEOPLE, POSTS], "exactly one ledger must hold the office"),
        ([PLACES, replace(PLACES, key="regions"), PEOPLE, POSTS], "exactly one ledger"),
        ([PLACES, PEOPLE, POSTS, replace(POSTS, title="又一个")], "two ledgers have the same key"),
        ([PLACES, PEOPLE], "people.posts looks for posts.person"),
        ([PLACES, POSTS], r"places.people looks for people|points at people"),
        ([PLACES, PEOPLE, replace(POSTS, steps=(Step("x", ()), Step("x", ())))], "two migration steps"),
    ],
)
def test_an_impossible_set_is_refused(ledgers: list[Ledger], said: str) -> None:
    with pytest.raises(Contradiction, match=said):
        registry_of(ledgers)


def _act(keys: tuple[str, ...], **labels: str) -> Act:
    return Act("meet", "见面", icon="user", help="见一面。", pages=(Page("谁", keys),), labels=labels)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_field": "title"}, "names fields it does not have: title"),
        ({"title_field": "letters"}, "names fields it does not have: letters"),
        ({"short_field": "nick"}, "nick"),
        ({"columns": ("name", "shoe")}, "shows columns it does not have: shoe"),
        ({"print_columns": ("shoe",)}, "shows columns it does not have: shoe"),
        ({"search_fields": ("letters",)}, "letters"),
        ({"match": (("name", "shoe"),)}, "shoe"),
        ({"sorts": ("pinyin", "letters")}, "sorts by what has no order: letters"),
        ({"acts": (_act(("name", "name")),)}, "asks twice for a field"),
        ({"acts": (_act(("name",), phone="手机"),)}, "labels one that it does not ask for: meet"),
        ({"presence": Presence(ends="gone_on")}, "gone_on"),
        ({"presence": Presence(begins=("phone",))}, "takes for days: phone"),
        ({"scope": "name"}, "people.name points at no tree"),
        ({"tree": "place"}, "people.place makes no tree"),
        ({"fields": (*PEOPLE.fields, Text("name", "姓名"))}, "a key stands twice"),
        ({"fields": (*PEOPLE.fields, Text("letters", "字数"))}, "a key stands twice"),
        ({"fields": (*PEOPLE.fields, Text("rid", "编号"))}, "rid is no name for a column"),
        ({"fields": (*PEOPLE.fields, Text("_void", "作废"))}, "_void is no name for a column"),
        ({"fields": (*PEOPLE.fields, Text("b c", "空格"))}, "b c is no name for a column"),
        ({"fields": (*PEOPLE.fields, Text("unit", "单位", since="phone"))}, "takes for days: phone"),
        ({"fields": (*PEOPLE.fields, Link("shop", "店", ledger="shops"))}, "points at shops, which is not installed"),
        ({"fields": (*PEOPLE.fields, Text("shop", "店", recalls=(("posts", "shop"),)))}, "recalls posts.shop"),
        ({"fields": (*PEOPLE.fields, Links("shops", "店", ledger="shops"))}, "points at shops"),
        (
            {"fields": (*PEOPLE.fields, Choice("star", "星级", table="stars"))},
            "chooses from stars, which is no code table",
        ),
        (
            {"derived": (*PEOPLE.derived, Tally("n", "数", ledger="posts", link="post"))},
            "people.n looks for posts.post",
        ),
        ({"derived": (*PEOPLE.derived, Tally("n", "数", ledger="shops", link="x"))}, "people.n looks for shops.x"),
        (
            {"derived": (*PEOPLE.derived, Lookup("n", "数", ledger="posts", link="person", field="salary"))},
            "people.n looks for posts.person",
        ),
        (
            {"derived": (*PEOPLE.derived, Tally("n", "数", ledger="posts", link="person", where=(("rank", "1"),)))},
            "people.n looks for posts.person",
        ),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(changed: dict[str, object], said: str) -> None:
    wrong = replace(PEOPLE, **changed)  # type: ignore[arg-type]  # whatever a ledger is declared with
    with pytest.raises(Contradiction, match=said):
        registry_of([PLACES, wrong, POSTS])
