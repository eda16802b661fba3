//! Each fault at each step of a push.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use emt::oci::{ChartArtifact, Generator, PushOptions, push, sbom, verify_signature};
use emt_tests::registry::{Ending, Reply, Request, Server};

use super::kit::{self, ONE, PATIENCE, Upstream};
use crate::figures;

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The connection is cut before the registry sees the request.
    CutBefore,
    /// The connection is cut after the registry has done what it was asked.
    CutAfter,
    HalfBody,
    Corrupt,
    Slow,
    Trouble,
    Unavailable,
    TooMany,
    TooManyForLong,
    WrongDigest,
    Refused,
    Unauthorized,
}

const FAULTS: [Fault; 12] = [
    Fault::CutBefore,
    Fault::CutAfter,
    Fault::HalfBody,
    Fault::Corrupt,
    Fault::Slow,
    Fault::Trouble,
    Fault::Unavailable,
    Fault::TooMany,
    Fault::TooManyForLong,
    Fault::WrongDigest,
    Fault::Refused,
    Fault::Unauthorized,
];

impl Fault {
    /// Whether one such fault must be survived without the user's doing.
    fn passes(self) -> bool {
        !matches!(self, Self::Corrupt | Self::TooManyForLong | Self::Refused | Self::Unauthorized)
    }

    fn answer(self, upstream: &Upstream, request: &Request) -> Reply {
        let forwarded = |change: &dyn Fn(&mut Reply)| {
            let mut reply = upstream.answer(request);
            change(&mut reply);
            reply
        };
        match self {
            Self::CutBefore => Reply { ending: Ending::Nothing, ..Reply::new(0, "") },
            Self::CutAfter => forwarded(&|reply| reply.ending = Ending::Nothing),
            Self::HalfBody => forwarded(&|reply| {
                reply.ending = if reply.body.is_empty() { Ending::Nothing } else { Ending::HalfBody };
            }),
            Self::Corrupt => forwarded(&|reply| {
                let middle = reply.body.len() / 2;
                reply.body.get_mut(middle).into_iter().for_each(|byte| *byte ^= 1);
            }),
            Self::Slow => forwarded(&|reply| reply.ending = Ending::Slow),
            Self::Trouble => Reply::new(500, "trouble"),
            Self::Unavailable => Reply::new(503, ""),
            Self::TooMany => Reply::new(429, "").with("retry-after", "0"),
            Self::TooManyForLong => Reply::new(429, "").with("retry-after", "3600"),
            Self::WrongDigest => forwarded(&|reply| {
                reply.headers.retain(|(name, _)| name != "docker-content-digest");
                reply.headers.push(("docker-content-digest".to_owned(), format!("sha256:{}", "0".repeat(64))));
            }),
            Self::Refused => Reply::new(400, r#"{"errors":[{"code":"MANIFEST_INVALID","message":"no"}]}"#),
            Self::Unauthorized => Reply::new(401, "").with("www-authenticate", "Basic realm=x"),
        }
    }
}

/// A server that breaks the requests from `first` on, `count` of them, and counts all.
fn broken(upstream: &Arc<Upstream>, fault: Fault, first: usize, count: usize) -> (Server, Arc<AtomicUsize>) {
    let (upstream, seen) = (Arc::clone(upstream), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&seen);
    let server = Server::start(move |request| {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        match (first..first.saturating_add(count)).contains(&number) {
            true => fault.answer(&upstream, request),
            false => upstream.answer(request),
        }
    });
    (server.unwrap(), seen)
}

#[test]
fn no_fault_leaves_half_a_chart() {
    let (old, new) = (kit::small("old"), kit::small("new"));
    let signer = kit::signer(ONE);
    let parts = sbom(&new, Generator { name: "emt", version: "0" }, &[]).unwrap();
    let options = PushOptions { force: true, signer: Some(&signer), sbom: Some(&parts), ..PushOptions::default() };
    for (name, upstream) in kit::upstreams() {
        let real = matches!(*upstream, Upstream::Real(_));
        let plain = upstream.plain();
        // How many requests a push has where nothing breaks.
        let (server, seen) = broken(&upstream, Fault::CutBefore, usize::MAX, 0);
        push(&mut kit::open_patiently(server.address, "clean/web"), &new, &options, &mut |_| ()).unwrap();
        let requests = seen.load(Ordering::SeqCst);
        let (mut case, mut tried, mut done, mut repeated) = (0, 0, 0, 0);
        for fault in FAULTS {
            for request in 0..requests {
                // Once, and from there on for good; with real registries, which are slower, the two in turn.
                for count in [1, usize::MAX] {
                    let lasting = count > 1;
                    if lasting && !matches!(fault, Fault::CutAfter | Fault::Trouble) {
                        continue;
                    }
                    // Each costs the time of a request.
                    if fault == Fault::Slow && request % 12 != 1 {
                        continue;
                    }
                    if real && (request + usize::from(lasting)) % 3 != 0 {
                        continue;
                    }
                    let path = format!("f{case}/web");
                    case += 1;
                    // Every second repository has an older chart under the tag.
                    let before = (tried % 2 == 0).then(|| {
                        kit::push_plainly(plain.address, &path, &old);
                        old.digests().manifest
                    });
                    let place = format!("{name}: {fault:?} at request {request}, lasting: {lasting}");
                    let Some(survived) = one(&upstream, fault, request, count, &path, &new, &options, &place) else {
                        continue;
                    };
                    let error = survived.as_ref().err().cloned().unwrap_or_default();
                    let survived = survived.is_ok();
                    let now = kit::named(plain.address, &path);
                    let ours = Some(new.digests().manifest);
                    assert!(now == before || now == ours, "{place}: {now:?}");
                    assert!(!survived || now == ours, "{place}");
                    assert!(survived || lasting || !fault.passes(), "{place}: given up: {error}");
                    push(&mut kit::open_patiently(plain.address, &path), &new, &options, &mut |_| ())
                        .unwrap_or_else(|error| panic!("{place}: the repeat fails: {error}"));
                    assert_eq!(kit::named(plain.address, &path), ours, "{place}: after the repeat");
                    tried += 1;
                    done += usize::from(survived);
                    repeated += usize::from(!survived);
                }
            }
        }
        let mut registry = kit::open_patiently(plain.address, "clean/web");
        assert!(
            verify_signature(&mut registry, &new.digests().manifest, &kit::key(ONE)).unwrap().verified_by.is_some()
        );
        let figures = format!(
            "{tried} faults at {requests} requests, {tried} survived: {done} by retries alone, {repeated} by a repeated command"
        );
        assert!(tried > 100);
        figures::print("registry faults", name, &figures);
    }
}

/// One push through a fault: its error if it has one; none if the fault never came. It ends in time, and its error says what to do.
#[allow(clippy::too_many_arguments, reason = "one call, all of it a case's")]
fn one(
    upstream: &Arc<Upstream>,
    fault: Fault,
    request: usize,
    count: usize,
    path: &str,
    chart: &ChartArtifact,
    options: &PushOptions<'_>,
    place: &str,
) -> Option<Result<(), String>> {
    let (server, seen) = broken(upstream, fault, request, count);
    let start = Instant::now();
    let result = push(&mut kit::open(server.address, path), chart, options, &mut |_| ());
    let bound = PATIENCE.whole + PATIENCE.request + Duration::from_secs(2);
    assert!(start.elapsed() < bound, "{place}: {:?}", start.elapsed());
    if seen.load(Ordering::SeqCst) <= request {
        // A registry that shares blobs between repositories needs fewer requests than the first time.
        return None;
    }
    Some(match result {
        Ok(_) => Ok(()),
        Err(error) => {
            assert!(!error.message.is_empty(), "{place}");
            let refused = fault == Fault::Refused || fault == Fault::Corrupt;
            assert!(!error.help.is_empty() || refused, "{place}: {error} says not what to do");
            Err(error.message)
        }
    })
}
