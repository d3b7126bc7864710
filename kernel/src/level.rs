//! What the processor can do, and functions compiled for each of its levels.

/// What the processor can do; holding one proves that it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// All that this processor can do, the plainest first.
    pub fn all() -> Vec<Self> {
        let mut levels = vec![Self(Kind::Plain)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            levels.push(Self(Kind::Avx2));
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                levels.push(Self(Kind::Avx512));
            }
        }
        levels
    }

    /// What the functions of this folder choose by.
    pub(super) fn kind(self) -> Kind {
        self.0
    }

    /// The fastest.
    pub fn best() -> Self {
        *Self::all().last().expect("the plain level is always there")
    }
}

/// Compiles a function for each level, with the chosen [`Level`] as a new first argument.
macro_rules! for_each_level {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $visibility fn $name(level: $crate::level::Level, $($argument: $type),*) {
            #[inline(always)]
            fn body($($argument: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma")]
            fn avx512($($argument: $type),*) { body($($argument),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) { body($($argument),*) }
            match level.kind() {
                $crate::level::Kind::Plain => body($($argument),*),
                // SAFETY: a `Level` is made only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                $crate::level::Kind::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::level::Kind::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}
pub(super) use for_each_level;
