"""What forms/README.md teaches is what the program reads."""

import re

import pytest

from taizhang import places
from taizhang.press.forms.language import examine
from taizhang.press.forms.model import OWN, Grid, Line, Paragraph, Rule
from taizhang.press.forms.names import EVERYWHERE
from taizhang.press.forms.wording.header import EXAMPLES
from taizhang.press.forms.wording.items import USAGE
from taizhang.press.forms.wording.style_kinds import STYLES
from taizhang.press.forms.wording.words import ROLES
from taizhang.registry import installed

README = (places.forms() / "README.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEAD = "名称 x\n台账 党员名册\n"


def _faults(text: str) -> list[str]:
    return list(map(str, examine("x", text, "README", installed().ledgers).faults))


def test_the_complete_example_is_a_form() -> None:
    (example,) = [text for kind, text in FENCED.findall(README) if kind == "form"]
    form, faults = examine("visit", example, "README", installed().ledgers)
    assert form is not None, list(map(str, faults))
    assert {Grid, Line, Paragraph, Rule} == set(map(type, form.items()))


@pytest.mark.parametrize("word", ["表", "名单"])
def test_the_examples_of_grid_and_list_are_read(word: str) -> None:
    (example,) = [text for kind, text in FENCED.findall(README) if not kind and text.startswith(word)]
    assert _faults(HEAD + example) == []


def test_every_line_of_the_head_that_is_shown_is_read() -> None:
    for word, example in re.findall(r"^\| (\S+) \| `(\S+ [^`]*)`", README, re.MULTILINE):
        if word not in EXAMPLES:
            continue
        line = example.replace("\\|", "|")
        ledger = "" if word == "台账" else "台账 组织关系转接\n"
        name = "" if word == "名称" else "名称 x\n"
        assert _faults(f"{name}{ledger}{line}\n行 10 20 正文 12 | {{姓名}}") == [], line


def test_each_word_of_the_language_is_told() -> None:
    told = set(re.findall(r"^\| ([^\s|]+) \|", README, re.MULTILINE))
    assert {*EXAMPLES, *USAGE, "表", "名单", "完", "续页"} <= told
    styles = {name for cell in re.findall(r"^\| ([^|]+) \|", README, re.MULTILINE) for name in cell.strip().split("、")}
    assert set(STYLES) <= styles
    for word in (*ROLES, OWN, *EVERYWHERE):
        assert f"`{word}`" in README or f"{{{word}}}" in README, word


def test_the_written_forms_of_items_are_those_that_faults_tell() -> None:
    for word, usage in USAGE.items():
        if word not in {"图", "竖"}:  # told with an example of words; with one side less
            assert f"`{usage}`".replace("|", "\\|") in README, word
