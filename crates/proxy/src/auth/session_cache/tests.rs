//! What is remembered of sessions is given up in time.

use contract::Phone;
use contract::login::Embedding;
use upstream::program::GuestKey;

use super::*;

const HASH: [u8; 32] = [7; 32];

fn row(is_member: bool) -> SessionRow {
    SessionRow {
        token_hash: HASH.to_vec(),
        restaurant: "pirogi".to_owned(),
        guest: GuestKey::Phone(Phone::parse("+79990001122").expect("E.164")),
        is_member,
        embedding: Embedding::Page,
        opened_at_ms: 0,
        used_at_ms: 0,
    }
}

fn asking(cache: &SessionCache, now: Instant) -> Asking {
    match cache.look(&HASH, now, 1_000_000, |_| true) {
        Look::Ask(asking) => asking,
        Look::Known(_) => panic!("it is remembered"),
    }
}

fn is_known(cache: &SessionCache, now: Instant) -> bool {
    matches!(cache.look(&HASH, now, 1_000_000, |_| true), Look::Known(_))
}

fn remembering(now: Instant) -> SessionCache {
    let cache = SessionCache::default();
    cache.answered(&asking(&cache, now), Some(&row(true)), &[]);
    cache
}

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[test]
fn a_session_is_remembered_for_a_second_after_the_store_was_asked_and_no_longer() {
    let now = Instant::now();
    let cache = remembering(now);
    assert!(is_known(&cache, now + ms(499)));
    let late = asking(&cache, now + ms(500));
    assert_eq!(late.since_ms, Some(1_000_000 - SKEW_MS));
    assert!(is_known(&cache, now + ms(999)), "while one asks, the others go on");
    cache.unanswered();
    assert!(!is_known(&cache, now + ms(1_000)), "the store has not answered");
    // When it answers again it counts from when it was asked.
    cache.answered(&late, None, &[]);
    assert!(is_known(&cache, now + ms(900)));
}

#[test]
fn a_session_that_was_ended_elsewhere_is_forgotten_when_the_store_says_so() {
    let now = Instant::now();
    let cache = remembering(now);
    cache.answered(&asking(&cache, now + ms(500)), None, &[HASH]);
    assert!(!is_known(&cache, now + ms(501)));
    // Who has read the session before it was ended, and comes late, is not believed.
    cache.answered(&asking(&cache, now + ms(502)), Some(&row(true)), &[HASH]);
    assert!(!is_known(&cache, now + ms(503)));
}

#[test]
fn a_session_that_is_ended_here_is_forgotten_at_once() {
    let now = Instant::now();
    let cache = remembering(now);
    cache.forget(&HASH);
    assert!(!is_known(&cache, now));
    let before = asking(&cache, now);
    cache.forget(&HASH);
    cache.answered(&before, Some(&row(true)), &[]);
    assert!(!is_known(&cache, now), "it was read before it was ended");
}

#[test]
fn who_has_not_joined_yet_and_what_must_be_noted_again_is_read() {
    let now = Instant::now();
    let cache = SessionCache::default();
    cache.answered(&asking(&cache, now), Some(&row(false)), &[]);
    assert!(!is_known(&cache, now));
    let cache = remembering(now);
    assert!(matches!(cache.look(&HASH, now, 0, |_| false), Look::Ask(Asking { since_ms: None, .. })));
}

#[test]
fn after_a_long_pause_nothing_is_remembered() {
    let now = Instant::now();
    let cache = remembering(now);
    let later = now + LONGEST_GAP + ms(1);
    cache.answered(&asking(&cache, later), None, &[]);
    assert!(!is_known(&cache, later));
}
