//! The mail that tells the whole company of a reviewed postmortem.

use super::channels::{RenderedMessage, key};
use super::email::document;
use super::text::{one_line, printable};
use super::{Mail, Mailing, SendReason};
use crate::render::{Review, escape_html};
use crate::time::Time;

/// The messages of reviewed postmortems: mails and nothing else. `date` is when they are sent.
pub fn review_message(review: &Review, fingerprint: &str, date: Time, mailing: Option<&Mailing>) -> RenderedMessage {
    let key = key(&review.code, fingerprint, &SendReason::New);
    let headline = one_line(&review.headline);
    let mail = Mail {
        subject: format!("[{}] {headline}", one_line(&review.brand)),
        text: text(review),
        html: html(review),
        id: key.clone(),
        thread: None,
        site: review.url.clone(),
        date,
    };
    let eml = mailing.map(|mailing| ("email.eml", mailing.message(&mail)));
    let files = [("email.txt", mail.text), ("email.html", mail.html)];
    RenderedMessage { key, headline, is_correction: false, files: files.into_iter().chain(eml).collect() }
}

fn text(review: &Review) -> String {
    let mut parts = vec![one_line(&review.headline), lines(&review.facts)];
    if let Some(compared) = &review.compared {
        let rows = compared.rows.iter().map(|row| {
            let [name, before, now, outcome] = row.each_ref().map(|cell| one_line(cell));
            format!("- {name}: {before} → {now} ({outcome})")
        });
        let rows: Vec<String> = rows.collect();
        parts.push(format!("{}\n{}\n\n{}", heading(&compared.heading), one_line(&compared.said), rows.join("\n")));
    }
    parts.extend(review.parts.iter().map(|(title, text, _)| format!("{}\n{}", heading(title), printable(text))));
    let actions = review.actions.rows.iter().map(|[what, who, when]| {
        let who: Vec<&str> = [&**who, when].into_iter().filter(|word| !word.is_empty()).collect();
        format!("- {} ({})", one_line(what), one_line(&who.join(", ")))
    });
    let actions: Vec<String> = actions.collect();
    parts.push(format!("{}\n{}", heading(&review.actions.heading), actions.join("\n")).trim_end().to_owned());
    parts.push(format!("{}:\n{}", review.more, review.url));
    format!("{}\n", parts.join("\n\n"))
}

fn lines(facts: &[(String, String)]) -> String {
    let lines: Vec<String> = facts.iter().map(|(name, value)| one_line(&format!("{name}: {value}"))).collect();
    lines.join("\n")
}

/// A heading in plain text.
fn heading(text: &str) -> String {
    let text = one_line(text);
    let line = "-".repeat(text.chars().count());
    format!("{text}\n{line}")
}

fn html(review: &Review) -> String {
    let facts = review.facts.iter().map(|(name, value)| [name, value].map(|cell| escape_html(&one_line(cell))));
    let mut body = table(None, facts);
    if let Some(compared) = &review.compared {
        let rows = compared.rows.iter().map(|row| row.each_ref().map(|cell| escape_html(&one_line(cell))));
        body += &format!(
            "<h2>{}</h2>\n<p>{}</p>\n{}",
            escape_html(&compared.heading),
            escape_html(&one_line(&compared.said)),
            table(Some(&compared.columns), rows)
        );
    }
    for (title, _, html) in &review.parts {
        body += &format!("<h2>{}</h2>\n{}\n", escape_html(title), printable(html));
    }
    body += &format!("<h2>{}</h2>\n", escape_html(&review.actions.heading));
    if !review.actions.rows.is_empty() {
        let rows = review.actions.rows.iter().map(|row| row.each_ref().map(|cell| escape_html(&one_line(cell))));
        body += &table(Some(&review.actions.columns), rows);
    }
    body += &format!("<p><a href=\"{}\">{}</a></p>\n", escape_html(&review.url), escape_html(&review.more));
    document(&review.language, &one_line(&review.headline), &body, &escape_html(&one_line(&review.brand)))
}

/// A table; its cells are HTML. Without a line of headings, the first cell of each line is one.
fn table<const N: usize>(columns: Option<&[String; N]>, rows: impl Iterator<Item = [String; N]>) -> String {
    const CELL: &str = "style=\"padding: 2px 12px 2px 0; text-align: start; vertical-align: top\"";
    let head = columns.map(|columns| {
        let cells: String = columns.iter().map(|name| format!("<th {CELL}>{}</th>", escape_html(name))).collect();
        format!("<tr>{cells}</tr>\n")
    });
    let rows = rows.map(|row| {
        let cells = row.iter().enumerate().map(|(place, cell)| match place {
            0 if columns.is_none() => format!("<th {CELL}>{cell}</th>"),
            _ => format!("<td {CELL}>{cell}</td>"),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    });
    format!("<table>\n{}{}</table>\n", head.unwrap_or_default(), rows.collect::<String>())
}
