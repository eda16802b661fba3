//! Readers of values, check, review and migration on broken and hostile files: no panic, no hang, no more than 200 MB for a
//! file of 1 MB.
//!
//! A case is a number: everything random about it follows from the seed and that number. `cargo xtask fuzz` tries as many as it
//! can in ten minutes; a plain test run tries the first of them. What fails is written to a file and can be tried again.
//!
//! Limits: memory is what the program's own allocator gave out at one time; a hang is a case of two minutes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a failed unwrap is a failed test, and the fuzzer prints its figures"
)]

mod corpus;
mod hostile;
mod mutations;
mod subjects;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use emt_tests::{Random, SEED};
use peak_alloc::PeakAlloc;

use corpus::Corpus;
use subjects::Subject;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Cases of a plain test run.
const CASES: u64 = 120;
/// Seconds to go on, instead of that number.
const SECONDS_VARIABLE: &str = "EMT_FUZZ_SECONDS";
/// Another seed.
const SEED_VARIABLE: &str = "EMT_FUZZ_SEED";
/// The one case to try.
const CASE_VARIABLE: &str = "EMT_FUZZ_CASE";

/// The largest file.
const MOST_BYTES: usize = 1 << 20;
/// What may be held at one time for it.
const MOST_MEMORY: usize = 200_000_000;
/// Seconds until a case counts as hanging.
const MOST_SECONDS: u64 = 120;

/// One case: what a file is given to, and the file.
struct Case {
    subject: Subject,
    /// How the file was made.
    made: Vec<&'static str>,
    bytes: Vec<u8>,
}

impl Case {
    fn new(corpus: &Corpus, seed: u64, number: u64) -> Self {
        let mut random = Random::of(seed, number);
        let subject = *random.pick(&Subject::ALL);
        let (mut bytes, mut made) = corpus.pick(&mut random, subject);
        if random.chance(12) {
            let (name, text) = hostile::file(&mut random, MOST_BYTES);
            (bytes, made) = (text, vec![name]);
        }
        for _ in 0..random.below(5) {
            made.push(mutations::mutate(&mut random, corpus, &mut bytes));
        }
        bytes.truncate(MOST_BYTES);
        Self { subject, made, bytes }
    }
}

/// What is known of the cases so far.
#[derive(Default)]
struct Figures {
    cases: u64,
    accepted: u64,
    by_subject: BTreeMap<&'static str, u64>,
    largest: usize,
    most: usize,
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no number")))
}

/// Ends the process when a case goes on for too long: there is no other way to stop it.
fn watch(started: &'static AtomicU64, current: &'static AtomicU64, start: Instant) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let since = start.elapsed().as_secs().saturating_sub(started.load(Ordering::Relaxed));
            if since > MOST_SECONDS {
                eprintln!("fuzz: case {} hangs", current.load(Ordering::Relaxed));
                process::abort();
            }
        }
    });
}

fn kept(case: &Case, number: u64) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-case-{number}.yaml"));
    fs::write(&path, &case.bytes).unwrap();
    path
}

#[test]
fn hostile_files_do_no_harm() {
    static STARTED: AtomicU64 = AtomicU64::new(0);
    static CURRENT: AtomicU64 = AtomicU64::new(0);
    let seed = number(SEED_VARIABLE).unwrap_or(SEED);
    let seconds = number(SECONDS_VARIABLE);
    let only = number(CASE_VARIABLE);
    let (start, corpus) = (Instant::now(), Corpus::committed());
    watch(&STARTED, &CURRENT, start);
    // What is made once, such as the definition, is no case's.
    for subject in Subject::ALL {
        subject.run(corpus.valid());
    }
    let mut figures = Figures::default();
    let mut failed = Vec::new();
    for number in only.unwrap_or(0).. {
        let goes_on = match (only, seconds) {
            (Some(only), _) => number == only,
            (None, Some(seconds)) => start.elapsed().as_secs() < seconds,
            (None, None) => number < CASES,
        };
        if !goes_on || failed.len() >= 20 {
            break;
        }
        let case = Case::new(&corpus, seed, number);
        CURRENT.store(number, Ordering::Relaxed);
        STARTED.store(start.elapsed().as_secs(), Ordering::Relaxed);
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let outcome = catch_unwind(AssertUnwindSafe(|| case.subject.run(&case.bytes)));
        let held = ALLOCATOR.peak_usage().saturating_sub(before);
        let took = start.elapsed().as_secs() - STARTED.load(Ordering::Relaxed);
        if took > 10 {
            let file = kept(&case, number);
            println!("fuzz: case {number} took {took} s: {} {:?}: {}", case.subject.name(), case.made, file.display());
        }
        figures.cases += 1;
        *figures.by_subject.entry(case.subject.name()).or_default() += 1;
        figures.largest = figures.largest.max(case.bytes.len());
        figures.most = figures.most.max(held);
        let problem = match outcome {
            Err(_) => Some("panics".to_owned()),
            Ok(_) if held > MOST_MEMORY => Some(format!("holds {held} bytes")),
            Ok(accepted) => {
                figures.accepted += u64::from(accepted);
                None
            }
        };
        if let Some(problem) = problem {
            let file = kept(&case, number);
            let said = format!(
                "case {number} of seed {seed} {problem}: {} of a file of {} bytes, made by {:?}: {}",
                case.subject.name(),
                case.bytes.len(),
                case.made,
                file.display()
            );
            eprintln!("fuzz: {said}");
            failed.push(said);
        }
    }
    let Figures { cases, accepted, by_subject, largest, most } = figures;
    println!(
        "fuzz: {cases} cases of seed {seed} {by_subject:?}, {accepted} files accepted; files of up to {largest} bytes, at most {} \
         MB held at once; {} failed",
        most / 1_000_000,
        failed.len()
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(cases > 0);
    assert!(only.is_some() || accepted > 0, "no file was accepted: nothing but the reader was tried");
}
