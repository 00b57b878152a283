//! A loyalty system's own words, made fit for the log: they may repeat what they were sent, a phone or a key among it.

/// The most characters that are kept.
const LONGEST: usize = 200;

/// The longest word that is not taken for a key.
const LONGEST_WORD: usize = 24;

/// How many digits in a row of words are taken for a phone, a card or a code.
const DIGITS: usize = 5;

/// What stands for a word that is not shown.
const HIDDEN: &str = "…";

/// The words without those that may name somebody: many digits, also across words, and what is long or an address.
pub(super) fn speakable(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let mut said: Vec<&str> = Vec::with_capacity(words.len());
    let mut start = 0;
    while start < words.len() {
        let end = start + words[start..].iter().take_while(|word| digits(word) > 0).count().max(1);
        let run = &words[start..end];
        let is_number = run.iter().map(|word| digits(word)).sum::<usize>() >= DIGITS;
        said.extend(run.iter().map(|word| if is_number || names(word) { HIDDEN } else { *word }));
        start = end;
    }
    said.join(" ").chars().take(LONGEST).collect()
}

fn digits(word: &str) -> usize {
    word.chars().filter(|letter| letter.is_numeric()).count()
}

fn names(word: &str) -> bool {
    word.contains('@') || word.chars().count() > LONGEST_WORD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_makers_say_is_kept() {
        for words in ["Spend can't be more 100", "Client not found.", "Заказ закрыт", ""] {
            assert_eq!(speakable(words), words);
        }
    }

    #[test]
    fn whom_it_may_name_is_not() {
        for (words, said) in [
            ("no guest +79990001122 here", "no guest … here"),
            ("no guest +7 999 000-11-22, sorry", "no guest … … … sorry"),
            ("{\"phone\":79990001122}", "…"),
            ("code 012345 is wrong", "code … is wrong"),
            ("card 2200 7700 1234 5678", "card … … … …"),
            ("guest ivan@example.com", "guest …"),
            ("token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "token …"),
            ("phone +٧٩٩٩٠٠٠١١٢٢", "phone …"),
        ] {
            assert_eq!(speakable(words), said);
        }
        assert_eq!(speakable(&"я ".repeat(1000)).chars().count(), LONGEST);
    }
}
