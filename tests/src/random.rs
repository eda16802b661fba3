//! The generator of all random choices: SplitMix64, the same on every machine and in every version.

/// The seed of all generated values.
pub const SEED: u64 = 0x656d_7421;

/// A source of choices.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The choices of one case, independent of all other cases, so that a case can be replayed alone.
    #[must_use]
    pub fn of_case(number: usize) -> Self {
        Self::of(SEED, number as u64)
    }

    /// The choices of one stream of a seed.
    #[must_use]
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number of a range, ends included.
    pub fn between(&mut self, minimum: i64, maximum: i64) -> i64 {
        let size = (i128::from(maximum) - i128::from(minimum) + 1) as u128;
        (i128::from(minimum) + (u128::from(self.next()) % size) as i128) as i64
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the choices, of which there is one at least.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}
