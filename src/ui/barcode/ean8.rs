//! EAN-8 (GS1 General Specifications, 5.2): 67 modules for eight digits.

/// The left-hand patterns of the digits, odd parity, seven modules each; the right-hand ones are their complements.
const LEFT: [u8; 10] = [0x0D, 0x19, 0x13, 0x3D, 0x23, 0x31, 0x2F, 0x3B, 0x37, 0x0B];

/// The symbol's modules, dark is true: guard, four digits, centre, four digits, guard.
pub(super) fn modules(digits: &str) -> Option<Vec<bool>> {
    let bytes = digits.as_bytes();
    if bytes.len() != 8 || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut modules = Vec::with_capacity(67);
    let mut push = |pattern: u8, width: u8| {
        modules.extend((0..width).rev().map(|bit| pattern >> bit & 1 == 1));
    };
    push(0b101, 3);
    for (position, byte) in bytes.iter().enumerate() {
        let left = LEFT[usize::from(byte - b'0')];
        if position == 4 {
            push(0b01010, 5);
        }
        push(if position < 4 { left } else { !left }, 7);
    }
    push(0b101, 3);
    Some(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbol_is_that_of_the_standard() {
        // 9638 5074, the standard's own example.
        let dark: String = modules("96385074")
            .expect("eight digits")
            .into_iter()
            .map(|dark| if dark { '1' } else { '0' })
            .collect();
        let expected = [
            "101", "0001011", "0101111", "0111101", "0110111", "01010", "1001110", "1110010", "1000100",
            "1011100", "101",
        ];
        assert_eq!(dark, expected.concat());
    }

    #[test]
    fn anything_but_eight_digits_has_no_symbol() {
        assert_eq!(modules("1234567"), None);
        assert_eq!(modules("1234567a"), None);
    }
}
