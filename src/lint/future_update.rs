//! C034: an update of an incident that lies in the future is not shown yet. Mostly it is a slip of
//! the date or the offset, and customers would wait for a word that was already written.

use super::Open;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Site;
use crate::time::Time;
use crate::yaml::Step;

pub(super) fn check(site: &Site, open: &Open<'_>, now: Time) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for record in &site.incidents {
        let incident = &record.incident;
        let shown = incident.updates.partition_point(|update| update.at <= now);
        for (index, update) in incident.updates.iter().enumerate().skip(shown) {
            let path = vec![Step::Key("updates".into()), Step::Index(index), Step::Key("at".into())];
            open("incidents", &incident.id, &mut |document| {
                let message = format!("this update lies in the future and is not shown before {}", update.at.rfc3339());
                let fault = Diagnostic::warning(Code::FutureUpdate, message).at(document.place(&path));
                advice.push(fault.help(format!("check the time and its offset; now is {}", now.rfc3339())));
            });
        }
    }
    advice
}
