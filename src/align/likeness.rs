//! How like two words are: by value (figures), by stem, by the thesaurus, by a shared beginning or by the cosine of their
//! vectors, whichever says most.
//!
//! Every word of a sentence is held against every word of many others, and few are alike. So [`likely`] asks what is cheap:
//! of a [`Key`], and of the first half of the vectors.

use ndarray::{Array2, ArrayView1};

use super::words::{Kind, Lexicon, MIN_SHARED, Word};

/// A likeness below this is chance.
pub(super) const MIN_LIKENESS: f32 = 0.3;
/// Cosines up to this are chance.
const MIN_COSINE: f32 = 0.35;
/// What a likeness by meaning alone comes to at most.
const BY_MEANING: f32 = 0.95;
/// Likeness of a name and what stands for it.
const ALIAS: f32 = 0.9;
/// Likeness of two words that the thesaurus takes for the same.
const SYNONYM: f32 = 0.85;

/// Word vectors of length 1, one row per form of the lexicon.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    /// Row-major.
    rows: Vec<f32>,
    dimension: usize,
    /// The length of each row without its first half.
    rests: Vec<f32>,
}

impl Vectors {
    /// Of a row a form.
    pub fn of(rows: Array2<f32>) -> Self {
        let dimension = rows.ncols();
        let rest =
            |row: ArrayView1<f32>| row.iter().skip(half(dimension)).map(|value| value * value).sum::<f32>().sqrt();
        let rests = rows.rows().into_iter().map(rest).collect();
        Self { rows: rows.into_raw_vec_and_offset().0, dimension, rests }
    }

    /// Length of a row.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The vector of a form.
    pub fn row(&self, form: u32) -> &[f32] {
        &self.rows[form as usize * self.dimension..][..self.dimension]
    }

    /// Cosine of two forms.
    pub fn cosine(&self, a: u32, b: u32) -> f32 {
        dot(self.row(a), self.row(b))
    }

    /// Likeness of two forms by their meaning, or 0 where it is less than [`MIN_LIKENESS`]: in 97 of 100 pairs of words the
    /// first half of their vectors shows it, since the other adds at most the product of its lengths.
    fn likely(&self, a: u32, b: u32) -> f32 {
        const LEAST: f32 = MIN_COSINE + (1.0 - MIN_COSINE) * MIN_LIKENESS / BY_MEANING;
        const ROUNDING: f32 = 1e-3;
        let (x, y, half) = (self.row(a), self.row(b), half(self.dimension));
        let mut lanes = [0.0; LANES];
        add_products(&mut lanes, &x[..half], &y[..half]);
        if total(lanes) + self.rests[a as usize] * self.rests[b as usize] < LEAST - ROUNDING {
            return 0.0;
        }
        add_products(&mut lanes, &x[half..], &y[half..]);
        by_meaning(total(lanes) + tail(x, y))
    }
}

const LANES: usize = 8;

/// Half a row, in whole lanes.
fn half(dimension: usize) -> usize {
    dimension / (2 * LANES) * LANES
}

/// Sum of products in eight lanes: fast, and the same on every machine.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    add_products(&mut lanes, a, b);
    total(lanes) + tail(a, b)
}

fn add_products(lanes: &mut [f32; LANES], a: &[f32], b: &[f32]) {
    for (x, y) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
}

fn total(lanes: [f32; LANES]) -> f32 {
    ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
}

/// The products that fill no lane.
fn tail(a: &[f32], b: &[f32]) -> f32 {
    a.as_chunks::<LANES>().1.iter().zip(b.as_chunks::<LANES>().1).map(|(x, y)| x * y).sum()
}

fn by_meaning(cosine: f32) -> f32 {
    ((cosine - MIN_COSINE) / (1.0 - MIN_COSINE)).clamp(0.0, 1.0) * BY_MEANING
}

/// Likeness of two words, in [0, 1].
pub fn likeness(a: &Word, b: &Word, lexicon: &Lexicon, vectors: &Vectors) -> f32 {
    if let (Some(x), Some(y)) = (a.value, b.value) {
        return x.agreement(y);
    }
    if a.stem == b.stem {
        return 1.0;
    }
    if a.kind == Kind::Number || b.kind == Kind::Number {
        return 0.0;
    }
    if (a.alias.is_some() || b.alias.is_some()) && a.alias.unwrap_or(a.stem) == b.alias.unwrap_or(b.stem) {
        return ALIAS;
    }
    if lexicon.are_synonyms(a, b) {
        return SYNONYM;
    }
    if lexicon.exclude_each_other(a, b) {
        return 0.0;
    }
    let spelling = lexicon.spelling(a, b);
    if a.kind == Kind::Name && b.kind == Kind::Name {
        return spelling;
    }
    spelling.max(by_meaning(vectors.cosine(a.form, b.form)))
}

/// What is asked first of a word.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its number among the words whose likenesses are known; one too high if it has none.
    pub(super) number: u32,
    /// Its stem.
    pub(super) stem: u32,
    /// The stem of the name it stands for, or its own.
    name: u32,
    form: u32,
    /// The first letters of its form, as many as a shared beginning has at least; 0 if it has fewer.
    opening: u32,
    kind: Kind,
    /// What the thesaurus says of it: see [`Lexicon::listed`].
    groups: u64,
    lines: u64,
}

impl Key {
    /// Of a word whose alias is known.
    pub fn new(word: &Word, lexicon: &Lexicon) -> Self {
        let (groups, lines) = lexicon.listed(word);
        let opening = lexicon.forms[word.form as usize].text.as_bytes().first_chunk::<MIN_SHARED>().copied();
        Self {
            number: u32::MAX,
            stem: word.stem,
            name: word.alias.unwrap_or(word.stem),
            form: word.form,
            opening: u32::from_le_bytes(opening.unwrap_or_default()),
            kind: word.kind,
            groups,
            lines,
        }
    }

    /// Whether it tells nothing of its own, so that only its like matches it.
    pub(super) fn is_function(&self) -> bool {
        self.kind == Kind::Function
    }

    /// Whether it may exclude another word.
    pub fn may_exclude_some(&self) -> bool {
        self.lines != 0
    }

    /// Whether one of two words may exclude the other.
    pub fn may_exclude(&self, other: &Self) -> bool {
        self.lines & other.lines != 0
    }

    /// Whether two words may stand for each other.
    fn may_be_synonym(&self, other: &Self) -> bool {
        self.groups & other.groups != 0
    }

    /// Whether two words are the same, or may be: figures are by their values.
    fn may_be_same(&self, other: &Self) -> bool {
        let figures = (self.kind == Kind::Number) & (other.kind == Kind::Number);
        (self.stem == other.stem) | (self.name == other.name) | figures
    }

    /// Whether two words may have a beginning in common.
    fn may_be_spelt_alike(&self, other: &Self) -> bool {
        (self.opening == other.opening) & (self.opening != 0)
    }
}

/// [`likeness`] of two words that both mean something, or 0 where it is less than 0.3 and so chance.
pub fn likely((a, x): (&Key, &Word), (b, y): (&Key, &Word), lexicon: &Lexicon, vectors: &Vectors) -> f32 {
    let likeness = if a.may_be_same(b) {
        likeness(x, y, lexicon, vectors)
    } else if a.kind == Kind::Number || b.kind == Kind::Number {
        0.0
    } else if a.may_be_synonym(b) && lexicon.are_synonyms(x, y) {
        SYNONYM
    } else if a.may_exclude(b) && lexicon.exclude_each_other(x, y) {
        0.0
    } else {
        let spelling = if a.may_be_spelt_alike(b) { lexicon.spelling(x, y) } else { 0.0 };
        match a.kind == Kind::Name && b.kind == Kind::Name {
            true => spelling,
            false => spelling.max(vectors.likely(a.form, b.form)),
        }
    };
    if likeness >= MIN_LIKENESS { likeness } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Encoder;

    #[test]
    fn what_is_likely_is_as_alike_as_it_is() {
        let mut lexicon = Lexicon::new();
        let text = "Ardle's mayor resigned and stepped down after 14 sheds burned; Mosstown's council quit, 14.2 million \
            people fled, burning barns opened, closed or shut, Mostown councillors and Monday's police officers said.";
        let words = lexicon.read(text, |_| false);
        let forms: Vec<&str> = lexicon.forms.iter().map(|form| &*form.text).collect();
        let vectors =
            Vectors::of(Encoder::embedded("static").unwrap().encode_with(&forms, None, &mut |_, _| Ok(())).unwrap());
        let words: Vec<_> = words.iter().filter(|word| word.kind != Kind::Function).collect();
        let mut n_likely = 0;
        for x in &words {
            for y in &words {
                let all = likeness(x, y, &lexicon, &vectors);
                let expected = if all >= MIN_LIKENESS { all } else { 0.0 };
                let (a, b) = (Key::new(x, &lexicon), Key::new(y, &lexicon));
                assert_eq!(likely((&a, x), (&b, y), &lexicon, &vectors), expected, "{x:?} {y:?}");
                n_likely += usize::from(expected > 0.0);
            }
        }
        assert!(n_likely > words.len(), "{n_likely}");
    }
}
