//! The stable codes of the diagnostics.

/// Declares the codes once: variant, code, name, what it says.
macro_rules! codes {
    ($($variant:ident $code:literal $name:literal $meaning:literal;)*) => {
        /// The stable code of a kind of fault. Codes are never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code as printed, such as `C006`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }

            /// The code that is printed so.
            pub fn from_word(word: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str() == word)
            }

            /// Whether it is a rule about wording, of postmortems or of updates, which a site can switch off.
            pub fn is_wording(self) -> bool {
                self.as_str().starts_with("BL") || self.is_about_updates()
            }

            /// Whether it is a rule about words to customers, and about when they come.
            pub fn is_about_updates(self) -> bool {
                self.as_str().starts_with("CU")
            }

            /// Whether it looks for phrases, so that a site can add some.
            pub fn has_phrases(self) -> bool {
                self.is_wording() && !matches!(self, Code::NextWordLate | Code::PromiseLate | Code::NothingOfData)
            }

            /// A short name, such as `unknown-component`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What it says, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    YamlSyntax "C001" "yaml-syntax" "The YAML cannot be read: a tab, an unclosed quote, a wrong indent.";
    UnknownKey "C002" "unknown-key" "A key that this kind of file does not have.";
    MissingKey "C003" "missing-key" "A key that this kind of file must have is absent.";
    WrongType "C004" "wrong-type" "A value of another type than the key wants.";
    DuplicateKey "C005" "duplicate-key" "The same key twice in one mapping.";
    UnknownComponent "C006" "unknown-component" "A component that `site.yaml` does not list.";
    UnknownStatus "C007" "unknown-status" "A status that does not exist.";
    UnknownImpact "C008" "unknown-impact" "An impact that does not exist.";
    UnknownWord "C009" "unknown-word" "A word outside the list that a key allows.";
    TimeWithoutOffset "C010" "time-without-offset" "A time that does not say its offset from UTC.";
    ImpossibleTime "C011" "impossible-time" "A date or time that no calendar or clock has.";
    YearOutOfRange "C012" "year-out-of-range" "A year with too many digits, or outside 1970 to 9999.";
    MalformedTime "C013" "malformed-time" "Text that is no time or date at all.";
    UpdatesOutOfOrder "C014" "updates-out-of-order" "An update that is older than the one above it.";
    UpdateBeforeStart "C015" "update-before-start" "A first update that is older than the incident's start.";
    UpdateAfterResolved "C016" "update-after-resolved" "An update after the last word that does not reopen the entry.";
    EndsBeforeStart "C017" "ends-before-start" "A window that ends before it starts, or at once.";
    DuplicateId "C018" "duplicate-id" "An id used twice for the same kind of thing.";
    InvalidId "C019" "invalid-id" "An id that cannot stand in a URL.";
    EmptyTitle "C020" "empty-title" "A title or name without text.";
    EmptyBody "C021" "empty-body" "An update or a template without text.";
    UnknownGroup "C022" "unknown-group" "A component's group that `groups` does not list.";
    InvalidUtf8 "C023" "invalid-utf8" "Bytes that are not UTF-8.";
    FileTooLarge "C024" "file-too-large" "A content file of more than 1 MiB.";
    BrokenLink "C025" "broken-link" "A link to a page or file of this site that does not exist.";
    FrontMatter "C026" "front-matter" "A Markdown file whose front matter is absent or not closed.";
    UnexpectedFile "C027" "unexpected-file" "A file that Candor does not read.";
    InvalidDuration "C028" "invalid-duration" "A duration that is not a number with a unit.";
    UnknownTimezone "C029" "unknown-timezone" "A time zone that the IANA database does not list.";
    InvalidUrl "C030" "invalid-url" "An address that is not an absolute http or https URL.";
    NoSiteFile "C031" "no-site-file" "The folder has no `content/site.yaml`.";
    PathTaken "C032" "path-taken" "Two things that would be published at the same path.";
    SymbolicLink "C033" "symbolic-link" "A symbolic link, which is not followed.";
    FutureUpdate "C034" "future-update" "An update or a mark that lies in the future.";
    EmptyList "C035" "empty-list" "A list that needs at least one entry has none.";
    UnknownLanguage "C036" "unknown-language" "A language without a file of messages.";
    Theme "C037" "theme" "A theme file that cannot be used.";
    UnsafeLink "C038" "unsafe-link" "A link whose scheme is not allowed.";
    SharedFate "C039" "shared-fate" "The status page lies under the product's own domain.";
    PromiseInPast "C040" "promise-in-past" "A next update that is due before the update that promises it.";
    RawHtml "C041" "raw-html" "HTML in Markdown, which is shown as text.";
    OutOfRange "C042" "out-of-range" "A number outside its range.";
    ForeignPicture "C043" "foreign-picture" "A picture on another host, which is shown as a link.";
    Leak "C044" "leak" "Something internal that the public site would tell.";
    UnknownPostmortem "C045" "unknown-postmortem" "A relation to a postmortem that does not exist.";
    UnknownIncident "C046" "unknown-incident" "A postmortem of an incident that does not exist.";
    UnknownSeverity "C047" "unknown-severity" "A severity that `site.yaml` does not list.";
    RecurrenceOrder "C048" "recurrence-order" "A recurrence of itself, of a later one, or in a circle.";
    MarkOutOfOrder "C049" "mark-out-of-order" "A mark before the start or after the resolution.";
    MarksFarApart "C050" "marks-far-apart" "Marks so far apart that a year must be wrong.";
    UnusualMarks "C051" "unusual-marks" "Marks in an order that is possible, but unusual.";
    ExternalMessage "C052" "external-message" "A postmortem that is to be published and lacks what that needs.";
    UnreadTimelineTime "C053" "unread-timeline-time" "A time in a timeline that cannot be read.";
    MissingSection "C054" "missing-section" "A section that a postmortem of this severity should have.";
    NoBetter "C055" "no-better" "A recurrence that went no better than the last one, and nothing is said to change.";
    UnansweredLikeness "C056" "unanswered-likeness" "A postmortem that looks like an earlier one, and does not say whether it is the same cause.";
    CannotCompare "C057" "cannot-compare" "A recurrence that cannot be compared with the last one.";
    PostmortemOverdue "C058" "postmortem-overdue" "An incident whose postmortem is late and not begun.";
    ActionOverdue "C059" "action-overdue" "An action of a postmortem that was to be done before today.";
    ExternalMessageAdvised "C060" "external-message-advised" "A long outage of the product, of whose reasons customers are not told.";
    PostmortemUnfinished "C061" "report-unfinished" "A postmortem that is still a draft after it was due.";
    PrivatePattern "C062" "private-pattern" "A text in `privacy` that cannot be searched for, or that would forbid the page itself.";
    OpenButOperational "C063" "open-but-operational" "An open incident while every component that it touches works.";
    TouchesEverything "C064" "touches-everything" "An incident that names every component of the site.";
    LeftOpen "C065" "left-open" "An open incident of which nothing has been said for days.";
    WindowOverrun "C066" "window-overrun" "Planned work that still runs after its window.";
    WindowUnconfirmed "C067" "window-unconfirmed" "Planned work whose window passed without a word.";
    ImpactDisagrees "C068" "impact-disagrees" "An impact that the components contradict.";
    WatchedWhileDown "C069" "watched-while-down" "A repair that is being watched while a component is still down.";
    UnknownBlank "C070" "unknown-blank" "A word in braces in a template that nothing fills in.";
    Draft "C075" "draft" "An entry that is a draft, and so is not published.";
    WindowCannotMove "C076" "window-cannot-move" "An update that moves planned work to where it cannot be.";
    SilentUpdate "C077" "silent-update" "An update without text that ends nothing.";
    Recurrence "C078" "recurrence" "A rule for recurring work that cannot be followed.";
    UnknownOccurrence "C079" "unknown-occurrence" "An update of recurring work that names none of its times, or one of work that is not repeated.";
    ComponentEnded "C080" "component-ended" "Something that goes on, or is planned, on a component after its end.";
    SectionEnd "C090" "section-end" "A section for the public that may not end where its author sees it end.";
    BrokenComment "C091" "broken-comment" "A comment in Markdown that ends elsewhere than it seems.";
    InvalidColour "C095" "invalid-colour" "A colour that is not written as one.";
    LowContrast "C096" "low-contrast" "A colour that cannot be read on the pages.";
    MissingFile "C097" "missing-file" "A file that the settings name and that is not there.";
    InvalidAddition "C098" "invalid-addition" "A script, an attribute of it, or a host that the pages cannot be given.";
    MessagesDiffer "C099" "messages-differ" "Words of a language that are missing, or that nothing prints or fills in.";
    WordingOff "C100" "wording-off" "The rules of wording, which know English alone, on a site in another language.";
    Untranslated "C101" "untranslated" "A text that readers see now, and that a language of the site does not have.";
    LanguageNotSpoken "C102" "language-not-spoken" "A language that the site does not speak, or a text without its main one.";
    EndedBeforeBegun "C103" "ended-before-begun" "Planned work that is said to be done before it has begun.";
    EndlessAnnouncement "C104" "endless-announcement" "An announcement without an end that has stood on home for long.";
    TooDeep "C105" "nested-too-deeply" "Lists and quotations in each other, deeper than any page can show.";
    SecretFile "C106" "secret-file" "A file in `content/static` that looks as if nobody should read it.";
    BeginningUnknown "C107" "beginning-unknown" "An incident of which nothing is told but its end.";
    CapacityStale "C108" "capacity-stale" "A service of which nobody has looked for long how much more it can carry.";
    HumanError "BL001" "human-error" "A person's error given as the cause.";
    Judgement "BL002" "judgement" "A word that judges people.";
    ShouldHave "BL003" "should-have" "What somebody should have done.";
    FailedTo "BL004" "failed-to" "A person who failed or forgot to do something.";
    DidNot "BL005" "did-not" "A person who did not notice, check or follow something.";
    IfOnly "BL006" "if-only" "What would have been if somebody had acted otherwise.";
    BeMoreCareful "BL007" "be-more-careful" "A call for more care where a change of the system belongs.";
    PersonNamed "BL008" "person-named" "The name of a person.";
    Accidentally "BL010" "accidentally" "A person who did something by accident.";
    Hindsight "BL011" "hindsight" "What is plain only to those who know how it ended.";
    PoorWork "BL012" "poor-work" "Work called poor without what made it so.";
    OneRootCause "BL013" "one-root-cause" "One root cause where several things contributed.";
    WouldHave "BL014" "would-have" "What would or could have been, where the facts belong.";
    TimeOfRepair "CU001" "time-of-repair" "A time of repair promised to customers.";
    Soon "CU002" "soon" "A word such as `soon` that tells customers no time.";
    PromisedRepair "CU003" "promised-repair" "A repair promised while the cause is not known.";
    Guarantee "CU004" "guarantee" "A promise that nobody can keep, or that comes before it can be known.";
    VendorBlamed "CU005" "vendor-blamed" "Another company named as the one at fault.";
    Guess "CU006" "guess" "A guess told to customers.";
    NoOutage "CU007" "no-outage" "The word outage where nothing is down altogether.";
    Belittled "CU008" "belittled" "A word that makes the trouble of customers small.";
    InternalDetail "CU009" "internal-detail" "A detail of the inside in words to customers.";
    NextWordLate "CU010" "next-word-late" "An open incident whose next word is late, or not announced.";
    PromiseLate "CU011" "promise-late" "An update that came later than it was promised.";
    NothingOfData "CU012" "nothing-of-data" "A grave incident resolved without a word on data and what is left.";
}
