"""What invented people are called and where they come from; nobody of these exists."""

from random import Random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_MALE = "建国志强明军伟杰涛勇磊超鹏辉华平林海波斌峰刚毅松柏泽宇浩然俊凯德顺福根长庆保卫援东立新正安继先"
_FEMALE = "芳敏静丽艳娟霞秀英玉兰桂珍淑贞梅琴素云美玲雪颖婷慧倩雯欣怡月娥凤仙春燕彩红爱萍翠荷晓蓉"
# (name, sex, ethnic group): characters that fonts lack, surnames that are read differently, names with the dot.
RARE = (
    ("段㛃", "女", "汉族"),
    ("何䶮", "男", "汉族"),
    ("李𬭩", "男", "汉族"),
    ("孟堃", "男", "汉族"),
    ("欧阳喆", "男", "汉族"),
    ("仇瑾", "女", "汉族"),
    ("单昌明", "男", "汉族"),
    ("曾益民", "男", "汉族"),
    ("古丽娜尔·买买提", "女", "维吾尔族"),
    ("艾尼瓦尔·吐尔逊", "男", "维吾尔族"),
    ("阿依努尔·哈布力", "女", "哈萨克族"),
    ("向德顺", "男", "土家族"),
    ("龙秀英", "女", "苗族"),
    ("马静", "女", "回族"),
    ("关立新", "男", "满族"),
    ("韦春燕", "女", "壮族"),
    ("张伟", "男", "汉族"),
    ("张伟", "男", "汉族"),
)
_PLACES = (
    "湖南长沙",
    "湖南湘潭",
    "湖南常德",
    "湖北荆州",
    "江西萍乡",
    "四川达州",
    "河南信阳",
    "山东菏泽",
    "广西桂林",
    "贵州铜仁",
)
_AREAS = ("430199", "430399", "420199", "110199", "130199")  # a valid province each, a county that nobody has


class Names:
    """Draws names and places; no name comes twice but those of `RARE` that are meant to."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._rare = list(RARE)
        random.shuffle(self._rare)
        self._given = {name for name, _sex, _group in RARE}

    def draw(self, *, rare: bool, young: bool) -> tuple[str, str, str]:
        """Name, sex and ethnic group."""
        if rare and self._rare:
            return self._rare.pop()
        while True:
            sex = self._random.choice("男男男女女")
            letters = _MALE if sex == "男" else _FEMALE
            length = 1 if self._random.random() < (0.2 if young else 0.4) else 2
            name = self._random.choice(_SURNAMES) + "".join(self._random.sample(letters, length))
            if name not in self._given:
                self._given.add(name)
                return name, sex, "汉族"

    def place(self) -> str:
        """Where the family comes from."""
        return self._random.choice(_PLACES)

    def area(self) -> str:
        """The first six figures of an ID number that no real person has."""
        return self._random.choice(_AREAS)
