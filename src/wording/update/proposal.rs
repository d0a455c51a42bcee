//! What to write instead, in words that customers can use.

use crate::diagnostic::Code;

/// What to do about a finding, with a sentence to copy.
pub fn proposal(code: Code) -> &'static str {
    match code {
        Code::TimeOfRepair => {
            "say when you will write again, not when it will work: \"We are working on it and will write again by \
             16:30 UTC.\""
        }
        Code::Soon => "name a time, and set `next_update` to it: \"We will write again by 16:30 UTC.\"",
        Code::PromisedRepair => {
            "tell of a step once it is done: \"We are looking for the cause.\", and later \"We have undone the change \
             of 14:00 UTC.\""
        }
        Code::Guarantee => {
            "say what you have seen, and until when: \"Since 15:40 UTC we have seen no more failed payments.\", \"We \
             have found no lost order so far and are still checking.\""
        }
        Code::VendorBlamed => {
            "own it, since customers chose you: \"A service that we depend on answers slowly, and so do our pages. \
             We are working around it.\""
        }
        Code::Guess => "say what you know and what you do not: \"We do not know the cause yet.\"",
        Code::NoOutage => "say what does not work, and for whom: \"One in ten payments fails.\"",
        Code::Belittled => {
            "let customers judge, and give the measure: \"Between 14:05 and 14:25 UTC one in ten payments failed.\""
        }
        Code::InternalDetail => {
            "say what customers see: \"Payments fail for some of you.\"; if everybody may know it, add it to \
             `privacy.allow` in `content/site.yaml`"
        }
        _ => "say it in the words of those who wait",
    }
}
