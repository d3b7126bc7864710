//! Any articles (id, title, source and text, each ending at NUL): paragraphs in order that leave out white space only.
#![no_main]

use libfuzzer_sys::fuzz_target;
use storydiff::article::Article;
use storydiff::clean::{Furniture, clean};
use storydiff::language::Language;
use storydiff::sentence::segment;

fuzz_target!(|story: &str| {
    let fields: Vec<&str> = story.split('\0').take(24).collect();
    let article = |fields: &[&str]| Article {
        title: fields.get(1).map(|&title| title.into()),
        source: fields.get(2).map(|&source| source.into()),
        ..Article::new(fields[0], fields.get(3).copied().unwrap_or_default())
    };
    let articles: Vec<_> = fields.chunks(4).map(article).collect();
    let texts = clean(&articles, Language::English);
    let furniture = Furniture::new(&articles, &texts, Language::English);
    for (at, (article, found)) in articles.iter().zip(&texts).enumerate() {
        let mut end = 0;
        for paragraph in &found.paragraphs {
            assert!(article.text[end..paragraph.span.start].trim().is_empty());
            assert!(!paragraph.span.of(&article.text).trim().is_empty());
            end = paragraph.span.end;
        }
        assert!(article.text[end..].trim().is_empty());
        let mut end = 0;
        for sentence in segment(at.into(), article, found, &furniture, "en").unwrap() {
            assert!(article.text[end..sentence.span.start].trim().is_empty() && end < sentence.span.end);
            end = sentence.span.end;
        }
        assert!(article.text[end..].trim().is_empty());
    }
});
