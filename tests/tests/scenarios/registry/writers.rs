//! A second writer between any two requests of the first.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use emt::oci::{ChartArtifact, ErrorKind, PushOptions, Signer, push, verify_signature};
use emt_tests::registry::Server;

use super::kit::{self, ONE, TWO, Upstream};
use crate::figures;

/// A server that runs `meanwhile` right before the request of this number.
fn interrupted(
    upstream: &Arc<Upstream>,
    at: usize,
    meanwhile: impl Fn() + Send + Sync + 'static,
) -> (Server, Arc<AtomicUsize>) {
    let (upstream, seen) = (Arc::clone(upstream), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&seen);
    let server = Server::start(move |request| {
        if counter.fetch_add(1, Ordering::SeqCst) == at {
            meanwhile();
        }
        upstream.answer(request)
    });
    (server.unwrap(), seen)
}

fn signed(signer: &Signer) -> PushOptions<'_> {
    PushOptions { signer: Some(signer), ..PushOptions::default() }
}

#[test]
fn signatures_of_two_writers_are_kept() {
    let chart = kit::small("same");
    let (one, two) = (kit::signer(ONE), kit::signer(TWO));
    for (name, upstream) in kit::upstreams() {
        let plain = upstream.plain();
        let address = plain.address;
        let (server, seen) = interrupted(&upstream, usize::MAX, || ());
        push(&mut kit::open_patiently(server.address, "clean/web"), &chart, &signed(&one), &mut |_| ()).unwrap();
        let requests = seen.load(Ordering::SeqCst);
        let (mut interrupted_at, mut kept) = (0, 0);
        for request in 0..requests {
            let path = format!("w{request}/web");
            let (chart_of_two, path_of_two) = (chart.clone(), path.clone());
            let (server, seen) = interrupted(&upstream, request, move || {
                let two = kit::signer(TWO);
                push(&mut kit::open_patiently(address, &path_of_two), &chart_of_two, &signed(&two), &mut |_| ())
                    .unwrap();
            });
            push(&mut kit::open_patiently(server.address, &path), &chart, &signed(&one), &mut |_| ())
                .unwrap_or_else(|error| panic!("{name}: interrupted at request {request}: {error}"));
            // A registry that shares blobs between repositories needs fewer requests than the first time.
            if seen.load(Ordering::SeqCst) <= request {
                continue;
            }
            interrupted_at += 1;
            let holds = |pem: &str| {
                let mut registry = kit::open_patiently(address, &path);
                let report = verify_signature(&mut registry, &chart.digests().manifest, &kit::key(pem)).unwrap();
                report.verified_by.is_some()
            };
            assert!(holds(ONE), "{name}: the last writer's own signature, request {request}");
            kept += usize::from(holds(TWO));
            push(&mut kit::open_patiently(address, &path), &chart, &signed(&two), &mut |_| ()).unwrap();
            assert!(holds(ONE) && holds(TWO), "{name}: both after the repeat, request {request}");
        }
        // An index has no compare-and-swap: one place between reading and writing it loses the other's entry.
        let lost = interrupted_at - kept;
        assert!(lost <= 1 && interrupted_at > 10, "{name}: {lost} of {interrupted_at}");
        let figures = format!(
            "{interrupted_at} interruptions by a second signer, both signatures kept in {kept}, after its repeat in all"
        );
        figures::print("registry writers", name, &figures);
    }
}

#[test]
fn two_charts_of_one_version_never_mix() {
    let (ours, theirs) = (kit::small("ours"), kit::small("theirs"));
    for (name, upstream) in kit::upstreams() {
        let plain = upstream.plain();
        let address = plain.address;
        let (mut won, mut refused) = (0, 0);
        for request in 0.. {
            let path = format!("c{request}/web");
            let (chart, path_of_theirs): (ChartArtifact, String) = (theirs.clone(), path.clone());
            let (server, seen) = interrupted(&upstream, request, move || {
                // A later writer is refused as well: then the first one has won.
                let result = push(
                    &mut kit::open_patiently(address, &path_of_theirs),
                    &chart,
                    &PushOptions::default(),
                    &mut |_| (),
                );
                assert!(result.is_ok_and(|_| true) || kit::named(address, &path_of_theirs).is_some());
            });
            let result =
                push(&mut kit::open_patiently(server.address, &path), &ours, &PushOptions::default(), &mut |_| ());
            if seen.load(Ordering::SeqCst) <= request {
                break;
            }
            let now = kit::named(address, &path).unwrap();
            match result {
                Ok(record) => {
                    assert_eq!(now, record.digests.manifest, "{name}: {request}");
                    won += 1;
                }
                Err(error) => {
                    assert_eq!(error.kind, ErrorKind::Conflict, "{name}: {error}");
                    let (ours, theirs) = (ours.digests().manifest, theirs.digests().manifest);
                    assert!(
                        error.message.contains(ours.as_str()) && error.message.contains(theirs.as_str()),
                        "{error}"
                    );
                    assert_eq!(now, theirs, "{name}: {request}");
                    refused += 1;
                }
            }
        }
        assert!(refused > 5 && won > 0, "{name}: {won}, {refused}");
        figures::print("registry races", name, &format!("{refused} refused with both digests, {won} won, none mixed"));
    }
}
