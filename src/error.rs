//! Floor 0. What can go wrong, with the values that say where.

/// Every failure of the core. A message says what was expected and what came.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two articles carry one id.
    #[error("articles must have distinct ids, but {id:?} occurs more than once")]
    DuplicateArticle {
        /// The repeated id.
        id: String,
    },
    /// A parameter is outside its range.
    #[error("{parameter} must be {expected}, got {actual}")]
    InvalidParameter {
        /// Name of the parameter, as the caller wrote it.
        parameter: &'static str,
        /// The range or kind that would have been right.
        expected: String,
        /// What came instead.
        actual: String,
    },
    /// Two inputs that must fit each other do not.
    #[error("{what}: expected {expected}, got {actual}")]
    ShapeMismatch {
        /// The inputs in question.
        what: &'static str,
        /// The size that would have fitted.
        expected: usize,
        /// The size that came.
        actual: usize,
    },
    /// A model or tokenizer file cannot be used.
    #[error("cannot load model from {path}: {reason}")]
    Model {
        /// The file or folder.
        path: String,
        /// Why it cannot be used.
        reason: String,
    },
    /// A subword tokenizer cannot do what was asked.
    #[error("cannot {action}: {reason}")]
    Tokenizer {
        /// What was asked.
        action: &'static str,
        /// Why it cannot be done.
        reason: String,
    },
    /// A language without rules was asked for.
    #[error("unknown language {language:?}: expected an ISO 639-1 code such as \"en\"")]
    UnknownLanguage {
        /// The code that came.
        language: String,
    },
    /// What should be a saved comparison is not one.
    #[error("not a saved comparison: {reason}")]
    Saved {
        /// What is wrong with it.
        reason: String,
    },
    /// The caller asked to stop.
    #[error("interrupted")]
    Interrupted,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;
