"""Qt's own words are Chinese too."""

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from taizhang.desk.language import speak_chinese


def test_buttons_and_months_of_qt_are_chinese(qapp: QApplication) -> None:
    assert speak_chinese(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().monthName(11) == "十一月"
