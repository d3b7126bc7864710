"""Which languages can be asked for, and what is said of articles in another one."""

import re
from pathlib import Path

import pytest

import storydiff
from storydiff import languages
from storydiff.read.languages import _SCRIPTS, LANGUAGES

ROOT = Path(__file__).parent.parent
GERMAN = (
    "Der Hafen war am Montag für alle Schiffe zu, und die Brücke ist nicht mehr auf, weil sie von einem Schiff "
    "getroffen wurde, das auf dem Weg in den Hafen war."
)
FRENCH = (
    "Le pont de la ville a été fermé lundi parce que deux navires ont heurté une pile, et les ferries ne sont pas "
    "encore dans le port, a dit le maire."
)
ENGLISH = (
    "The bridge over the harbour was closed on Monday after two ships had struck one of its piers, and the mayor said "
    "that it will not open again before the end of the week."
)
SHORT = "Nobody was hurt, the mayor said."


def test_one_list_holds_every_language_that_anything_is_known_of() -> None:
    """What the sentences have rules for, and what is told apart; those of Chinese and Japanese are in the scanner."""
    rust = (ROOT / "src" / "sentence" / "languages.rs").read_text("utf-8")
    sentences = {code for codes in re.findall(r"codes: &\[([^\]]*)\]", rust) for code in re.findall(r'"(\w+)"', codes)}
    told_apart = {language.code for language in LANGUAGES} | set(_SCRIPTS)
    assert set(languages.KNOWN) == sentences | told_apart | {"zh", "ja"}
    assert list(languages.KNOWN) == sorted(languages.KNOWN)
    assert set(languages.KNOWN) < languages.CODES


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "pt_BR", "zh-Hans", "sw"])
def test_a_code_with_or_without_a_region_is_a_language(code: str) -> None:
    assert languages.checked(code) == code
    assert storydiff.split_sentences("One. Two.", code)


@pytest.mark.parametrize("language", ["xx", "english", "eng", "", "e", "-en"])
def test_what_is_no_language_is_refused_with_those_that_are(language: str) -> None:
    expected = rf"unknown language {language!r}: expected the ISO 639-1 code .*; most is known of ar, bg, .* zh"
    for refused in (
        lambda: storydiff.compare([ENGLISH, SHORT], language=language),
        lambda: storydiff.split_sentences(ENGLISH, language),
        lambda: storydiff.compare_stories([{"text": ENGLISH, "story": "s"}], language=language, n_jobs=1),
    ):
        with pytest.raises(ValueError, match=expected):
            refused()
    with pytest.raises(TypeError, match="language must be a str, got NoneType"):
        storydiff.compare([ENGLISH], language=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "language", "told"),
    [
        (
            {"a": GERMAN, "b": ENGLISH, "c": ENGLISH + SHORT},
            "en",
            ["'a' looks like 'de', and is read as language='en'"],
        ),
        ({"a": GERMAN, "b": FRENCH, "c": ENGLISH * 2}, "en", ["'a' looks like 'de', 'b' looks like 'fr', and is read"]),
        ({"a": ENGLISH, "b": GERMAN, "c": GERMAN + SHORT}, "de", ["'a' looks like 'en', and is read as language='de'"]),
        (
            {"a": ENGLISH, "b": GERMAN, "c": GERMAN * 2},
            "en",
            ["they look like 'de'; pass language='de' .on the command line -l de", "'a' looks like 'en', and"],
        ),
        ({"a": GERMAN, "b": GERMAN + SHORT}, "en", ["they look like 'de'; pass language='de'"]),
        ({"a": ENGLISH, "b": SHORT}, "en", []),
        ({"a": GERMAN, "b": GERMAN + " Ja."}, "de-AT", []),
    ],
)
def test_articles_in_another_language_are_told_by_name(
    texts: dict[str, str], language: str, told: list[str], recwarn: pytest.WarningsRecorder
) -> None:
    cmp = storydiff.compare(texts, language=language)
    messages = [str(warning.message) for warning in recwarn]
    assert len(messages) == len(told)
    for message, expected in zip(messages, told, strict=True):
        assert re.search(expected, message)
    assert [article.text for article in cmp.articles] == [*texts.values()]


def test_an_added_article_in_another_language_is_told_of() -> None:
    cmp = storydiff.compare({"a": ENGLISH, "b": SHORT})
    with pytest.warns(UserWarning, match="they look like 'de'"):
        cmp.add({"c": GERMAN})


def test_a_corpus_in_two_languages_is_told_of_once(recwarn: pytest.WarningsRecorder) -> None:
    rows = [
        {"id": f"{n}", "story": f"{n // 2}", "text": text} for n, text in enumerate([ENGLISH, SHORT, GERMAN, ENGLISH])
    ]
    assert len(storydiff.compare_stories(rows, n_jobs=1)) == 2
    assert [str(warning.message).split(",")[0] for warning in recwarn] == ["articles: '2' looks like 'de'"]
