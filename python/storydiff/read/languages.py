"""The languages of Europe by their letters and commonest words, and which of them a text is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from storydiff.languages import primary


class Language(NamedTuple):
    """How a language is written."""

    code: str
    pages: tuple[str, ...]
    letters: str
    """Beyond ASCII, in lower case."""
    words: str
    """The commonest short words."""

    @property
    def latin(self) -> bool:
        """Whether its letters are Latin ones."""
        return not {"α", "а"} & set(self.letters)


_WEST, _CENTRE = ("cp1252",), ("cp1250", "iso-8859-2")
_CYRILLIC, _GREEK = ("cp1251", "koi8-r", "iso-8859-5", "cp866"), ("cp1253", "iso-8859-7")
PAGES = ("cp1252", "cp1250", "iso-8859-2", "cp1254", "cp1257", "iso-8859-13", *_CYRILLIC, "koi8-u", *_GREEK)
LANGUAGES = [
    Language("en", _WEST, "éèêëàâçîïôöûùüœæñáóí", "the of and to in that is was for on with as it at by he said from"),
    Language(
        "de", _WEST, "äöüßéàèç", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als"
    ),
    Language(
        "fr", _WEST, "éèêëàâçîïôûùüÿœæ", "de la le et les des en un du une que est pour qui dans a par plus pas au"
    ),
    Language("es", _WEST, "áéíóúüñºª", "de la que el en y a los del se las por un para con no una su al lo como más"),
    Language(
        "it", _WEST, "àèéìíîòóùú", "di e il la che in a per un è del non si le una i con della da sono come anche più"
    ),
    Language(
        "pt", _WEST, "áàâãçéêíóôõúüñºª", "de a o que e do da em um para com não uma os no se na por mais as dos como"
    ),
    Language("ca", _WEST, "áàçéèíïóòúü·ñ", "de la i el a que en els les un per una del al amb és no es va més"),
    Language("nl", _WEST, "éëèêïíóöüáàçñ", "de het een van en in is dat op te zijn met voor niet aan er om ook als"),
    Language("da", _WEST, "æøåéóòôöüäè", "og i at det er en til af på som de med for der den har ikke et om var av"),
    Language("sv", _WEST, "åäöéüáèàæø", "och i att det som en på är av för med den till inte har de om ett var men"),
    Language("fi", _WEST, "äöåéüšž", "ja on ei että se oli hän mutta kun ovat myös joka mukaan sen ole tai"),
    Language("is", _WEST, "áéíóúýþæðö", "og að í á er sem var til um við en það ekki af með hann fyrir ekki hafa"),
    Language("et", ("cp1252", "cp1257"), "äöõüšž", "ja on ei et see oli ta ka kui mis aga oma selle seda ning"),
    Language(
        "hu", _CENTRE, "áéíóöőúüű", "a az és hogy nem is egy meg de volt csak ez már ha miután azt sem mint szerint"
    ),
    Language("pl", _CENTRE, "ąćęłńóśźż", "w i na z do nie się że to jest o po za od jak był przez są dla oraz ze"),
    Language("cs", _CENTRE, "áčďéěíňóřšťúůýžöüä", "a se v na je že to s z o do by po ve za jako podle byl pro ale"),
    Language("sk", _CENTRE, "áäčďéíĺľňóôŕšťúýžöü", "a v na je sa že to s z o do by po vo za ako podľa bol pre ale"),
    Language("hr", _CENTRE, "čćđšž", "i u je se na da za od su o s kako nije to koji po iz biti će bi ali"),
    Language("sl", _CENTRE, "čšžćđ", "in je v na da se za so po ki z o pa s ne bi tudi kot ni bil"),
    Language("ro", _CENTRE, "ăâîşţș", "de și şi a în la cu nu pe o că un din mai au care este pentru s-a al"),
    Language("sq", _CENTRE, "ëç", "e të në dhe i për me një që nuk se nga është ka u do si"),
    Language("tr", ("cp1254",), "çğıöşüâîûi̇", "ve bir bu da de için ile ne çok o daha olarak gibi var olan dedi sonra"),
    Language("lv", ("cp1257", "iso-8859-13"), "āčēģīķļņšūž", "un ir ka par ar no uz kas tas arī bija nav kā lai tika"),
    Language("lt", ("cp1257", "iso-8859-13"), "ąčęėįšųūž", "ir kad į buvo iš su tai yra apie bet kaip dėl jo už po"),
    Language(
        "ru", _CYRILLIC, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№", "и в не на с что по из это как за от к он его был у о"
    ),
    Language(
        "uk", ("cp1251", "koi8-u"), "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№", "і в у не на з що та до за від як про це"
    ),
    Language(
        "bg", ("cp1251",), "абвгдежзийклмнопрстуфхцчшщъьюя№", "и в на се да за от не с е че са по като до през беше"
    ),
    Language(
        "el", _GREEK, "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ―΄", "και το η ο την του της να με για στη στο από που τη"
    ),
]

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
# A text of fewer words is not judged, nor one of which a smaller share is common words of any language.
_LEAST_WORDS, _LEAST_SHARE = 20, 0.12
# By how much the best has to beat the one that was asked for: neighbours such as Danish and Norwegian share many words.
_MARGIN = 1.5
# Characters of a text that are looked at.
_ENOUGH = 20_000


def words_of(text: str) -> Counter[str]:
    """The words of a text in lower case, with how often each occurs."""
    return Counter(word.lower() for word in _WORD.findall(text))


@cache
def common_words(language: Language) -> frozenset[str]:
    """The commonest words of a language."""
    return frozenset(language.words.split())


class Traces(NamedTuple):
    """What tells the language of a text: its letters, and how many of its words are common ones of each language."""

    n_letters: int
    n_words: int
    scripts: Counter[str]
    """Letters of scripts that say enough by themselves."""
    common: Counter[str]


def traces(text: str) -> Traces:
    """What tells the language of a text, by its beginning."""
    sample = text[:_ENOUGH]
    scripts: Counter[str] = Counter()
    if not sample.isascii():
        scripts.update({code: len(script.findall(sample)) for code, script in _SCRIPTS.items()})
    words = _WORD.findall(sample.lower())
    languages = _languages_by_word()
    common = Counter(code for word in words for code in languages.get(word, ()))
    return Traces(sum(map(len, words)), len(words), scripts, common)


def together(each: Iterable[Traces]) -> Traces:
    """What tells the language of several texts."""
    n_letters = n_words = 0
    scripts: Counter[str] = Counter()
    common: Counter[str] = Counter()
    for one in each:
        n_letters, n_words = n_letters + one.n_letters, n_words + one.n_words
        scripts.update(one.scripts)
        common.update(one.common)
    return Traces(n_letters, n_words, scripts, common)


def other_language(found: Traces, asked: str) -> str | None:
    """The code of the language that texts are in, if that is clearly not the one asked for.

    By the share of words that are a language's commonest ones; by script where that says enough.
    """
    wanted = primary(asked)
    if found.n_letters < 3 * _LEAST_WORDS:
        return None
    for code in _SCRIPTS:  # kana before Han: Japanese writes both
        if found.scripts[code] * (10 if code == "ja" else 2) > found.n_letters:
            # Persian, Urdu, Marathi and others share these scripts: only Latin rules are surely wrong.
            return code if wanted in {language.code for language in LANGUAGES} else None
    if found.n_words < _LEAST_WORDS:
        return None
    best = max((language.code for language in LANGUAGES), key=lambda code: (found.common[code], code))
    close = found.common[wanted] * _MARGIN >= found.common[best]
    return None if found.common[best] < _LEAST_SHARE * found.n_words or best == wanted or close else best


@cache
def _languages_by_word() -> dict[str, list[str]]:
    """The codes of the languages that a common word is one of."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in common_words(language):
            found.setdefault(word, []).append(language.code)
    return found
