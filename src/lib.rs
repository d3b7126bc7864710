//! storydiff: a diff for stories.
//!
//! Data goes up one floor at a time; a module uses only the modules above it in this list.
//!
//! 0. [`error`], [`kernel`], [`pool`]: failures; inner loops; threads
//! 1. [`span`]: positions and ids; [`calendar`]: days and months by name;
//!    [`language`]: what the rules can do in it
//! 2. [`article`]: the caller's text
//! 3. [`clean`]: which paragraphs are headline, body, boilerplate
//! 4. [`sentence`]: the unit compared
//! 5. [`token`][], [`subword`], [`clause`]: words; tokens of models; the parts of a sentence
//! 6. [`story`]: words weighed, clauses, repetitions; [`tfidf`], [`encode`]: rows of term weights; rows of embeddings
//! 7. [`similarity`]: the nearest rows
//! 8. [`candidate`], [`passage`]: sentence pairs worth scoring; what two articles share word for word; [`linkage`]:
//!    clusters of near rows
//! 9. [`align`]: which tokens of a pair match
//! 10. [`reading`]: amounts, times and polarity of a sentence
//! 11. [`link`], [`conflict`]: the probability that a pair has a statement in common; where it cannot both be true
//! 12. [`statement`]: clusters of mentions that say the same
//! 13. [`report`]: what is shared, what is unique, who covers what
//! 14. [`pipeline`]: the one module that knows the order
//! 15. [`saved`]: a comparison as bytes, and back

#[doc(inline)]
pub use storydiff_kernel as kernel;

pub mod calendar;
pub mod error;
pub mod language;
pub mod pool;
pub mod span;

pub mod article;
pub mod clean;
pub mod sentence;
pub mod subword;
pub mod token;

pub mod clause;

pub mod story;

pub mod encode;
pub mod tfidf;

pub mod similarity;

pub mod candidate;
pub mod linkage;
pub mod passage;

pub mod align;

pub mod reading;

pub mod link;

pub mod conflict;

pub mod statement;

pub mod report;

pub mod pipeline;

pub mod saved;

#[cfg(feature = "python")]
mod bindings;

/// Tests of the whole crate, compiled with those of its modules.
#[cfg(test)]
#[path = "../tests"]
mod whole {
    mod clean;
    mod floors;
    mod language;
    mod lists;
    mod story;
}
