//! Texts as word pieces, by the crate's own tokenizer where it fits, else by the `tokenizers` crate.

use std::path::Path;

use serde_json::Value;
use tokenizers::normalizers::{Lowercase, Sequence as Steps};
use tokenizers::{NormalizerWrapper, Tokenizer};

use super::bert::Sequence;
use super::folder;
use super::wordpiece::{Piece, WordPiece};
use crate::error::{Error, Result};
use crate::span::Span;
use crate::subword::read_tokenizer;

/// A model's tokenizer.
#[derive(Debug)]
pub enum Pieces {
    /// Uncased BERT's.
    Own(WordPiece),
    /// Any other, and the id of what it does not know.
    General(Box<Tokenizer>, Option<u32>),
}

impl Pieces {
    /// Reads `tokenizer.json`; gives also the frame and one more than the largest id.
    pub fn read(path: &Path) -> Result<(Self, Frame, usize)> {
        let fail = |reason: String| Error::Model { path: path.display().to_string(), reason };
        let bytes = folder::read(path)?;
        let mut tokenizer = read_tokenizer(&bytes).map_err(|error| fail(error.to_string()))?;
        tokenizer.with_truncation(None).map_err(|error| fail(error.to_string()))?.with_padding(None);
        // What fails on no text fails on none of these: ordinary words, and one that no vocabulary has.
        let encode = |special| tokenizer.encode(("a word", "\u{10fffd}\u{2fa1d}"), special);
        encode(false).map_err(|error| fail(format!("it fails on a text: {error}")))?;
        let empty = tokenizer.encode(("", ""), true).map_err(|error| fail(error.to_string()))?;
        let frame = Frame::of_pair(empty.get_ids());
        let n_ids = tokenizer.get_vocab(true).values().max().map_or(0, |&id| id as usize + 1);
        let settings: Value = serde_json::from_slice(&bytes).map_err(|error| fail(error.to_string()))?;
        if let Some(own) = own(&settings) {
            return Ok((Self::Own(own), frame, n_ids));
        }
        let model = &settings["model"];
        let unknown = match model["unk_token"].as_str() {
            Some(token) => tokenizer.token_to_id(token),
            None => model["unk_id"].as_u64().and_then(|id| u32::try_from(id).ok()),
        };
        Ok((Self::General(Box::new(tokenizer), unknown), frame, n_ids))
    }

    /// Puts texts in lower case first.
    pub fn lowercase(&mut self) -> Result<()> {
        if let Self::General(tokenizer, _) = self {
            let mut steps = vec![NormalizerWrapper::from(Lowercase)];
            steps.extend(tokenizer.get_normalizer().cloned());
            tokenizer
                .with_normalizer(Some(Steps::new(steps)))
                .map_err(|error| Error::Model { path: "tokenizer.json".into(), reason: error.to_string() })?;
        }
        Ok(())
    }

    /// Calls `emit` with each piece of `text`, in order, without special ones.
    pub fn for_each(&self, text: &str, mut emit: impl FnMut(Piece)) {
        match self {
            Self::Own(pieces) => pieces.for_each(text, emit),
            Self::General(tokenizer, _) => {
                let Ok(encoding) = tokenizer.encode(text, false) else { return };
                for (&id, &(start, end)) in encoding.get_ids().iter().zip(encoding.get_offsets()) {
                    // Byte-level pieces may end inside a character.
                    let span = Span::new(text.floor_char_boundary(start), text.ceil_char_boundary(end));
                    emit(Piece { id, span: span.trimmed(text) });
                }
            }
        }
    }

    /// The pieces of `text`.
    pub fn list(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.for_each(text, |piece| pieces.push(piece));
        pieces
    }

    /// The ids of the pieces of `text`.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        self.for_each(text, |piece| ids.push(piece.id));
        ids
    }

    /// The id of what the vocabulary lacks.
    pub fn unknown(&self) -> Option<u32> {
        match self {
            Self::Own(pieces) => Some(pieces.unknown()),
            Self::General(_, unknown) => *unknown,
        }
    }
}

/// The crate's own tokenizer, if `tokenizer.json` describes it.
fn own(settings: &Value) -> Option<WordPiece> {
    let (normalizer, model) = (&settings["normalizer"], &settings["model"]);
    let same = normalizer["type"] == "BertNormalizer"
        && normalizer["clean_text"] == true
        && normalizer["handle_chinese_chars"] == true
        && normalizer["strip_accents"] != false
        && normalizer["lowercase"] == true
        && settings["pre_tokenizer"]["type"] == "BertPreTokenizer"
        && model["type"] == "WordPiece"
        && model["unk_token"] == "[UNK]"
        && model["continuing_subword_prefix"] == "##"
        && model["max_input_chars_per_word"] == 100
        && settings["added_tokens"].as_array().is_none_or(|tokens| tokens.iter().all(|token| token["special"] == true));
    let vocabulary = model["vocab"].as_object().filter(|_| same)?;
    let mut pieces = vec![""; vocabulary.len()];
    for (piece, id) in vocabulary {
        *pieces.get_mut(usize::try_from(id.as_u64()?).ok()?)? = piece;
    }
    WordPiece::new(pieces)
}

/// The special pieces around a text or a pair of them.
#[derive(Debug)]
pub struct Frame {
    before: Vec<u32>,
    /// Between two texts.
    middle: Vec<u32>,
    after: Vec<u32>,
}

impl Frame {
    /// As `before text after` and `before text middle text after`.
    pub fn new(before: u32, middle: Vec<u32>, after: u32) -> Self {
        Self { before: vec![before], middle, after: vec![after] }
    }

    /// From what a tokenizer makes of two empty texts.
    fn of_pair(ids: &[u32]) -> Self {
        match ids {
            [before, middle @ .., after] if !middle.is_empty() => Self::new(*before, middle.to_vec(), *after),
            _ => Self { before: Vec::new(), middle: Vec::new(), after: ids.to_vec() },
        }
    }

    /// Special pieces of one text.
    pub fn len(&self) -> usize {
        self.before.len() + self.after.len()
    }

    /// Special pieces before the text.
    pub fn n_before(&self) -> usize {
        self.before.len()
    }

    /// The largest id.
    pub fn largest(&self) -> u32 {
        self.before.iter().chain(&self.middle).chain(&self.after).copied().max().unwrap_or(0)
    }

    /// A text of at most `max_length` pieces, those of the frame included.
    pub fn around(&self, ids: &[u32], max_length: usize) -> Sequence {
        let ids = &ids[..ids.len().min(max_length.saturating_sub(self.len()))];
        let ids = [&self.before[..], ids, &self.after].concat();
        Sequence { kinds: vec![0; ids.len()], n_wanted: ids.len(), ids }
    }

    /// Two texts of at most `max_length` pieces, those of the frame included; the longer one is cut first.
    pub fn around_pair(&self, left: &[u32], right: &[u32], max_length: usize) -> Sequence {
        let room = max_length.saturating_sub(self.len() + self.middle.len());
        let n_left = left.len().min(room.saturating_sub(right.len()).max(room.div_ceil(2)));
        let n_right = right.len().min(room - n_left);
        let ids = [&self.before[..], &left[..n_left], &self.middle, &right[..n_right], &self.after].concat();
        let mut kinds = vec![0; self.before.len() + n_left + self.middle.len()];
        kinds.resize(ids.len(), 1);
        Sequence { n_wanted: ids.len(), ids, kinds }
    }
}
