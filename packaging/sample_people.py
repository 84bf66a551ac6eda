"""Invented members: valid ID numbers of counties that do not exist, ages that fit the years in the Party."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_names import Names

from taizhang.core import idcard
from taizhang.core.day import add_years, years_between

DAY = date(2025, 11, 28)  # the day on which the office begins its ledger
_NO_PROBATION = (date(1969, 4, 14), date(1977, 8, 18))
_SCHOOLS = ("湘南师范学院", "青石工业学校", "中南财经专科学校", "江城大学", "岳麓理工学院")
_RETIRED = ("青石矿务局机电厂", "青石纺织厂", "青石第二中学", "青石区粮食局", "青石公交公司", "青石百货公司")
_WORKING = {
    "mixed": (
        ("杏花社区居民委员会", "社区工作人员"),
        ("青石区税务局", "公务员"),
        ("青石小学", "事业单位专业技术岗位"),
        ("青石人民医院", "事业单位专业技术岗位"),
        ("杏花超市", "个体工商户中的从业人员"),
        ("青石水务集团", "公有经济控制企业管理岗位"),
        ("自由职业", "自由职业人员"),
    ),
    "mobile": (
        ("深圳某电子厂", "外出务工经商人员"),
        ("广州某物流公司", "外出务工经商人员"),
        ("杭州某网络公司", "非公有经济控制企业专业技术岗位"),
    ),
    "company": (
        ("杏花物业服务有限公司", "非公有经济控制企业管理岗位"),
        ("安居电梯维保公司", "非公有经济控制企业专业技术岗位"),
    ),
    "shop": (("杏林商业街", "个体工商户中的从业人员"), ("杏林餐饮公司", "非公有经济控制企业管理岗位")),
}
_AGES = {"mixed": (24, 74), "retired": (62, 94), "mobile": (23, 45), "company": (27, 56), "shop": (24, 52)}
_WHERE = ("广东省深圳市龙岗区", "广东省广州市白云区", "浙江省杭州市余杭区", "江苏省苏州市吴中区")

Raw = dict[str, object]


@dataclass
class Crowd:
    """Draws one person after another."""

    random: Random

    def __post_init__(self) -> None:
        self.names = Names(self.random)
        self._phone = 19900000000

    def member(self, branch: str, profile: str, *, rare: bool = False, probationary: bool = False) -> Raw:
        """A full set of the form's items and the usual extra columns, as they would be typed."""
        random = self.random
        oldest = 35 if probationary else _AGES[profile][1]
        born = DAY - timedelta(days=random.randint(_AGES[profile][0] * 366, oldest * 365))
        name, sex, group = self.names.draw(rare=rare, young=born.year > 1970)
        number = idcard.make(self.names.area(), born, random.randrange(1, 499) * 2 + (sex == "男"))
        joined = self._joined(born, probationary=probationary)
        row: Raw = {
            "name": name,
            "sex": sex,
            "ethnic_group": group,
            "id_number": number,
            "born_on": born.isoformat(),
            "native_place": self.names.place(),
            "branch": branch,
            "joined_on": joined.isoformat(),
            "phone": self.phone(),
            "address": self.address(),
            "status": "正常",
            "lost": "否",
            "mobile": "否",
        }
        row |= _membership(joined, probationary=probationary)
        row |= self._education(born) | self._work(born, sex, profile)
        if profile == "mobile":
            row |= {
                "mobile": "是",
                "mobile_to": random.choice(_WHERE),
                "mobile_since": f"{random.randint(2019, 2025)}-03",
            }
        return row

    def phone(self) -> str:
        """A number that is given to nobody."""
        self._phone += self.random.randint(3, 71)
        return str(self._phone)

    def address(self) -> str:
        """A flat in a street that does not exist."""
        random = self.random
        flat = f"{random.randint(1, 12)}0{random.randint(1, 4)}"
        return f"杏花路{random.randint(1, 60)}号{random.randint(1, 12)}栋{random.randint(1, 4)}单元{flat}室"

    def _joined(self, born: date, *, probationary: bool) -> date:
        random = self.random
        if probationary:
            return date(2025, random.randint(3, 10), random.randint(1, 28))
        first = max(add_years(born, 19), date(1952, 7, 1))
        last = min(add_years(born, 46), date(2023, 12, 20))
        first = min(first, last - timedelta(days=300))
        day = first + timedelta(days=int((last - first).days * random.random() ** 1.6))
        return max(day.replace(month=7, day=1) if random.random() < 0.25 else day, add_years(born, 18))

    def _education(self, born: date) -> Raw:
        random = self.random
        if born.year < 1948:
            return {"education": random.choice(("小学教育", "初级中学教育", "初级中学教育", "普通高级中学教育"))}
        if born.year < 1968:
            kinds = ("初级中学教育", "普通高级中学教育", "中等专科毕业", "大学专科教育", "大学专科教育", "大学本科教育")
            return {"education": random.choice(kinds)}
        education = random.choice(("大学专科教育", "大学本科教育", "大学本科教育", "大学本科教育", "硕士研究生毕业"))
        degree = {"大学本科教育": "学士", "硕士研究生毕业": "硕士"}.get(education, "无")
        return {"education": education, "degree": degree, "school": random.choice(_SCHOOLS)}

    def _work(self, born: date, sex: str, profile: str) -> Raw:
        random = self.random
        if years_between(born, DAY) >= (60 if sex == "男" else 55):
            return {"post": "退休人员", "employer": random.choice(_RETIRED) + "（退休）", "retired": "是"}
        employer, post = random.choice(_WORKING[profile if profile in _WORKING else "mixed"])
        return {"post": post, "employer": employer, "retired": "否"}


def _membership(joined: date, *, probationary: bool) -> Raw:
    if probationary:
        return {"category": "预备党员"}
    no_probation = _NO_PROBATION[0] <= joined < _NO_PROBATION[1]
    return {"category": "正式党员", "confirmed_on": (joined if no_probation else add_years(joined, 1)).isoformat()}


def without(row: Mapping[str, object], *keys: str) -> Raw:
    """The row as somebody would have left it who did not know these."""
    return {key: value for key, value in row.items() if key not in keys}
