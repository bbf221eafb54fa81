"""What somebody typed, as the sets of terms it may mean. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from services.inspection.search.text import AREAS, USCCS, folded

SHORTEST = 2
_MOST_SPLITS = 8
_LONGEST_SYLLABLE = 6
_USCC = re.compile(r"[0-9a-hj-npqrtuwxy]{6,18}")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, kw_only=True)
class Way:
    """All of `terms` must be there. Where they do not say enough, the name must contain `name`, and the code begin with
    `uscc`."""

    terms: tuple[str, ...]
    name: str = ""
    uscc: str = ""


def ways_to_find(asked: str, area: str | None) -> list[Way]:
    """`area` is what the area codes of open premises begin with; None: wherever, and those that have none too. Empty for
    less than two letters or characters."""
    plain = folded(asked)
    if len(plain) < SHORTEST:
        return []
    ways = [Way(terms=tuple(f"={one}{two}" for one, two in pairwise(plain)), name=plain)]
    if _USCC.fullmatch(plain):
        known = max(length for length in USCCS if length <= len(plain))
        ways.append(Way(terms=(f"#{plain[:known].upper()}",), uscc=plain.upper()))
    if _LETTERS.fullmatch(plain):
        ways.append(Way(terms=_initials(plain)))
        ways += [Way(terms=_syllables(split)) for split in islice(_splits(plain), _MOST_SPLITS)]
    if area is None:
        return ways
    within = "@" + area[: max((length for length in AREAS if length <= len(area)), default=0)]
    return [Way(terms=(*way.terms, within), name=way.name, uscc=way.uscc) for way in ways]


def _initials(letters: str) -> tuple[str, ...]:
    length = min(3, len(letters))
    return tuple("." + letters[start : start + length] for start in range(len(letters) - length + 1))


def _syllables(split: Sequence[str]) -> tuple[str, ...]:
    if len(split) == 1:
        return (f"~{split[0]}",)
    return tuple(f"~{one} {two}" for one, two in pairwise(split))


def _splits(letters: str) -> Iterator[tuple[str, ...]]:
    """`xian` is 西安 as well as 县: every way to read it as syllables, the longest first. The last may have only begun:
    then its initial stands for it."""
    return _from(letters, 0, _readable(letters))


def _from(letters: str, start: int, readable: frozenset[int]) -> Iterator[tuple[str, ...]]:
    if start == len(letters):
        yield ()
        return
    for end in _ends(letters, start):
        if end in readable:
            first = letters[start:end]
            yield from ((first, *others) for others in _from(letters, end, readable))
    if start and letters[start:] in _BEGUN:
        yield (letters[start],)


def _readable(letters: str) -> frozenset[int]:
    """Places from which it can be read to the end: without them a long text is tried in all ways in vain."""
    found = {len(letters)}
    for start in range(len(letters) - 1, -1, -1):
        if letters[start:] in _BEGUN or found.intersection(_ends(letters, start)):
            found.add(start)
    return frozenset(found)


def _ends(letters: str, start: int) -> list[int]:
    longest = min(len(letters), start + _LONGEST_SYLLABLE)
    return [end for end in range(longest, start, -1) if letters[start:end] in SYLLABLES]


SYLLABLES = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce
    cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun
    chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu
    dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao
    ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou
    hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai
    kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len
    leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me
    mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang
    niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao
    pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren
    reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she
    shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta
    tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen
    weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying
    yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen
    zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
    """.split()  # noqa: SIM905  # as a list it takes four hundred lines
)
_BEGUN = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))
