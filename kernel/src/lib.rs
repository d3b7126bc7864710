//! The inner loops of storydiff, for the processor at hand: floor 0, a crate of its own, so that it is fast in every build.
//!
//! Matrix products, the few functions that run over every number of a transformer, and boosted trees, each compiled for
//! AVX-512 VNNI, for AVX2 and for any processor, chosen when they run. The three give the same bytes: sums of products of
//! small integers are exact, and sums of floats are taken in one fixed order, multiplication and addition rounded apart.
//! Only the products of [`FloatMatrix`] are fused, and so differ in their last bits on a processor without that.
//!
//! The one crate with `unsafe` code: calls of functions that need what the processor was asked for, and loads from arrays
//! whose length the type states.
#![allow(unsafe_code)]
#![allow(clippy::needless_range_loop, reason = "an index runs over several arrays of one length at once")]

mod attention;
mod bytes;
mod float;
mod forest;
mod int;
mod level;
mod panel;
mod rowwise;

pub use attention::{AttentionSpace, attention};
pub use bytes::ByteRows;
pub use float::FloatMatrix;
pub use forest::{Forest, MAX_LEAVES, Test};
pub use int::{Int4Matrix, Int8Matrix, has_few_bits};
pub use level::Level;
pub use rowwise::{best_products, dense, gelu, layer_norm};

/// Numbers that share a scale.
pub const GROUP: usize = 32;
/// Floats in a vector.
pub const LANES: usize = 16;

/// Numbers between -1 and 1 for tests, the same in every run.
#[doc(hidden)]
pub fn numbers(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    std::iter::repeat_with(next).take(n).collect()
}
