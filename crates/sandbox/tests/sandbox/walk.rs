//! Ten thousand random walks through the lives of guests and orders, each step held against a model.
//!
//! After each step what was refused has left no trace and the wallets are the model's; after each walk the books hold
//! together and tell the same story as the model.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::test_runner::{Config, TestRunner};

use crate::books::Books;
use crate::stand::Stand;
use step::{Step, steps};
use walker::Walker;

mod model;
mod step;
mod story;
mod walker;

/// Walks that share a sandbox, each with guests and orders of its own: making one takes longer than a walk, and checking
/// the books of many takes longer still.
const WALKS_A_SANDBOX: u32 = 20;

/// The walks of each test: one test of all would leave a processor idle, and take longer than a test may.
const THOUSAND: u32 = 1_000;

/// How often steps were accepted, and refused with each code.
type Outcomes = HashMap<Option<&'static str>, u32>;

/// Where the walks go on.
struct Ground {
    stand: Stand,
    books: Books,
    walks: u32,
}

impl Ground {
    async fn new() -> Self {
        let stand = Stand::with_programme(include_str!("walk/programme.json")).await;
        Self { books: Books::of(&stand), stand, walks: 0 }
    }

    async fn walk(&mut self, steps: &[Step]) -> Outcomes {
        self.walks += 1;
        let mut walker = Walker::new(&mut self.stand, &self.books, self.walks);
        for (index, step) in steps.iter().enumerate() {
            walker.take(index, *step).await;
        }
        walker.tell().await;
        let outcomes = walker.outcomes;
        self.stand.sandbox.check().expect("the books hold together");
        outcomes
    }
}

fn walk_often(walks: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let ground = RefCell::new(None);
    let outcomes = RefCell::new(Outcomes::new());
    let config = Config { cases: walks, source_file: Some(file!()), ..Config::default() };
    let result = TestRunner::new(config).run(&steps(), |steps| {
        // A walk that fails takes its sandbox with it: the next begins on books that hold together.
        let taken: Option<Ground> = ground.take();
        let fresh = taken.filter(|ground| ground.walks < WALKS_A_SANDBOX);
        runtime.block_on(async {
            let mut walked = match fresh {
                Some(ground) => ground,
                None => Ground::new().await,
            };
            for (outcome, count) in walked.walk(&steps).await {
                *outcomes.borrow_mut().entry(outcome).or_default() += count;
            }
            ground.replace(Some(walked));
        });
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    // As many steps succeed as walks are taken, and more; and each way to be refused is taken often.
    let outcomes = outcomes.into_inner();
    println!("{outcomes:?}");
    assert!(outcomes[&None] > 4 * walks, "{outcomes:?}");
    for code in ["1001", "1002", "1013", "1014", "3007", "9004"] {
        assert!(outcomes.get(&Some(code)).is_some_and(|count| *count > walks / 100), "{code}: {outcomes:?}");
    }
}

#[test]
fn the_first_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_second_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_third_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_fourth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_fifth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_sixth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_seventh_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_eighth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_ninth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}

#[test]
fn the_tenth_thousand_of_ten_thousand_walks_agrees_with_the_model() {
    walk_often(THOUSAND);
}
