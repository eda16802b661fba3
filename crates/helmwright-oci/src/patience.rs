//! How long and how often a registry is asked.

use std::thread;
use std::time::{Duration, Instant};

use crate::error::{ErrorKind, OciError};

/// Bounds on time and attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How often one step is tried, the first time included.
    pub attempts: u32,
    /// The pause after the first failure; it doubles with each further one.
    pub first_pause: Duration,
    /// The longest pause, also where the registry names one with `Retry-After`.
    pub longest_pause: Duration,
    /// The longest that one request may take, its body included.
    pub request: Duration,
    /// The longest that all requests may take together.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            request: Duration::from_secs(60),
            whole: Duration::from_secs(300),
        }
    }
}

/// How one attempt failed.
pub(crate) enum Failure {
    /// Another attempt may succeed; the registry may have said after which time.
    Again(OciError, Option<Duration>),
    /// No other attempt will.
    Final(OciError),
}

impl From<OciError> for Failure {
    fn from(error: OciError) -> Self {
        Self::Final(error)
    }
}

/// A [`Patience`] whose time runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    patience: Patience,
    end: Instant,
}

impl Clock {
    pub(crate) fn start(patience: Patience) -> Self {
        let now = Instant::now();
        Self { patience, end: now.checked_add(patience.whole).unwrap_or(now) }
    }

    /// What the next request may take; none if the time is over.
    pub(crate) fn next_request(&self) -> Option<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        (!left.is_zero()).then(|| left.min(self.patience.request))
    }

    /// Tries until it succeeds, fails for good, or patience ends.
    pub(crate) fn retry<T>(&self, mut attempt: impl FnMut() -> Result<T, Failure>) -> Result<T, OciError> {
        let mut pause = self.patience.first_pause;
        let mut tried = 0;
        loop {
            tried += 1;
            let (error, asked) = match attempt() {
                Ok(value) => return Ok(value),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Again(error, asked)) => (error, asked),
            };
            let wait = asked.unwrap_or(pause);
            let left = self.end.saturating_duration_since(Instant::now());
            let over = tried >= self.patience.attempts || wait > self.patience.longest_pause || wait >= left;
            if over {
                return Err(given_up(error, tried, asked));
            }
            thread::sleep(wait);
            pause = (pause * 2).min(self.patience.longest_pause);
        }
    }

    /// What is said when the time is over before a request.
    pub(crate) fn is_over(&self, doing: &str) -> OciError {
        let seconds = self.patience.whole.as_secs_f64();
        OciError::new(ErrorKind::Network, format!("{doing}: the time of {seconds} s is over"))
            .help("run the command again: what arrived is not sent twice")
    }
}

fn given_up(mut error: OciError, tried: u32, asked: Option<Duration>) -> OciError {
    error.message = format!("{}; tried {tried} times", error.message).replace("tried 1 times", "tried once");
    if let Some(asked) = asked {
        error = error.help(format!("the registry asks to wait {} s", asked.as_secs()));
    }
    error.help("run the command again: what arrived is not sent twice")
}
