//! What each of the two sites tells, and in which messages.

use super::MessageSource;
use crate::cli::CannotRun;
use crate::outbox::{self, Comparison, Mailing, Notifiable, Record, RenderedMessage};
use crate::render::{Notification, REVIEWED, Review, Wiki, reviews};

/// What customers are told.
pub(super) struct Notifications<'a>(pub Vec<Notification<'a>>);

impl MessageSource for Notifications<'_> {
    fn items(&self) -> Vec<Notifiable> {
        let item = |notification: &Notification<'_>| Notifiable {
            notification_key: notification.key(),
            at: notification.counts_from(),
            fingerprint: notification.fingerprint(),
            is_lasting: notification.is_lasting(),
            is_repeated: notification.is_repeated(),
        };
        self.0.iter().map(item).collect()
    }

    fn messages(&self, before: &Record, comparison: &Comparison, mailing: Option<&Mailing>) -> Vec<RenderedMessage> {
        let messages = outbox::messages(before, comparison, &self.items(), |number| self.0[number].body());
        messages.iter().map(|message| outbox::rendered(message, mailing)).collect()
    }
}

/// What the company is told.
pub(super) struct Reviews(Vec<Review>);

impl Reviews {
    /// The reviewed reports. A mail that cannot lead to its report is none.
    pub(super) fn of(wiki: &Wiki) -> Result<Reviews, CannotRun> {
        match wiki.site.internal.wiki_url {
            Some(_) => Ok(Reviews(reviews(wiki))),
            None => Err(CannotRun(
                "`content/site.yaml` does not say where the wiki is, and mails lead there: add `wiki: { url: … }`"
                    .to_owned(),
            )),
        }
    }
}

impl MessageSource for Reviews {
    fn items(&self) -> Vec<Notifiable> {
        let item = |review: &Review| Notifiable {
            notification_key: review.key.clone(),
            at: review.at,
            fingerprint: REVIEWED.to_owned(),
            is_lasting: true,
            is_repeated: false,
        };
        self.0.iter().map(item).collect()
    }

    fn messages(&self, _: &Record, comparison: &Comparison, mailing: Option<&Mailing>) -> Vec<RenderedMessage> {
        let date = comparison.after.now;
        let reviews = comparison.pending.iter().map(|pending| &self.0[pending.item]);
        reviews.map(|review| outbox::review_message(review, REVIEWED, date, mailing)).collect()
    }
}
