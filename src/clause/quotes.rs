//! Quotation marks and brackets in a stretch of text.

/// Whether every quotation mark and bracket that opens in a text closes in it.
pub fn is_balanced(text: &str) -> bool {
    let (mut curly, mut angled, mut round) = (0i32, 0i32, 0i32);
    let mut straight = 0;
    for c in text.chars() {
        let depth = match c {
            '“' => (&mut curly, 1),
            '”' => (&mut curly, -1),
            '«' => (&mut angled, 1),
            '»' => (&mut angled, -1),
            '(' => (&mut round, 1),
            ')' => (&mut round, -1),
            '"' => {
                straight += 1;
                continue;
            }
            _ => continue,
        };
        *depth.0 += depth.1;
        if *depth.0 < 0 {
            return false;
        }
    }
    curly == 0 && angled == 0 && round == 0 && straight % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_has_to_close() {
        for (text, balanced) in [
            ("", true),
            ("The port’s tug", true),
            ("“One tug was ordered,” she said", true),
            ("\"One tug was ordered,\" she said", true),
            ("“One tug was ordered", false),
            ("and was sent,” she said", false),
            ("\"One tug", false),
            ("the union (HDU", false),
            ("HDU) said", false),
        ] {
            assert_eq!(is_balanced(text), balanced, "{text}");
        }
    }
}
