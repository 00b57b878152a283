//! The weight of what a host page loads until the preview works. Owns the table; the limits are in `size-budget.toml`.

mod budget;
mod weigh;

use std::fs;

use anyhow::Context;

use crate::workspace::Workspace;
use budget::Budget;
use weigh::Weight;

/// Prints the weights and fails over the budget.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let text =
        fs::read_to_string(workspace.root().join("size-budget.toml")).context("no size-budget.toml")?;
    let budget = Budget::parse(&text)?;
    let dist = workspace.dist();
    let built = weigh::list(&dist).context("nothing to weigh: `cargo xtask build` makes dist/")?;
    budget.account_for(&built)?;
    let mut rows = Vec::new();
    for name in &budget.loaded {
        let content = fs::read(dist.join(name)).with_context(|| format!("dist/{name}"))?;
        rows.push((name.as_str(), Weight::of(&content)?));
    }
    let total = rows.iter().map(|(_, weight)| *weight).sum::<Weight>();
    print!("{}", table(&rows, total));
    let first = rows.iter().filter(|(name, _)| budget.first.iter().any(|first| first == name));
    println!("{}", budget.judge_first(first.map(|(_, weight)| weight.brotli).sum())?);
    for name in budget.apart.keys() {
        let content = fs::read(dist.join(name)).with_context(|| format!("dist/{name}"))?;
        println!("{}", budget.judge_apart(name, Weight::of(&content)?.brotli)?);
    }
    println!("{}", budget.judge(total.brotli)?);
    let mut in_kiosk = 0;
    for name in &budget.kiosk {
        let content = fs::read(dist.join(name)).with_context(|| format!("dist/{name}"))?;
        in_kiosk += Weight::of(&content)?.brotli;
    }
    println!("{}", budget.judge_kiosk(in_kiosk)?);
    Ok(())
}

fn table(rows: &[(&str, Weight)], total: Weight) -> String {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max(5);
    let mut text = format!("{:width$}  {:>9}  {:>9}  {:>9}  bytes\n", "", "raw", "gzip -9", "Brotli 11");
    for (name, weight) in rows.iter().chain(&[("total", total)]) {
        text += &format!("{name:width$}  {:>9}  {:>9}  {:>9}\n", weight.raw, weight.gzip, weight.brotli);
    }
    text
}
