//! Days of the week beside a day: `Samstag, 3. Januar`, `1月3日（土）`. They say nothing that the day does not.

/// The days, each as it is written in English, German, French, Spanish, Portuguese, Italian and Dutch. What is short for a month
/// too, such as `mar`, is left to the month.
const DAYS: [&str; 7] = [
    "mon monday montag lundi lun lunes segunda lunedì lunedi maandag",
    "tue tues tuesday dienstag mardi martes terça terca martedì martedi dinsdag",
    "wed wednesday mittwoch mercredi mer miércoles miercoles mié quarta mercoledì mercoledi woensdag",
    "thu thur thurs thursday donnerstag jeudi jeu jueves jue quinta giovedì giovedi gio donderdag",
    "fri friday freitag vendredi ven viernes vie sexta venerdì venerdi vrijdag",
    "sat saturday samstag sonnabend samedi sam sábado sabado sáb sabato sab zaterdag",
    "sun sunday sonntag dimanche dim domingo dom domenica zondag",
];

/// What short words are for a day only with their point: `Sa., 3. Januar`.
const SHORT: [&str; 7] = ["mo.", "di.", "mi.", "do.", "fr.", "sa.", "so."];

/// `月曜日`, `（月）`, `周一`, `星期一`, `월요일`
const SIGNS: &str = "月火水木金土日一二三四五六월화수목금토일";

/// Whether a word is a day of the week.
pub(in crate::import) fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    DAYS.iter().any(|names| names.split(' ').any(|name| name == word))
}

/// What follows a day of the week.
pub(super) fn after_weekday(text: &str) -> &str {
    if let Some(rest) = signs(text) {
        return rest.trim_start_matches(['、', ',', ' ']);
    }
    let short = text.get(..3).filter(|short| SHORT.contains(&&*short.to_lowercase()));
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = match short {
        Some(_) => &text[3..],
        None if is_weekday(&text[..end]) => text[end..].strip_prefix("-feira").unwrap_or(&text[end..]),
        None => return text,
    };
    rest.trim_start_matches(['.', ',', ' '])
}

/// What follows a day of the week that stands behind a day: in brackets, or after a comma.
pub(super) fn without_weekday(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', ',']);
    let opened = rest.strip_prefix(['(', '（', '[']);
    let inner = opened.unwrap_or(rest);
    let named = Some(after_weekday(inner)).filter(|named| named.len() < inner.len());
    match opened {
        // A single sign is one only in brackets.
        Some(_) => named.or_else(|| single(inner)).and_then(|rest| rest.strip_prefix([')', '）', ']'])).unwrap_or(text),
        None => named.unwrap_or(text),
    }
}

/// `月曜日`, `周一`, `월요일`
fn signs(text: &str) -> Option<&str> {
    let first = text.strip_prefix('周').or_else(|| text.strip_prefix("星期")).or_else(|| text.strip_prefix("週"));
    match first {
        Some(rest) => single(rest),
        None => {
            let rest = single(text)?;
            ["曜日", "요일", "曜"].iter().find_map(|end| rest.strip_prefix(end))
        }
    }
}

fn single(text: &str) -> Option<&str> {
    text.strip_prefix(|c: char| SIGNS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_week_is_one_in_every_language() {
        // As the languages of the pages have them.
        for days in [
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sonnabend",
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
            "lunes martes miércoles jueves viernes sábado domingo",
            "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
            "lunedì martedì mercoledì giovedì venerdì sabato domenica",
            "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
            "Mo. Di. Mi. Do. Fr. Sa. So.",
            "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
            "星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周日",
            "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        ] {
            for day in days.split(' ') {
                assert_eq!(after_weekday(&format!("{day}, 3")), "3", "{day}");
                assert_eq!(without_weekday(&format!(" ({day}) 10:00")), " 10:00", "{day}");
            }
        }
        assert_eq!(without_weekday("（水）10:00"), "10:00");
    }

    #[test]
    fn what_is_no_day_of_the_week_stays() {
        for text in ["Mar 3", "So 10:00", "3. Januar", "月 3", "", "(beta) 10:00", "Sunny, 3"] {
            assert_eq!([after_weekday(text), without_weekday(text)], [text; 2], "{text}");
        }
    }
}
