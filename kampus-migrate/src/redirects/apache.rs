//! Redirects for Apache httpd 2.4: rewrite rules for a virtual host or a `.htaccess` file.
//!
//! `RewriteRule` sees the decoded path and `%{QUERY_STRING}` the query as it was sent. All that could mean
//! something to the configuration or to a regular expression is written as `\xHH`: there are no quotes,
//! blanks, `$` or `%` in a pattern.

use super::Rules;

pub(super) fn render(rules: &Rules) -> String {
    let mut text = String::from(
        "# Old addresses and where they lead now. Include this file in the virtual hosts that answer old\n\
         # addresses, or append it to their .htaccess.\n\
         RewriteEngine On\n",
    );
    for (from, to) in rules {
        text.push('\n');
        if let Some(host) = &from.host {
            push_line(
                &mut text,
                &format!("RewriteCond %{{HTTP_HOST}} ^(www\\.)?{}(:[0-9]+)?$ [NC]", literal(host.as_bytes())),
            );
        }
        let query = from.query.as_deref().unwrap_or_default();
        push_line(&mut text, &format!("RewriteCond %{{QUERY_STRING}} ^{}$", literal(query.as_bytes())));
        let path = decoded(from.path.strip_prefix('/').unwrap_or(&from.path));
        let slash = if from.is_folder() { "/?" } else { "" };
        push_line(&mut text, &format!("RewriteRule ^/?{}{slash}$ {to} [R=301,L,QSD]", literal(&path)));
    }
    text
}

/// The bytes behind percent-encoding, as httpd hands them to a rule.
fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// A regular expression for these bytes.
fn literal(bytes: &[u8]) -> String {
    let mut pattern = String::new();
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'=' | b'&' => {
                pattern.push(char::from(*byte));
            }
            b'.' => pattern.push_str("\\."),
            _ => pattern.push_str(&hexadecimal(*byte)),
        }
    }
    pattern
}

fn hexadecimal(byte: u8) -> String {
    format!("\\x{byte:02X}")
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_percent_sign_stays_as_it_is() {
        assert_eq!(decoded("a%C3%A4%zz%4"), b"a\xC3\xA4%zz%4");
    }

    #[test]
    fn nothing_in_a_pattern_means_anything() {
        assert_eq!(literal(b"a b\"$%{X}\n."), r"a\x20b\x22\x24\x25\x7BX\x7D\x0A\.");
    }
}
