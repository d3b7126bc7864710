//! The bundled sample, whose furniture is marked by hand: what is boilerplate and what must stay body.

use std::fs;
use std::path::Path;

use crate::article::Article;
use crate::clean::{Kind, clean};
use crate::language::Language;

#[test]
fn the_sample_loses_its_furniture_and_keeps_its_body() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = fs::read_to_string(root.join("tests/data/lantern_bridge/gold.json")).unwrap();
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let articles: Vec<Article> = ["beacon", "chronicle", "gazette", "meridian", "tidewatch"]
        .map(|id| {
            let path = root.join(format!("python/storydiff/sample/{id}.txt"));
            Article::new(id, fs::read_to_string(path).unwrap())
        })
        .into();
    for (article, text) in articles.iter().zip(clean(&articles, Language::English)) {
        let marked: Vec<&str> = gold["boilerplate"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|mark| mark["article"] == article.id.as_str())
            .map(|mark| mark["text"].as_str().unwrap())
            .collect();
        assert_eq!(text.paragraphs[0].kind, Kind::Headline);
        for paragraph in &text.paragraphs {
            let words = paragraph.span.of(&article.text);
            assert_eq!(paragraph.kind == Kind::Boilerplate, marked.contains(&words), "{}: {words:?}", article.id);
        }
    }
}
