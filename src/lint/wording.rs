//! BL001 to BL014: wording that looks for somebody at fault, in postmortems.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::{At, Document, PostmortemDoc};
use crate::markdown::{Prose, Switch, prose};
use crate::model::Site;
use crate::wording::{PostmortemPart, Rules, WordingFinding, WordingSettings, is_person, question};

/// What holds for every postmortem of the site.
pub(super) fn common(site: &Site) -> WordingSettings {
    let internal = &site.internal;
    let codes = |names: &[String]| names.iter().filter_map(|name| Code::from_word(name)).collect::<BTreeSet<_>>();
    let words = internal.wording.words.iter();
    let words = words.filter_map(|(name, phrases)| Some((Code::from_word(name)?, phrases.clone())));
    WordingSettings {
        off: codes(&internal.wording.off),
        on: codes(&internal.wording.on),
        people: [&internal.wording.people[..], &internal.private_people].concat(),
        words: words.collect::<BTreeMap<_, _>>(),
        factors: 0,
    }
}

/// What the rules say of a postmortem.
pub(super) fn postmortem(document: &Document, common: &WordingSettings) -> Vec<Diagnostic> {
    let doc = PostmortemDoc::read(document);
    // Old texts are as they are.
    if doc.imported == Some(true) {
        return Vec::new();
    }
    let mut settings = common.clone();
    settings.people.extend(people(&doc));
    settings.factors = doc.factors.len();
    let rules = Rules::new(settings);
    let mut advice = Vec::new();
    for (text, part) in texts(&doc) {
        let findings = rules.findings(&Prose::plain(&text.value), part);
        let mut places = document.phrase_places(&text.path);
        advice.extend(findings.iter().map(|finding| diagnostic(finding, places.of(&finding.phrase))));
    }
    let body = prose(document.body());
    let findings = rules.findings(&body, PostmortemPart::Other);
    advice.extend(findings.iter().map(|finding| diagnostic(finding, document.place_in_body(finding.at.clone()))));
    let place = |switch: &Switch| document.place_in_body(switch.at.clone());
    advice.extend(body.switches.iter().flat_map(|switch| unknown_rules(switch, &place(switch))));
    advice
}

/// Those of whom the postmortem says that they took part. Teams and roles may be named.
fn people(doc: &PostmortemDoc) -> Vec<String> {
    let named = [&doc.owner, &doc.commander, &doc.scribe].into_iter().flatten();
    let responders = doc.responders.iter().map(|name| &name.value);
    named.chain(responders).filter(|name| is_person(name)).cloned().collect()
}

/// The texts of the front matter that tell a story.
fn texts(doc: &PostmortemDoc) -> impl Iterator<Item = (&At<String>, PostmortemPart)> {
    let causes = [&doc.title, &doc.trigger, &doc.cause].into_iter().flatten();
    let causes = causes.chain(&doc.factors).map(|text| (text, PostmortemPart::Other));
    let actions = doc.actions.iter().filter_map(|action| action.text.as_ref()).chain(&doc.process_change);
    causes.chain(actions.map(|text| (text, PostmortemPart::Actions)))
}

fn diagnostic(finding: &WordingFinding, place: Place) -> Diagnostic {
    let message = format!("{}: `{}`", subject(finding.code), finding.phrase);
    let advice = Diagnostic { severity: finding.severity, ..Diagnostic::warning(finding.code, message) };
    advice.at(place).help(question(finding.code))
}

/// What the phrase is, in a few words.
fn subject(code: Code) -> &'static str {
    match code {
        Code::HumanError => "an error of people is where the questions begin",
        Code::Judgement => "this judges people",
        Code::ShouldHave => "this tells what did not happen",
        Code::FailedTo | Code::DidNot => "this tells what somebody did not do",
        Code::IfOnly | Code::WouldHave => "this tells of what might have been",
        Code::BeMoreCareful => "care is no remedy",
        Code::PersonNamed => "this names a person",
        Code::Accidentally => "this tells of somebody's slip",
        Code::Hindsight => "this is plain only afterwards",
        Code::PoorWork => "this grades the work and does not say what was missing",
        Code::OneRootCause => "there is seldom one root cause",
        _ => "this is worth another word",
    }
}

/// The rules that a comment switches off and that do not exist.
pub(super) fn unknown_rules(switch: &Switch, place: &Place) -> Vec<Diagnostic> {
    let known: Vec<&str> = Code::ALL.iter().filter(|code| code.is_wording()).map(|code| code.as_str()).collect();
    let unknown = switch.rules.iter().filter(|rule| !known.contains(&rule.as_str()));
    let warnings = unknown.map(|rule| {
        let warning = Diagnostic::warning(Code::UnknownWord, format!("this switches off `{rule}`, which is no rule"));
        let help = did_you_mean(rule, known.iter().copied()).unwrap_or_else(|| format!("one of {}", known.join(", ")));
        warning.at(place.clone()).help(help)
    });
    warnings.collect()
}
