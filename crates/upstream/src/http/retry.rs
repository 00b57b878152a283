//! The repetition of reads. A write never comes here.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::UpstreamError;

/// How often a read is sent at most.
const ATTEMPTS: u32 = 3;

/// The pause before the second attempt; doubled before each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Calls `attempt` until it gives anything but `Unavailable`, at most three times and never beyond `deadline`. A silent
/// system is not asked again: its silence has used the time up.
///
/// # Errors
/// The last attempt's.
pub async fn repeat_read<T, F>(deadline: Instant, attempt: impl Fn() -> F) -> Result<T, UpstreamError>
where
    F: Future<Output = Result<T, UpstreamError>>,
{
    let mut pause = FIRST_PAUSE;
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(UpstreamError::Unavailable { .. }) if Instant::now() + pause < deadline => {
                sleep(jittered(pause)).await;
                pause *= 2;
            }
            answer => return answer,
        }
    }
    attempt().await
}

/// Between half and all of `pause`, so that callers who failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    let mut byte = [0];
    // Without randomness the pause is whole, which is correct, only less polite.
    let share = if getrandom::fill(&mut byte).is_ok() { u32::from(byte[0]) } else { 255 };
    pause / 2 + pause / 2 * share / 255
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn down() -> UpstreamError {
        UpstreamError::Unavailable { reason: "no connection".to_owned(), in_doubt: false }
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_that_fails_twice_succeeds() {
        let calls = AtomicU32::new(0);
        let answer = repeat_read(Instant::now() + Duration::from_secs(5), || async {
            if calls.fetch_add(1, Ordering::Relaxed) < 2 { Err(down()) } else { Ok(7) }
        })
        .await;
        assert_eq!(answer, Ok(7));
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_is_given_up_after_three_attempts() {
        let calls = AtomicU32::new(0);
        let answer: Result<(), _> = repeat_read(Instant::now() + Duration::from_secs(5), || async {
            calls.fetch_add(1, Ordering::Relaxed);
            Err(down())
        })
        .await;
        assert_eq!(answer, Err(down()));
        assert_eq!(calls.load(Ordering::Relaxed), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_is_not_repeated() {
        let calls = AtomicU32::new(0);
        let refusal = UpstreamError::Refused { code: "3007".to_owned(), message: String::new() };
        let answer: Result<(), _> = repeat_read(Instant::now() + Duration::from_secs(5), || async {
            calls.fetch_add(1, Ordering::Relaxed);
            Err(refusal.clone())
        })
        .await;
        assert_eq!(answer, Err(refusal.clone()));
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn the_pause_is_between_half_and_all() {
        for _ in 0..100 {
            let pause = jittered(Duration::from_millis(100));
            assert!((Duration::from_millis(50)..=Duration::from_millis(100)).contains(&pause), "{pause:?}");
        }
    }
}
