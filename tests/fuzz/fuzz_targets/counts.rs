//! Any documents, and any arrays as counts and weights: sound rows, the same in one go and merged.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use storydiff::tfidf::{Analysis, Analyzer, Characters, CountMatrix, Counts, Norm, Totals, weigh_rows};

static CHARACTERS: LazyLock<Arc<Characters>> = LazyLock::new(|| {
    let ranges = |is: fn(char) -> bool| {
        let points = ('\0'..=char::MAX).filter(|&c| is(c)).map(u32::from);
        points.map(|point| (point, point + 1)).collect::<Vec<_>>()
    };
    let changed = |c: &char| c.to_lowercase().ne([*c]);
    let lower: Vec<_> = ('\0'..=char::MAX).filter(changed).map(|c| (c, c.to_lowercase().collect())).collect();
    let mark = |c| ('\u{300}'..'\u{370}').contains(&c);
    Arc::new(Characters::new(&ranges(char::is_alphanumeric), &ranges(char::is_whitespace), &ranges(mark), &lower))
});

type Arrays = (Vec<f32>, Vec<i16>, Vec<i16>, Vec<(u8, u8)>, Vec<i64>);

fuzz_target!(|input: (Vec<&str>, u8, Arrays)| {
    let (documents, settings, (mut data, indices, indptr, ngrams, totals)) = input;
    let analyzer = match settings % 4 {
        0 => Analyzer::Word { min_length: 2, marks: false },
        1 => Analyzer::Word { min_length: 1, marks: true },
        2 => Analyzer::Char,
        _ => Analyzer::CharWithinWord,
    };
    let least = 1 + usize::from(settings >> 2 & 1);
    let ngram_range = (least, least + usize::from(settings >> 3 & 3));
    let stop_words = if settings >> 5 & 1 == 1 { vec![b"the".to_vec(), Vec::new()] } else { Vec::new() };
    let lowercase = settings >> 6 == 0;
    let analysis = Analysis { analyzer, ngram_range, lowercase, stop_words, characters: Arc::clone(&CHARACTERS) };
    let whole = Counts::of(&documents, &analysis);
    let (left, right) = documents.split_at(documents.len() / 2);
    let mut merged = Counts::of(left, &analysis);
    merged.merge(Counts::of(right, &analysis));
    assert_eq!(whole.totals(), merged.totals());
    let order = whole.sorted();
    let texts = order.iter().map(|&id| {
        let mut text = Vec::new();
        whole.text(id as usize, &mut text);
        text
    });
    assert!(texts.collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
    let mut columns = vec![-1; whole.n_ngrams()];
    order.iter().enumerate().for_each(|(column, &id)| columns[id as usize] = column as i32);
    let matrix = CountMatrix::<f32>::new(whole.clone().into_rows(), &columns, false);
    assert_eq!(matrix, CountMatrix::new(merged.into_rows(), &columns, false));
    let (texts, pairs, totals_of_whole) = whole.parts();
    assert!(Counts::from_parts(&texts, &pairs, totals_of_whole).is_some());

    // What a pickle may claim, and what SciPy may hand over.
    let ngrams: Vec<_> = ngrams.iter().map(|&(a, b)| (if a > 250 { u32::MAX } else { a.into() }, b.into())).collect();
    let totals = Totals { n_documents: 1, document_frequency: totals.clone(), term_frequency: totals };
    if let Some(counts) = Counts::from_parts(&documents, &ngrams, totals) {
        counts.sorted();
        counts.parts();
        (0..counts.n_ngrams()).for_each(|id| counts.text(id, &mut Vec::new()));
    }
    let wide = |values: &[i16]| values.iter().map(|&value| i32::from(value)).collect::<Vec<_>>();
    let idf = data.clone();
    for norm in [None, Some(Norm::L1), Some(Norm::L2)] {
        weigh_rows(&mut data, &wide(&indices), &wide(&indptr), Some(&idf), norm);
    }
});
