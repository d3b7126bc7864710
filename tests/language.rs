//! Stories in other languages: English rules stay out of them, what holds in every language goes on.

use crate::article::Article;
use crate::clean::Kind;
use crate::link::Encoding;
use crate::pipeline::{Comparison, Config, Silent, compare};

fn compared(language: &str, texts: &[&str]) -> Comparison {
    let articles = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
    let config = Config { language: language.into(), encoding: Encoding::Static, ..Config::default() };
    compare(articles, &config, &mut Silent).unwrap()
}

const GERMAN: [&str; 2] = [
    "Schleuse in Norden gesperrt\n\nDie Schleuse in Norden ist seit Montag gesperrt, weil ein Kahn das Tor gerammt hat. \
     Bei dem Unfall wurden 14 Menschen verletzt. Anna Brandt vom Hafenamt sagte: „Das Tor hält dem Druck nicht mehr stand.“ \
     Der Verkehr wird über den Kanal umgeleitet.",
    "Kahn rammt Tor\n\nDie Schleuse in Norden ist seit Montag gesperrt, weil ein Kahn das Tor gerammt hat. \
     Bei dem Unfall wurden 17 Menschen verletzt. Die Reparatur dauert drei Wochen. Ten Boote warten vor der Einfahrt.",
];

const SPANISH: [&str; 2] = [
    "La esclusa de Norte está cerrada desde el lunes porque una barcaza golpeó la puerta. Once barcos no pueden salir. \
     «La puerta no aguanta más la presión», dijo Ana Brando. El tráfico se desvía por el canal.",
    "La esclusa de Norte está cerrada desde el lunes porque una barcaza golpeó la puerta. Un barco once veces mayor espera. \
     La reparación durará tres semanas y costará mucho, según Ana Brando.",
];

const FRENCH: [&str; 2] = [
    "Comment la porte de Valbrune a cédé\n\nL'écluse de Valbrune est fermée depuis lundi, car une péniche a heurté la porte.\n\n\
     — Oui, dit Anne.\n\nLe trafic passe par le canal. On dit que six bateaux attendent.",
    "L'écluse de Valbrune est fermée depuis lundi, car une péniche a heurté la porte. Les travaux dureront trois semaines. \
     Personne n'a été blessé.",
];

/// The articles of each statement that more than one of them makes, with the words shown for it.
fn shared(comparison: &Comparison) -> Vec<String> {
    let shared = comparison.report.statements.iter().filter(|statement| {
        let articles = statement.mentions.iter().map(|mention| comparison.sentences[mention.sentence.index()].article);
        articles.clone().min() != articles.max()
    });
    let shown = shared.map(|statement| {
        let article = comparison.sentences[statement.shown.sentence.index()].article;
        statement.shown.text(&comparison.articles[article.index()].text).into_owned()
    });
    shown.collect()
}

#[test]
fn what_two_articles_say_alike_is_shared_in_every_language() {
    for (language, texts, lock) in [("de", GERMAN, "Tor gerammt"), ("es", SPANISH, "puerta"), ("fr", FRENCH, "porte")] {
        let shared = shared(&compared(language, &texts));
        assert!(shared.iter().any(|text| text.contains(lock)), "{language}: {shared:?}");
    }
}

#[test]
fn other_figures_are_another_statement_in_every_language() {
    let shared = shared(&compared("de", &GERMAN));
    assert!(!shared.iter().any(|text| text.contains("verletzt")), "{shared:?}");
}

#[test]
fn no_amounts_or_clauses_are_read_in_another_language() {
    for (language, texts) in [("de", GERMAN), ("es", SPANISH), ("fr", FRENCH)] {
        let comparison = compared(language, &texts);
        assert!(comparison.conflicts.is_empty() && comparison.disputes().is_empty(), "{language}");
        let told: Vec<&str> =
            comparison.report.unique.iter().flat_map(|unique| &unique.reasons).map(String::as_str).collect();
        // "once", "ten" and "six" are no English figures.
        assert!(!told.iter().any(|reason| reason.contains("nce") || reason.contains("Ten")), "{language}: {told:?}");
    }
}

#[test]
fn a_german_noun_is_no_name() {
    let comparison = compared("de", &GERMAN);
    let names = |reason: &String| reason.contains("names");
    assert!(!comparison.report.unique.iter().any(|unique| unique.reasons.iter().any(names)));
}

#[test]
fn quotations_are_found_by_their_marks_and_nobody_is_said_to_speak() {
    for (language, texts, quote) in [
        ("de", GERMAN, "Das Tor hält dem Druck nicht mehr stand."),
        ("es", SPANISH, "La puerta no aguanta más la presión"),
    ] {
        let comparison = compared(language, &texts);
        let quotes = comparison.quotes();
        let text = |quote: &crate::report::Quote| quote.span.of(&comparison.articles[quote.article.index()].text);
        assert_eq!(quotes.iter().map(text).collect::<Vec<_>>(), [quote], "{language}");
        assert!(quotes[0].speaker.is_none(), "{language}");
    }
}

#[test]
fn words_that_are_english_furniture_stay_in_another_language() {
    let kinds = |language: &str| {
        let comparison = compared(language, &FRENCH);
        let kind = |wanted: &str| {
            let of = |sentence: &&crate::sentence::Sentence| {
                sentence.span.of(&comparison.articles[sentence.article.index()].text).starts_with(wanted)
            };
            comparison.sentences.iter().find(of).map(|sentence| sentence.kind)
        };
        ["Comment la porte", "— Oui"].map(kind)
    };
    assert_eq!(kinds("fr"), [Some(Kind::Headline), Some(Kind::Body)]);
    assert_eq!(kinds("en"), [Some(Kind::Boilerplate); 2]);
}
