//! Other companies, by name and by what they are to us.

use std::sync::LazyLock;

use regex::Regex;

/// Names whose capitals set them apart from words of every day. A bare name is mostly that of a product or of a
/// component; the rules want a word of blame beside it.
const NAMES: &str = "(?-i:Adyen|AKS|Akamai|Amazon|Apple|Atlassian|Auth0|AWS|Azure|Backblaze|Bitbucket|Braintree|CircleCI|CloudBees\
    |Cloudflare|CloudFlare|CloudFront|Cogent|Datadog|DigitalOcean|Docker(?: |)Hub|DynDNS|Elastic Cloud|Equinix|Exoscale|Facebook|Fastly\
    |GCP|GitHub|Github|GitLab|GoDaddy|Google(?: Cloud)?|Heroku|Hetzner|IBM(?: Cloud)?|JFrog|Jfrog|Klarna|Let['’]s Encrypt|Linode\
    |Linux Foundation|Lumen|Mailchimp|Mailgun|MessageBird|Meta|Microsoft|Mollie|MongoDB Atlas|Netlify|npm|NS1|Okta|OneLogin|Oracle(?: Cloud)?|OVH(?:cloud)?\
    |PagerDuty|PayPal|Postmark|Quay|Rackspace|Red Hat|Salesforce|Scaleway|SendGrid|Sendgrid|Sentry|Shopify|Slack|SparkPost|Stripe\
    |Telekom|Travis CI|Twilio|Vercel|Verizon|Vodafone|Vonage|Worldpay|Zendesk|aws|azure|cloudflare|fastly|github)";

/// Companies without a name.
const KINDS: &str = "(?:(?:third[- ]party|upstream|external|hosting|cloud|dns|cdn|payments?|e-?mail|sms|text|network|internet|storage\
    |infrastructure|service|identity|data ?cent(?:er|re)|telecom|shipping|card)(?: [a-z]+)? (?:providers?|vendors?|suppliers?|partners?|carriers?|processors?)\
    |(?:our|a|the) (?:provider|vendor|supplier|hoster|registrar|isp)s?|third part(?:y|ies))";

/// A pattern for either.
pub(super) fn any() -> String {
    format!("(?:{NAMES}|{KINDS})(?:['’]s)?")
}

/// The names in a phrase.
pub(super) fn names_in(phrase: &str) -> impl Iterator<Item = &str> {
    #[expect(clippy::expect_used, reason = "the pattern is a constant")]
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| Regex::new(NAMES).expect("a pattern of ours"));
    PATTERN.find_iter(phrase).map(|found| found.as_str())
}
