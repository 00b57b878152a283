//! How long a calculation takes, for orders of 5 to 5,000 lines.
//!
//! The throughput criterion prints is in lines: linear cost shows as the same figure for every size, and the five-line
//! calculations a second are a fifth of the first one.

use std::collections::HashSet;
use std::hint::black_box;

use contract::{Money, Quantity};
use criterion::{BenchmarkId, Criterion, Throughput};
use loyalty::{Expedition, Guest, Line, Moment, Order, Programme, calculate};

/// The demo's programme: a gift, a promo code and a discount, in that order.
const DEMO: &str = include_str!("../../sandbox/src/seed/demo_programme.json");

/// The documented example: twelve campaigns of every kind, and lines left out of both payment and accrual.
const EXAMPLE: &str = include_str!("../../../docs/programme.example.json");

/// The menu's groups. Both programmes give a drink, and the example makes more of each of the others.
const CATEGORIES: [&str; 5] = ["Пироги", "Напитки", "Горячее", "Десерты", "Вина"];

/// Wednesday, 2026-03-04 13:00 in Moscow: the example's weeks, days and hours are all on.
const OPENED_AT: Moment = Moment::from_unix_s(1_772_618_400);

/// A cheque of `count` lines, each a dish of its own at 149.00 to 589.00.
fn order(count: usize) -> Order {
    let prices = (0..).map(|number| 14_900 + number * 7_300 % 44_100);
    let line = |(number, minor): (usize, i64)| Line {
        code: format!("dish-{number}"),
        categories: vec![CATEGORIES[number % CATEGORIES.len()].to_owned()],
        quantity: Quantity::ONE,
        price: Money::from_minor(minor),
        cost: Money::from_minor(minor),
    };
    Order::new((0..count).zip(prices).map(line).collect(), Expedition::Delivery, OPENED_AT)
        .expect("a possible order")
}

/// A guest of the second rank with a balance, who holds, has activated and has bought all there is.
fn guest(programme: &Programme) -> Guest {
    let ids: HashSet<String> = programme.campaigns.iter().map(|campaign| campaign.id.clone()).collect();
    Guest {
        balance: Money::from_minor(123_058),
        rank_index: 1.min(programme.ranks.len() - 1),
        privileges: ids.clone(),
        activated: ids.clone(),
        bought: ids,
        ..Guest::default()
    }
}

fn calculations(criterion: &mut Criterion) {
    for (name, json, code) in [("demo", DEMO, "PROMOCODE1"), ("example", EXAMPLE, "ВЕСНА26")] {
        let programme = Programme::from_json(json).expect("a valid programme");
        let (guest, codes) = (guest(&programme), [code.to_owned()]);
        let mut group = criterion.benchmark_group(name);
        for count in [5, 50, 500, 5_000] {
            let order = order(count);
            group.throughput(Throughput::Elements(count as u64));
            group.bench_with_input(BenchmarkId::from_parameter(count), &order, |bencher, order| {
                bencher.iter(|| calculate(black_box(&programme), black_box(order), Some(&guest), &codes));
            });
        }
        group.finish();
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    calculations(&mut criterion);
    criterion.final_summary();
}
