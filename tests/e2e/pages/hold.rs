//! The time for which a confirmed order is held.

use crate::browser::Area;

/// What is to be read beside the time left.
const LABEL: &str = "Осталось на оформление";

/// The hold of a confirmed order.
#[derive(Clone, Copy)]
pub(crate) struct Hold<'a> {
    widget: Area<'a>,
}

impl<'a> Hold<'a> {
    pub(crate) const fn new(widget: Area<'a>) -> Self {
        Self { widget }
    }

    /// Waits until the time left lies between these seconds, both included.
    pub(crate) async fn is_between(self, least_s: u32, most_s: u32) {
        self.widget
            .until(&format!("holds for {least_s} to {most_s} s"), async |_| {
                self.left_s().await.is_some_and(|left_s| (least_s..=most_s).contains(&left_s))
            })
            .await;
    }

    /// Waits until the guest is warned that less than this is left.
    pub(crate) async fn warns(self, less_than: &str) {
        let sentence = format!("Осталось меньше {less_than}.");
        self.widget
            .until(&format!("announces “{sentence}”"), async |area| {
                area.names("status").await.iter().any(|said| said.starts_with(&sentence))
            })
            .await;
    }

    /// Whether nothing is shown of a time.
    pub(crate) async fn is_absent(self) -> bool {
        self.left_s().await.is_none()
    }

    /// Begins the hold anew; the guest is asked to confirm again.
    pub(crate) async fn extend(self) {
        self.widget.press("Продлить").await;
    }

    /// The seconds left, where any are shown.
    pub(crate) async fn left_s(self) -> Option<u32> {
        let shown = self.widget.line(LABEL).await?;
        let (minutes, seconds) = shown.split_once(':')?;
        Some(minutes.parse::<u32>().ok()? * 60 + seconds.parse::<u32>().ok()?)
    }
}
