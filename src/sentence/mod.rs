//! Floor 4. The unit compared.
//!
//! A sentence ends at a terminator that the words around it do not explain otherwise, and at the end of its
//! paragraph. The rules are in [`scanner`], what they must know of a language in [`languages`].

mod languages;
mod scanner;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::clean::{CleanText, Furniture, Kind, inline_label, is_aside, paragraphs};
use crate::error::{Error, Result};
use crate::span::{ArticleId, Span};
use languages::Language;
use scanner::scan;

/// In an article, a longer sentence, in bytes, is no sentence, and cut at white space: what is done for each sentence
/// may then grow faster than its length.
pub const MAX_BYTES: usize = 1 << 12;

/// One sentence of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its number within the article, from 0.
    pub index: u32,
    /// Where it stands in the article's text.
    pub span: Span,
    /// What its paragraph is, or the sentence itself where it speaks of the page.
    pub kind: Kind,
}

/// The sentences of `text`: in order, without overlap, without surrounding white space.
///
/// `language` is an ISO 639-1 code; a region after it is ignored, and a language without rules of its own gets
/// those that hold in all.
pub fn split_sentences(text: &str, language: &str) -> Result<Vec<Span>> {
    let language = rules(language)?;
    let mut spans = Vec::new();
    for paragraph in paragraphs(text) {
        scan(text, paragraph, language, &mut spans);
    }
    Ok(spans)
}

fn rules(language: &str) -> Result<&'static Language> {
    languages::language(language).ok_or_else(|| Error::UnknownLanguage { language: language.to_owned() })
}

/// The sentences of an article, paragraph by paragraph; `furniture` is that of all articles.
pub fn segment(
    article: ArticleId,
    text: &Article,
    clean: &CleanText,
    furniture: &Furniture,
    language: &str,
) -> Result<Vec<Sentence>> {
    let has_rules = crate::language::Language::of(language).has_rules();
    let language = rules(language)?;
    let (mut sentences, mut spans) = (Vec::new(), Vec::new());
    for paragraph in &clean.paragraphs {
        scan(&text.text, paragraph.span, language, &mut spans);
        for span in spans.drain(..).flat_map(|span| cut(&text.text, span)) {
            for (span, label) in without_labels(&text.text, span, has_rules) {
                let said = span.of(&text.text);
                let aside = paragraph.kind == Kind::Body && (has_rules && is_aside(said) || furniture.has(said));
                let kind = if aside || label { Kind::Boilerplate } else { paragraph.kind };
                sentences.push(Sentence { article, index: sentences.len() as u32, span, kind });
            }
        }
    }
    Ok(sentences)
}

/// The parts of a sentence around the labels that a page prints within it, and these, which are marked.
fn without_labels(text: &str, mut rest: Span, has_rules: bool) -> Vec<(Span, bool)> {
    let mut parts = Vec::new();
    while let Some(label) = has_rules.then(|| inline_label(rest.of(text))).flatten() {
        let [start, end] = [rest.start + label.start, rest.start + label.end];
        parts.push((Span::new(rest.start, start).trimmed(text), false));
        parts.push((Span::new(start, end), true));
        rest = Span::new(end, rest.end).trimmed(text);
    }
    parts.push((rest, false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// The parts of a sentence of at most [`MAX_BYTES`] bytes.
fn cut(text: &str, mut rest: Span) -> impl Iterator<Item = Span> {
    std::iter::from_fn(move || {
        rest = rest.trimmed(text);
        let most = text.floor_char_boundary(rest.end.min(rest.start + MAX_BYTES));
        let space = text[rest.start..most].rfind(char::is_whitespace).filter(|_| most < rest.end);
        let part = Span::new(rest.start, space.map_or(most, |at| rest.start + at));
        rest.start = part.end;
        (!part.is_empty()).then(|| part.trimmed(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each case is a text whose sentences are separated by `|`, which is not part of it.
    fn check(language: &str, cases: &[&str]) {
        for case in cases {
            let text = case.replace('|', "");
            let found: Vec<_> =
                split_sentences(&text, language).unwrap().into_iter().map(|span| span.of(&text)).collect();
            let expected: Vec<_> = case.split('|').map(str::trim).collect();
            assert_eq!(found, expected, "in {language}");
        }
    }

    #[test]
    fn english() {
        check(
            "en",
            &[
                "The bridge closed. |Two ships had struck it!| Who knew?| Nobody.",
                "Mr. Rehn met Lt. Col. J. R. Adair of the U.S. Navy at 5 p.m. Tuesday.| He left at 6 p.m. |Police followed.",
                "Dale Police Comm. Ina Holt and Dir. Bram Oduya met Cpt. Soto. |They left.",
                "It moved to the U.S. |The firm, Brandt Inc., sued Oyelaran Ltd. in Dec. 2019.| It lost.",
                "At 7 a.m. Ms. Duarte rang No. 5, Quay St. |She was out.",
                "The bill is $2.4 million.| See fig. 3 and pp. 4-6, e.g. the table by Prof. Korte et al. (2019).",
                "\"We felt it,\" she said.| \"It was loud.\" |The windows broke.",
                "“Is it safe?” he asked.| “Yes!” |Nobody believed him.",
                "He paused... then spoke.| And then… |The end.",
                "Mail j.doe@quay.example.org or see https://quay.example.org/a.b?c=d. |Thank you.",
                "The hull broke.[3] [4] |The crew fled. [5] |Nobody drowned.",
                "The ship hit the pier.|The pier fell.|\"It shook,\" she said.|He nodded.",
                "1. Close the bridge. |2. Count the ships. |3. Go home.",
                "a) first we look |b) then we leap",
                "Plans (Plan B. included) failed.| Vitamin C. |It helps.",
                "Yahoo! shares fell.| What now?!| (Laughter.) |He went on.",
                "He bought apples, pears, etc. |They were ripe, etc., and cheap.",
                "BEIJING (Reuters) — The talks began on Monday. |They ended on Tuesday.",
                "– No further escalation –",
                "thanks for the quick answer. |it helped.| see you soon",
                "i.e. the harbour, vs. the port",
                "It burned in the 900 block of S. First Street at noon. |The wind came from the S. |First reports were wrong.",
                "Dr. A. “N” Holm spoke.",
                "Divers found a .38 cal. pistol and a 9 cm. shell in a 5 gal. drum. |Asst. Chief Tove Lind kept it.",
                "The drum holds 40 gal. |The lock is 9 yds. wide. |Tpr. Lind asked Dep. Mayor Ruiz.",
            ],
        );
    }

    #[test]
    fn a_quote_that_asks_and_its_speaker_are_one_sentence() {
        check(
            "en",
            &[
                "\"Who opened the lock?\" Lind asked.| \"Run!\" Sgt. Tove B. Lind shouted to the crew.",
                "“Who opened it?” Lind wondered. |“Nobody!” |Lind left.",
                "“Who opened it?” |The keeper had no answer. |He shouted.",
                "\"Stop!\" |Lind.| He said no more.",
                "“Where is the key?” Brandt's elder sister asked.| 'Did it float?' I asked. |“Who?” I wondered aloud.",
                "“Will it hold?” Oduya, 52, said. |“Run!” Ina Holt, the keeper of the lock, shouted.| It broke.",
                "“Perhaps…” Soto began. |“Well ...” Lind finally said.| “Is it deep?” Ana de la Cruz and Bram Soto wanted to know.",
                "“Nobody!” |Lind began to walk. |“Why?” |Soto, a baker, had left. |“Perhaps…” |Lind left. |“Now!” |Lind thought of home.",
                "“Gone?” |Ms Lind also said the lock was old.| “Gone?” |Soto, who saw it, said that it fell. |“Gone?” Soto, 41, asked on Friday.",
                "“Gone!” |Oduya's boat sank. |“Gone!” |Soto, 40, sank.",
            ],
        );
    }

    #[test]
    fn a_quote_and_its_speaker_are_one_sentence_without_capitals_too() {
        check(
            "ja",
            &[
                "「水門が開かない。」と管理人は話した。|船長は「逃げろ。」と叫んだ。|誰もいない。|「終わった。」|雨が降った。",
            ],
        );
        check(
            "zh",
            &["“船在哪里？”船长问。|“快跑！”她喊道，没人动。|“谁？”|他没有回答。|“没有。”|市长说：“我们等。”|雨停了。"],
        );
    }

    #[test]
    fn titles_initials_and_numbers_that_follow_end_no_sentence() {
        check(
            "en",
            &[
                "Tech. Sgt. Lind and Gy. Sgt. Oduya met Ens. Ina Holt and Dist. Atty. Soto.| Mmes. Brandt and Holt left.",
                "She studied at Dale Tech. |Students marched.| Quay (pop. 2,900) is small.| Ch.-A. Brandt and J.-L. Lind sailed.",
                "They lacked vitamin K. |Doctors helped.| Dale drew Group D. |Tarvin did not.",
            ],
        );
        check("de", &["Die Fa. Lind und die Fam. Holt bauten das Tor.| Es hielt."]);
        check(
            "fr",
            &["Le prof. A. Lind et M. J.-L. Brun ont vu le prof. J.-M. Le Bras.| Mon frère est prof. |Il dort."],
        );
        check("tr", &["Liman Cad. No. 7, Balık Sok. No: 9’da durdu.| Gemi battı."]);
        check(
            "ru",
            &[
                "Шлюз стоил 7 млн руб. |Суд ждёт. |Ворота чинили в 1980-х гг. |Они скрипят. |Длина 90 см. |Вес мал. |Убытки 2 млрд. |Никто не ответил.",
                "В 1950–1955 гг. Лебедев жил тут.",
            ],
        );
        check("uk", &["Ремонт шлюзу коштує 4 млн грн. |Ворота старі. |Довжина 5 км. |Глибина мала."]);
    }

    #[test]
    fn marks_of_titles_days_and_figures_end_no_sentence() {
        check(
            "en",
            &[
                "The choir of Hallo Dolly! sang at the lock on Friday.| It rained.",
                "The lock shut on Thu. Feb. 3 at noon.| On Mon. Gov. Lind came. |They wed. |Then it rained.",
                "The gate is bent (see Fig. B) and eq. IV holds; in Fig. A the gate is new.| Nobody minds.",
                "He likes figs. |A tree grew there.",
            ],
        );
        check(
            "ru",
            &[
                "Шлюз открыли 7 июня 2021 г. |Воды было мало. |В 2022 г. Лебедев уехал. |Ширина ворот 12 м. |Стены целы.",
            ],
        );
        check("en", &["The lock was re-\nopened by the coun-\nty on Monday. |It rained."]);
    }

    #[test]
    fn other_languages() {
        check("de", &["Am 3. Oktober kam Dr. Weber, z. B. aus dem 2. Stock. |Er ging um 17.30 Uhr. |Danach war Ruhe."]);
        check("fr", &["M. Dupont est arrivé à 17 h 30. |« C’est fini », a-t-il dit. |« Vraiment ? » |Oui."]);
        check("es", &["El Sr. Gómez llegó en el año 700 a. C. |La ciudad cayó. |¿Quién lo sabe? |¡Nadie!"]);
        check("ru", &["В 1912 г. родился А. И. Петров, т. е. мой дед. |Он жил на ул. Ленина. |Кто знает?"]);
        check("zh", &["他说：“你好。”|她笑了。|真的吗？！|我们去看《你好！明天》。"]);
        check("ja", &["船が橋に衝突した。|「大丈夫だ。」|彼は言った！"]);
        check("hi", &["पुल बंद है। |जहाज़ टकराया। |क्या हुआ?"]);
        check("ar", &["أغلق الجسر. |ماذا حدث؟ |لا أحد يعرف."]);
        check("el", &["Πού είναι; |Δεν ξέρω."]);
        check("ka", &["ხიდი დაიხურა. |გემი დაეჯახა."]);
        check("xx", &["Foo bar baz. |Dr. Who came. |Bar foo!"]);
    }

    #[test]
    fn newlines_decide_by_the_shape_of_the_text() {
        check("en", &["A headline without a stop\n|The first paragraph. |Its second sentence.\n\n|An end"]);
        let wrapped = "The harbour board raised the fares of all four ferry lines on Monday, the\nsecond rise within a \
                       year, and said that fuel and the new landing stages\nleft it no choice. |Season tickets go up by \
                       nine per cent, which angers Mr.\nOduya, who takes the boat.";
        check("en", &[wrapped]);
    }

    #[test]
    fn a_language_is_a_code() {
        assert!(split_sentences("", "en-GB").unwrap().is_empty());
        assert!(split_sentences("Hi.", "zh_Hant_TW").is_ok());
        for code in ["", "english", "e", "e1", "é", "../en"] {
            assert!(matches!(split_sentences("Hi.", code), Err(Error::UnknownLanguage { .. })), "{code:?}");
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let started = std::time::Instant::now();
        for unit in [
            "a",
            ". ",
            "\" ",
            "1. ",
            "a b. . . ",
            "(",
            ".)",
            "[1] ",
            "。",
            "X. ",
            "!\n",
            "l.L",
            "'.'",
            ". \" . \" ",
            "《。",
            "1) a 2) ",
        ] {
            let text = unit.repeat(50_000);
            let spans = split_sentences(&text, "en").unwrap();
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
        assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
    }
}
