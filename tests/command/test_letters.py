"""Letters from the command line: issued, printed, lost, issued anew, received; what was printed is kept for good."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pypdf import PdfReader

from tests.command.conftest import ID_NUMBER, OFFICE, Secrets, Shell, started
from tests.store.trial import card

THERE = ("to_committee=中共海河街道工作委员会", "to_branch=中共海河街道柳林社区支部委员会")
OUT = ("direction=转出", "credential=介绍信", *THERE, "dues_paid_to=2026-03")
LETTER = "中国共产党党员组织关系介绍信"


class Counter:
    """Somebody at the counter on a day: issues letters and prints them."""

    def __init__(self, shell: Shell, folder: Path, day: str = "2026-03-02") -> None:
        self.shell, self._folder, self.day = shell, folder, day

    def set(self, ledger: str, *items: str) -> str:
        """Write a record; its identifier."""
        return str(self.shell.json("--today", self.day, "set", ledger, *items)["id"])

    def show(self, ledger: str, identifier: str) -> dict[str, Any]:
        shown = self.shell.json("--today", self.day, "show", ledger, identifier)
        return {key: value for key, value in shown.items() if value is not None}

    def print(self, what: str, *arguments: str) -> tuple[Any, list[str]]:
        """What the program tells of a print, and what stands on its pages."""
        out = self._folder / "打印.pdf"
        told = self.shell.json("--today", self.day, "print", what, out, *arguments)
        return told, texts(out.read_bytes())


def texts(pdf: bytes) -> list[str]:
    """What stands on each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def counter(shell: Shell, tmp_path: Path) -> Counter:
    return Counter(shell, tmp_path)


@pytest.fixture
def letter(counter: Counter) -> str:
    """A letter for 李芳 that is issued."""
    lifang = counter.shell.id_of("李芳")
    counter.set("members", lifang, "sex=女", "ethnic_group=汉族", "category=正式党员")
    return counter.set("transfers", *OUT, f"member={lifang}", "issued_on=2026-03-02", "valid_days=30")


def test_a_letter_is_issued_lost_issued_anew_and_received(counter: Counter, letter: str) -> None:
    """R-TR-02, R-TR-03, R-TR-05: each paper is kept, the lost one counts no more, the receipt closes the stub."""
    first = counter.show("transfers", letter)
    assert (first["number"], first["due_on"], first["state"]) == ("〔2026〕001", "2026-04-01", "在途")
    told, (page,) = counter.print("introduction_letter", "--id", letter)
    assert (told["pages"], told["records"], told["reprinted"]) == (1, 1, [])
    assert [word for word in ("李芳", ID_NUMBER, "〔2026〕001", "叁拾", "贰零贰陆") if word not in page] == []

    counter.day = "2026-03-09"
    anew = counter.set("transfers", *OUT, f"replaces={letter}", "name=李芳", "issued_on=2026-03-09", "valid_days=30")
    second, lost = counter.show("transfers", anew), counter.show("transfers", letter)
    assert (second["number"], second["member"], second["state"]) == ("〔2026〕002", "李芳", "在途")
    assert (lost["number"], lost["state"], lost["state_reason"]) == ("〔2026〕001", "作废", "已补开〔2026〕002")
    _told, (page,) = counter.print("introduction_letter", "--id", anew)
    assert "〔2026〕002" in page
    assert "补打" not in page, "a new letter is no copy of the old one"

    counter.day = "2026-03-12"
    told, (copy,) = counter.print("introduction_letter", "--id", anew)
    assert told["reprinted"] == [anew]
    assert "补打　2026年3月12日" in copy

    counter.day = "2026-04-02"
    counter.set("transfers", anew, "received_on=2026-03-28", "receipt_on=2026-04-02")
    assert counter.show("transfers", anew)["state"] == "办结"
    (gone,) = counter.shell.json("list", "members", "--show", "gone")["rows"]
    assert (gone["name"], gone["left_on"], gone["left_to"]) == ("李芳", "2026-03-28", "中共海河街道工作委员会")
    told, (register,) = counter.print("transfer_register_out")
    assert told["records"] == 2
    assert [word for word in ("〔2026〕001", "作废", "〔2026〕002", "办结") if word not in register] == []
    kept = counter.shell.json("papers")["papers"]
    assert [(paper["id"], paper["title"]) for paper in kept] == [(anew, f"{LETTER}：李芳"), (letter, f"{LETTER}：李芳")]
    assert counter.shell.json("check") == {"ok": True, "problems": []}


def test_what_a_letter_rests_on_is_neither_undone_nor_voided(counter: Counter, letter: str) -> None:
    before = counter.show("transfers", letter)
    counter.print("introduction_letter", "--id", letter)
    said = counter.shell("undo")
    assert said.code == 1
    assert f"因为在那之后打印过“{LETTER}：李芳”，没有改动；要更正，请在那条记录上办理作废或补开" in said.err
    said = counter.shell("void", "transfers", letter, "--reason", "写错了")
    assert said.code == 1
    assert f"打印过“{LETTER}：李芳”，这条记录没有作废" in said.err
    assert counter.show("transfers", letter) == before
    counter.set("transfers", letter, "note=电话催过")
    assert counter.shell("undo").code == 0
    assert counter.show("transfers", letter) == before


def test_the_kept_letter_is_the_one_that_was_printed_whatever_is_written_later(
    counter: Counter, letter: str, tmp_path: Path
) -> None:
    out, saved = tmp_path / "打印.pdf", tmp_path / "存底.pdf"
    counter.print("introduction_letter", "--id", letter)
    printed = out.read_bytes()
    counter.set("transfers", letter, "phone=19977777777")
    _told, (page,) = counter.print("introduction_letter", "--id", letter)
    assert "19977777777" not in page
    (paper,) = counter.shell.json("papers", "transfers", letter)["papers"]
    assert paper["sha256"] == hashlib.sha256(printed).hexdigest()
    counter.shell.json("papers", "--save", paper["number"], saved)
    assert saved.read_bytes() == printed
    assert "李芳" in counter.shell("papers").out
    log = [(line["kind"], line["what"]) for line in counter.shell.json("log")["entries"]]
    assert log == [("export", f"{LETTER}（存底）"), ("print", f"{LETTER}（补打）"), ("print", LETTER)]


def test_of_letters_that_were_printed_together_each_is_saved_and_printed_again_alone(
    counter: Counter, letter: str, tmp_path: Path
) -> None:
    out, saved = tmp_path / "打印.pdf", tmp_path / "存底.pdf"
    other = (
        "name=仇英",
        "sex=女",
        "ethnic_group=汉族",
        "category=正式党员",
        f"id_number={card(8)}",
        "branch=第一支部",
        "born_on=1970-01-01",
        "phone=19900000001",
    )
    asked = counter.set("transfers", *OUT, *other, "issued_on=2026-03-02", "valid_days=30")
    assert counter.print("introduction_letter", "--id", letter, "--id", asked)[0]["pages"] == 2
    papers = counter.shell.json("papers")["papers"]
    assert {paper["sha256"] for paper in papers} == {hashlib.sha256(out.read_bytes()).hexdigest()}
    for paper, name in zip(papers, ("仇英", "李芳"), strict=True):
        counter.shell.json("papers", "--save", paper["number"], saved)
        (page,) = texts(saved.read_bytes())
        assert [who for who in ("李芳", "仇英") if who in page] == [name]
        assert "补打" not in page
    told, (page,) = counter.print("introduction_letter", "--id", asked)
    assert (told["reprinted"], "仇英" in page, "补打" in page) == ([asked], True, True)
    assert counter.shell.json("check") == {"ok": True, "problems": []}


def test_nothing_is_printed_kept_or_written_down_until_the_letter_holds(counter: Counter, tmp_path: Path) -> None:
    """Before it is issued, while a blank is open, and once it is void there is nothing to print."""
    asked = counter.set("transfers", "direction=转出", "name=安静宜", *THERE)
    lacking = counter.set("transfers", *OUT, "name=包大同", "issued_on=2026-03-02", "valid_days=30")
    void = counter.set("transfers", *OUT, "name=仇英", "sex=女", "issued_on=2026-03-02", "valid_days=30")
    counter.set("transfers", void, "state=作废", "state_reason=写错了")
    for letter, why in (
        (asked, f"安静宜：“{LETTER}”只用于状态为“在途”或“已接收”或“办结”的记录，这一条是“申请”，没有打印"),
        (lacking, f"“{LETTER}”没有打印，也没有存底：包大同：“人员类别”还没有填"),
        (void, "这一条是“作废”，没有打印"),
    ):
        said = counter.shell("print", "introduction_letter", tmp_path / "信.pdf", "--id", letter)
        assert (said.code, why in said.err) == (1, True), said.err
    assert not list(tmp_path.glob("*.pdf*"))
    assert not list(tmp_path.glob(".*"))
    assert counter.shell.json("papers") == {"papers": []}
    assert counter.shell.json("log")["entries"] == []


def test_a_letter_of_somebody_who_is_erased_tells_of_nobody_but_on_the_kept_paper(
    counter: Counter, letter: str, tmp_path: Path
) -> None:
    """R-PRIV-03: what the letter's record has copied goes; the paper that was printed is a file of its own."""
    counter.print("introduction_letter", "--id", letter)
    counter.set("transfers", letter, "phone=19977777777")
    counter.shell.json("erase", "members", counter.shell.id_of("李芳"), "--reason", "本人申请")
    held = counter.show("transfers", letter)
    assert (held["name"], held["number"], held.get("id_number"), held.get("born_on")) == (
        *("（已抹除）", "〔2026〕001"),
        *(None, None),
    )
    assert held["phone"] == "19977777777", "the roster never had it"
    told = counter.shell("history", "transfers", letter).out + counter.shell("papers").out
    assert [word for word in ("李芳", ID_NUMBER, "1980") if word in told] == []
    counter.shell.json("papers", "--save", 1, tmp_path / "存底.pdf")
    assert "李芳" in texts((tmp_path / "存底.pdf").read_bytes())[0]
    assert counter.shell.json("check") == {"ok": True, "problems": []}


def test_a_letter_that_cannot_be_put_where_it_should_counts_as_not_printed(
    counter: Counter, letter: str, tmp_path: Path
) -> None:
    book = tmp_path / "名册.xlsx"
    counter.shell.json("export", "members", book)
    said = counter.shell("print", "introduction_letter", book, "--id", letter)
    assert "另一种文件，没有覆盖" in said.err
    said = counter.shell("print", "introduction_letter", tmp_path / "没有的文件夹" / "信.pdf", "--id", letter)
    assert "写不进" in said.err
    assert counter.shell.json("papers") == {"papers": []}
    assert counter.print("introduction_letter", "--id", letter)[0]["reprinted"] == []


def test_over_pre_printed_stock_only_what_is_filled_in_moves(counter: Counter, letter: str) -> None:
    _told, (page,) = counter.print("introduction_letter", "--id", letter, "--overprint", "--offset", "-1.5,0.3")
    assert "李芳" in page
    assert "同志系中共" not in page
    told, _pages = counter.print("introduction_letter", "--id", letter, "--plain")
    assert told["remarks"] == [
        f"{LETTER}：李芳（套打）：第一次是打印在预印好的空白单上的，补打与存底一样，请放预印好的空白单。"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["letter"], "没有“letter”这个台账或表格，没有执行；台账有：organisations（党组织）"),
        (["letter"], f"introduction_letter（{LETTER}）"),
        (["introduction_letter"], f"“{LETTER}”一条记录一份，没有执行；请用 --id 写明组织关系转接里记录的编号"),
        (["introduction_letter", "--paper", "A3"], "纸张由表格规定，没有执行"),
        (["introduction_letter", "--offset", "1,1"], "--offset 只在套打时有用，没有执行；请加上 --overprint"),
        (["introduction_letter", "--overprint", "--offset", "1"], "“1”不是两个毫米数，请写成 1.5,-0.3"),
        (["introduction_letter", "--overprint", "--offset", "1,nan"], "移得太远，最多 50 毫米"),
        (["introduction_letter", "--overprint", "--plain"], "没有执行"),
        (["transfer_register_out", "--as-of", "2026-01-01"], "表格印的是记录现在的内容，没有执行；请去掉 --as-of"),
        (["check_slip", "--overprint"], "没有预印的空白单，没有执行；请去掉 --overprint"),
        (["members", "--overprint"], "只用于表格"),
    ],
)
def test_what_no_office_could_print_is_wrong_usage(
    shell: Shell, tmp_path: Path, arguments: list[str], said: str
) -> None:
    what, *options = arguments
    told = shell("print", what, tmp_path / "信.pdf", *options)
    assert (told.code, said in told.err) == (2, True), told.err
    assert not list(tmp_path.glob("*.pdf"))


def test_papers_are_asked_for_by_record_or_by_number(counter: Counter, letter: str, tmp_path: Path) -> None:
    assert counter.shell("papers", "transfers").code == 2
    said = counter.shell("papers", "--save", "7", tmp_path / "信.pdf")
    assert (said.code, "没有第 7 号文书，没有另存" in said.err) == (1, True)
    assert counter.shell.json("papers", "transfers", letter) == {"papers": []}


def test_a_reader_gets_no_letter_and_no_copy_of_one(shell: Shell, secret: Secrets, letter: str, tmp_path: Path) -> None:
    shell("print", "introduction_letter", tmp_path / "一.pdf", "--id", letter)
    admin, guest = ("--password-file", secret("杏花 春雨 江南")), ("--password-file", secret("小桥 流水 人家"))
    shell.json("--user", "王敏", "password", "--new-password-file", admin[1])
    shell.json(*admin, "users", "--add", "来访者", "--role", "只读", "--new-password-file", guest[1])
    out = tmp_path / "二.pdf"
    refused = [
        shell(*guest, "--user", "来访者", "print", "introduction_letter", out, "--id", letter),
        shell(*guest, "--user", "来访者", "papers", "--save", "1", out),
        shell(*guest, "--user", "来访者", "print", "transfer_register_out", out),
    ]
    assert [said.code for said in refused] == [1, 1, 1]
    assert not out.exists()
    assert ID_NUMBER not in repr([refused, shell(*guest, "--user", "来访者", "papers")])
    masked = shell.json(*guest, "--user", "来访者", "print", "transfer_register_out", out, "--privacy", "internal")
    assert masked["records"] == 1
    assert ID_NUMBER not in texts(out.read_bytes())[0]
    assert shell.json(*admin, "print", "introduction_letter", out, "--id", letter)["reprinted"] == [letter]
    assert shell.json(*admin, "check") == {"ok": True, "problems": []}


def test_somebody_comes_and_the_receipt_goes_back(counter: Counter) -> None:
    """R-TR-03: acceptance makes a member of a branch; the receipt is printed, kept and sent."""
    coming = counter.set(
        "transfers",
        *("direction=转入", "credential=介绍信", "name=安静宜", "sex=女", "ethnic_group=汉族", "born_on=1980-05-05"),
        *("category=正式党员", "joined_on=2004-07-01", "number=〔2026〕118", "issued_on=2026-02-20", "valid_days=30"),
        *("dues_paid_to=2026-02", "from_committee=中共海河街道工作委员会", "from_branch=中共柳林社区支部委员会"),
    )
    assert counter.show("transfers", coming)["state"] == "待接收"
    counter.set("transfers", coming, "verified_on=2026-03-02", "branch=第二支部", "received_on=2026-03-02")
    assert counter.show("transfers", coming)["state"] == "已接收"
    (member,) = counter.shell.json("list", "members", "--where", "name=安静宜")["rows"]
    assert (member["branch"], member["arrived_on"]) == ("中共杏花社区第二支部委员会", "2026-03-02")
    told, (receipt,) = counter.print("transfer_receipt", "--id", coming)
    assert told["records"] == 1
    assert [word for word in ("安静宜", "〔2026〕118", "中共海河街道工作委员会") if word not in receipt] == []
    counter.set("transfers", coming, "receipt_on=2026-03-02", "receipt_way=邮寄")
    assert counter.show("transfers", coming)["state"] == "办结"
    assert len(counter.shell.json("papers", "transfers", coming)["papers"]) == 1
    assert counter.shell("undo").code == 0
    assert "不能撤销“修改组织关系转接" in counter.shell("undo").err, "the receipt rests on the acceptance"
    assert counter.shell.json("list", "members")["total"] == 4


def test_a_whole_unit_of_forty_goes_with_one_letter_and_its_list(counter: Counter, tmp_path: Path) -> None:
    names = [
        f"{family}{given}"
        for family in ("安", "包", "仇", "单")
        for given in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
    ]
    book = Workbook()
    assert book.active is not None
    book.active.append(["姓名", "性别", "出生日期", "人员类别", "入党日期", "所在党支部"])
    for name in names:
        book.active.append([name, "男", "1970-01-01", "正式党员", "2000-07-01", "中共杏花社区第二支部委员会"])
    book.save(tmp_path / "名册.xlsx")
    assert counter.shell.json("import", "members", tmp_path / "名册.xlsx")["added"] == 40
    unit = counter.set(
        "transfers",
        *(
            "direction=转出",
            "credential=整建制介绍信",
            "name=杏花小区物业党支部",
            f"members={'、'.join(names)}",
            *THERE,
        ),
        *("headcount=40", "dues_paid_to=2026-03", "issued_on=2026-03-02", "valid_days=30", "branch=第二支部"),
    )
    told, pages = counter.print("introduction_letter_unit", "--id", unit)
    assert (told["records"], told["pages"]) == (1, len(pages))
    assert [name for name in names if not any(name in page for page in pages[1:])] == []
    assert "肆拾" in pages[0]
    counter.set("transfers", unit, "received_on=2026-03-02")
    left = counter.shell.json("list", "members", "--show", "gone")["rows"]
    assert sorted(row["name"] for row in left) == sorted(names)
    assert len(counter.shell.json("papers")["papers"]) == 1, "one letter, whatever their number"
    counter.shell("undo")
    assert counter.shell.json("list", "members", "--show", "gone")["total"] == 0, "accepted by mistake"
    assert counter.shell.json("check") == {"ok": True, "problems": []}


def test_a_new_office_is_made_and_issues_its_first_letter(tmp_path: Path) -> None:
    """As a new user would, each step in a process of its own."""
    office, out = tmp_path / "新.tz", tmp_path / "信.pdf"

    def run(*arguments: object) -> str:
        done = started("--office", office, "--today", "2026-03-02", *arguments, XDG_DATA_HOME=str(tmp_path / "home"))
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    run("new", office, "--name", OFFICE, "--kind", "社区党委")
    branch = "中共杏花社区第一支部委员会"
    run("set", "organisations", f"name={branch}", "short_name=第一支部", "kind=党支部", f"parent={OFFICE}")
    person = ("name=李芳", "sex=女", "ethnic_group=汉族", f"id_number={ID_NUMBER}", "category=正式党员")
    run("set", "members", *person, "joined_on=2004-07-01", "branch=第一支部")
    made = run("set", "transfers", *OUT, "member=李芳", "issued_on=2026-03-02", "valid_days=30")
    letter = made.rpartition("编号 ")[2].rstrip("）\n")
    assert "已打印" in run("print", "introduction_letter", out, "--id", letter)
    first = out.read_bytes()
    assert "其中 1 份是补打" in run("print", "introduction_letter", out, "--id", letter)
    assert "补打" in texts(out.read_bytes())[0]
    run("papers", "--save", "1", out)
    assert out.read_bytes() == first
