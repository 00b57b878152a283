//! Nothing jumps: no layout shift that a guest did not cause, from the first paint to the confirmed order.

use std::time::Duration;

use sandbox::Fault;
use serde_json::{Value, json};

use crate::browser::Part;
use crate::stage::{IVAN, Stage};

/// Every shift since the page began, by what has moved, but for those within half a second of what the guest did.
const SHIFTS: &str = "
    const [told] = arguments;
    const shifts = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    // What is drawn now is told after the frame after the next.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
      shifts.push(...observer.takeRecords());
      told(shifts.filter(({ hadRecentInput }) => !hadRecentInput).map(({ value, startTime, sources }) =>
        `${value.toFixed(4)} after ${startTime.toFixed()} ms: ` + sources.map(({ node }) =>
          (node?.className || node?.nodeName) ?? 'what is gone').join(', ')));
    }, 100)));
";

/// How much has moved since the page was opened.
pub(super) const ALL_MOVED: &str = "return new Promise((go) => {
    const shifts = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
      shifts.push(...observer.takeRecords());
      go(shifts.reduce((sum, { value }) => sum + value, 0));
    }, 100)));
})";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shifts_from_the_first_paint_to_the_confirmed_order() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().slide_to_most().await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    let shifts = stage.browser.run_until_called(Part::Page, SHIFTS, Vec::new()).await;
    assert_eq!(shifts, Value::Array(Vec::new()));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recalculation_that_comes_late_finds_its_place_kept() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    // Later than what a browser still takes for an answer to what the guest did.
    let late = Fault::Delay(Duration::from_millis(900));
    stage.demo.sandbox().faults().inject("orders/calculate", late, 9);
    stage.restaurant().tick("Сметана, +40 ₽").await;
    stage.preview().asks_for("520 ₽").await;
    let shifts = stage.browser.run_until_called(Part::Page, SHIFTS, Vec::new()).await;
    assert_eq!(shifts, Value::Array(Vec::new()));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_would_be_seen() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    let push =
        "document.body.prepend(Object.assign(document.createElement('div'), { innerHTML: '<p>push</p>' }))";
    stage.browser.run(push, Vec::new()).await;
    let shifts = stage.browser.run_until_called(Part::Page, SHIFTS, Vec::new()).await;
    assert_ne!(shifts, json!([]));
    let moved = stage.browser.run(ALL_MOVED, Vec::new()).await;
    assert!(moved.as_f64() > Some(0.0), "{moved}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_widgets_own_page_moves_while_it_loads() {
    for page in ["/embed", "/embed?restaurant=pirogi", "/kiosk?restaurant=pirogi"] {
        let stage = Stage::at(page).await;
        stage.browser.hears("loyalty-ready", 1).await;
        stage.browser.is_drawn().await;
        assert_eq!(stage.browser.run(ALL_MOVED, Vec::new()).await, json!(0), "{page}");
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_restaurants_page_moves_while_the_widget_loads() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.is_drawn().await;
    assert_eq!(stage.browser.run(ALL_MOVED, Vec::new()).await, json!(0));
    stage.finish().await;
}
