//! `size-budget.toml` as a value: what counts, what may come later, how much is allowed. Does no weighing.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use serde::Deserialize;

/// The limits, in bytes after Brotli 11.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Budget {
    /// More than this fails.
    pub(super) budget_bytes: usize,
    /// What we are after.
    pub(super) target_bytes: usize,
    /// What a host page loads until the preview works.
    pub(super) loaded: Vec<String>,
    /// What of it is loaded before the phone can be typed.
    pub(super) first: Vec<String>,
    /// More than this of `first` fails.
    pub(super) first_budget_bytes: usize,
    /// What the kiosk's page loads before its phone can be typed, which stands in its markup.
    pub(super) kiosk: Vec<String>,
    /// More than this of `kiosk` fails.
    pub(super) kiosk_budget_bytes: usize,
    /// What it does not load on that way.
    pub(super) later: Vec<String>,
    /// What is loaded on another way, and how much each may weigh.
    #[serde(default)]
    pub(super) apart: BTreeMap<String, usize>,
}

impl Budget {
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let budget: Self = toml::from_str(text).context("size-budget.toml")?;
        if budget.target_bytes > budget.budget_bytes {
            bail!("size-budget.toml: the target is above the budget");
        }
        if let Some(name) = budget.first.iter().find(|name| !budget.loaded.contains(name)) {
            bail!("size-budget.toml: {name} comes first but is not loaded");
        }
        Ok(budget)
    }

    /// Every built file must be listed, and every loaded one built, so that no weight hides.
    pub(super) fn account_for(&self, built: &[String]) -> anyhow::Result<()> {
        let lists = [&self.loaded, &self.kiosk, &self.later];
        let listed =
            |name: &String| self.apart.contains_key(name) || lists.iter().any(|list| list.contains(name));
        let unlisted: Vec<&str> = built.iter().filter(|name| !listed(name)).map(String::as_str).collect();
        if !unlisted.is_empty() {
            bail!("dist/ has files that size-budget.toml does not list: {}", unlisted.join(", "));
        }
        let weighed = self.loaded.iter().chain(&self.kiosk).chain(self.apart.keys());
        let absent: Vec<&str> = weighed.filter(|name| !built.contains(name)).map(String::as_str).collect();
        if !absent.is_empty() {
            bail!("size-budget.toml lists files that dist/ does not have: {}", absent.join(", "));
        }
        Ok(())
    }

    /// One sentence on the total; over the budget it is the error.
    pub(super) fn judge(&self, brotli_bytes: usize) -> anyhow::Result<String> {
        let Some(left) = self.budget_bytes.checked_sub(brotli_bytes) else {
            bail!(
                "the widget weighs {brotli_bytes} bytes after Brotli, {} over its budget of {}",
                brotli_bytes - self.budget_bytes,
                self.budget_bytes
            );
        };
        let target = match brotli_bytes.checked_sub(self.target_bytes) {
            None | Some(0) => format!("the target of {} is reached", self.target_bytes),
            Some(over) => format!("{over} above the target of {}", self.target_bytes),
        };
        Ok(format!("{brotli_bytes} bytes of {} ({left} left); {target}", self.budget_bytes))
    }

    /// One sentence on what comes before the phone can be typed; over the budget it is the error.
    pub(super) fn judge_first(&self, brotli_bytes: usize) -> anyhow::Result<String> {
        until_typed("the phone can be typed", brotli_bytes, self.first_budget_bytes)
    }

    /// The same for the kiosk's page.
    pub(super) fn judge_kiosk(&self, brotli_bytes: usize) -> anyhow::Result<String> {
        until_typed("the phone can be typed in a kiosk", brotli_bytes, self.kiosk_budget_bytes)
    }

    /// One sentence on a file that is loaded on another way; over its budget it is the error.
    pub(super) fn judge_apart(&self, name: &str, brotli_bytes: usize) -> anyhow::Result<String> {
        let allowed = self.apart.get(name).copied().unwrap_or_default();
        let Some(left) = allowed.checked_sub(brotli_bytes) else {
            bail!(
                "{name} weighs {brotli_bytes} bytes, {} over its budget of {allowed}",
                brotli_bytes - allowed
            );
        };
        Ok(format!("apart from that {name}: {brotli_bytes} bytes of {allowed} ({left} left)"))
    }
}

fn until_typed(what: &str, brotli_bytes: usize, budget_bytes: usize) -> anyhow::Result<String> {
    let Some(left) = budget_bytes.checked_sub(brotli_bytes) else {
        bail!(
            "{brotli_bytes} bytes come before {what}, {} over their budget of {budget_bytes}",
            brotli_bytes - budget_bytes
        );
    };
    Ok(format!("until {what}: {brotli_bytes} bytes of {budget_bytes} ({left} left)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Budget {
        Budget::parse(
            "budget_bytes = 75\ntarget_bytes = 60\nloaded = [\"a.js\"]\nfirst = [\"a.js\"]\n\
             first_budget_bytes = 14\nkiosk = []\nkiosk_budget_bytes = 14\nlater = [\"index.html\"]",
        )
        .expect("valid")
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_budget_itself_is_allowed_and_one_byte_more_is_not() {
        assert_eq!(
            sample().judge(75).expect("allowed"),
            "75 bytes of 75 (0 left); 15 above the target of 60"
        );
        assert!(sample().judge(76).expect_err("too much").to_string().contains("1 over"));
        assert!(sample().judge(60).expect("allowed").ends_with("is reached"));
    }

    #[test]
    fn an_unlisted_or_an_absent_file_is_refused_by_name() {
        assert!(sample().account_for(&names(&["a.js", "index.html"])).is_ok());
        assert!(sample().account_for(&names(&["a.js"])).is_ok(), "what comes later need not be there");
        let hidden = sample().account_for(&names(&["a.js", "b.js"])).expect_err("hidden");
        assert!(hidden.to_string().contains("b.js"));
        let absent = sample().account_for(&names(&["index.html"])).expect_err("absent");
        assert!(absent.to_string().contains("a.js"));
    }

    #[test]
    fn what_comes_first_has_a_budget_of_its_own() {
        assert_eq!(
            sample().judge_first(14).expect("allowed"),
            "until the phone can be typed: 14 bytes of 14 (0 left)"
        );
        assert!(sample().judge_first(15).expect_err("too much").to_string().contains("1 over"));
    }

    #[test]
    fn what_is_loaded_apart_must_be_there_and_within_its_own_budget() {
        let text = "budget_bytes = 75\ntarget_bytes = 60\nloaded = []\nfirst = []\nfirst_budget_bytes = 14\n\
                    kiosk = []\nkiosk_budget_bytes = 14\nlater = []\n[apart]\n\"frame.js\" = 9\n";
        let budget = Budget::parse(text).expect("valid");
        assert!(budget.account_for(&names(&["frame.js"])).is_ok());
        assert!(budget.account_for(&[]).expect_err("absent").to_string().contains("frame.js"));
        assert!(budget.judge_apart("frame.js", 9).expect("allowed").ends_with("(0 left)"));
        assert!(budget.judge_apart("frame.js", 10).expect_err("too much").to_string().contains("1 over"));
    }

    #[test]
    fn a_misspelled_or_contradictory_file_is_refused() {
        let rest = "loaded = []\nlater = []\nfirst_budget_bytes = 14\nkiosk = []\nkiosk_budget_bytes = 14\n";
        for (wrong, right) in [
            (
                "budget = 75\ntarget_bytes = 60\nfirst = []\n",
                "budget_bytes = 75\ntarget_bytes = 60\nfirst = []\n",
            ),
            (
                "budget_bytes = 50\ntarget_bytes = 60\nfirst = []\n",
                "budget_bytes = 60\ntarget_bytes = 60\nfirst = []\n",
            ),
            (
                "budget_bytes = 60\ntarget_bytes = 60\nfirst = [\"a.js\"]\n",
                "budget_bytes = 60\ntarget_bytes = 60\nfirst = []\n",
            ),
        ] {
            assert!(Budget::parse(&[wrong, rest].concat()).is_err(), "{wrong}");
            assert!(Budget::parse(&[right, rest].concat()).is_ok(), "{right}");
        }
    }
}
