"""The languages that can be asked for.

The one list of them: what reads sentences and what tells languages apart know some each, and all of those are here.
"""

from __future__ import annotations

# ISO 639-1.
CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
KNOWN = tuple(
    "ar bg bn bs ca cs da de el en es et fa fi fr gu he hi hr hu hy is it ja kn ko lt lv ml mr nb ne nl nn no pa pl ps "
    "pt ro ru si sk sl sq sr sv ta te th tr uk ur zh".split()
)
"""Those with rules of their own for where sentences end, or that a text is seen to be in."""


def primary(code: str) -> str:
    """The code without what may follow it: "pt" of "pt-BR"."""
    return code.replace("_", "-").split("-")[0].lower()


def checked(language: str) -> str:
    """The language as it came, if there is such a one.

    Raises
    ------
    ValueError
        When it is no code of ISO 639-1, with or without a region; the message lists those of which more is known than
        what holds in every language.
    """
    if not isinstance(language, str):
        raise TypeError(f"language must be a str, got {type(language).__name__}")
    if primary(language) not in CODES:
        raise ValueError(
            f"unknown language {language!r}: expected the ISO 639-1 code of a language, such as 'en'; most is known of "
            f"{', '.join(KNOWN)}"
        )
    return language
