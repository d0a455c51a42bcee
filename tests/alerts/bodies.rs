//! One alarm in each format that is in the program, open and over, written by the documentation of its monitor.

use candor::alert::{Alarm, AlarmState, AlertFormat, PRESETS, read};
use candor::time::Time;

/// The bodies of a format: one of an alarm that goes on, one of the same when it is over, and what both have as labels.
struct Case {
    format: &'static str,
    open: &'static str,
    over: &'static str,
    key: &'static str,
    label: (&'static str, &'static str),
    /// Whether the bodies say when it began and ended: 09:00 and 09:30.
    has_times: bool,
}

const CASES: &[Case] = &[
    Case {
        format: "alertmanager",
        open: r#"{"version":"4","groupKey":"{}:{alertname=\"Slow\"}","truncatedAlerts":0,"status":"firing","receiver":"page","alerts":[{"status":"firing","labels":{"alertname":"Slow","service":"checkout"},"annotations":{"summary":"p99 over 2 s on db-7"},"startsAt":"2026-03-02T09:00:00.000000001Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus/graph","fingerprint":"c0ffee"}]}"#,
        over: r#"{"version":"4","status":"resolved","alerts":[{"status":"resolved","labels":{"alertname":"Slow","service":"checkout"},"annotations":{},"startsAt":"2026-03-02T09:00:00Z","endsAt":"2026-03-02T09:30:00Z","fingerprint":"c0ffee"}]}"#,
        key: "c0ffee",
        label: ("service", "checkout"),
        has_times: true,
    },
    Case {
        format: "grafana",
        open: r#"{"receiver":"page","status":"firing","orgId":1,"alerts":[{"status":"firing","labels":{"alertname":"Errors","service":"checkout"},"annotations":{"summary":"many"},"startsAt":"2026-03-02T10:00:00+01:00","endsAt":"0001-01-01T00:00:00Z","values":{"B":22},"fingerprint":"57c6d9296de2ad39","silenceURL":"https://grafana/x"}],"title":"[FIRING:1]","state":"alerting"}"#,
        over: r#"{"status":"resolved","alerts":[{"status":"resolved","labels":{"service":"checkout"},"startsAt":"2026-03-02T10:00:00+01:00","endsAt":"2026-03-02T10:30:00+01:00","fingerprint":"57c6d9296de2ad39"}]}"#,
        key: "57c6d9296de2ad39",
        label: ("service", "checkout"),
        has_times: true,
    },
    Case {
        format: "gatus",
        open: r#"{"endpoint":"checkout","group":"shop","state":"TRIGGERED"}"#,
        over: r#"{"endpoint":"checkout","group":"shop","state":"RESOLVED"}"#,
        key: "shop/checkout",
        label: ("endpoint", "checkout"),
        has_times: false,
    },
    Case {
        format: "uptime-kuma",
        open: r#"{"heartbeat":{"monitorID":7,"status":0,"time":"2026-03-02 09:00:00.123","msg":"timeout","important":true,"duration":60},"monitor":{"id":7,"name":"checkout","type":"http"},"msg":"[checkout] Down"}"#,
        over: r#"{"heartbeat":{"monitorID":7,"status":1,"time":"2026-03-02 09:30:00.000","msg":"200 - OK"},"monitor":{"id":7,"name":"checkout","type":"http"},"msg":"[checkout] Up"}"#,
        key: "7",
        label: ("monitor", "checkout"),
        has_times: true,
    },
    Case {
        format: "betterstack",
        open: r#"{"data":{"id":"25","type":"incident","attributes":{"name":"checkout","url":"https://shop.example/","cause":"Status 500","started_at":"2026-03-02T09:00:00.000Z","acknowledged_at":null,"resolved_at":null,"status":"Started"}}}"#,
        over: r#"{"data":{"id":"25","type":"incident","attributes":{"name":"checkout","started_at":"2026-03-02T09:00:00.000Z","resolved_at":"2026-03-02T09:30:00.000Z","status":"Resolved"}}}"#,
        key: "25",
        label: ("monitor", "checkout"),
        has_times: true,
    },
    Case {
        format: "pagerduty",
        open: r#"{"event":{"id":"01AB","event_type":"incident.triggered","resource_type":"incident","occurred_at":"2026-03-02T09:00:02.169Z","agent":null,"data":{"id":"PGR0VU2","type":"incident","number":2,"status":"triggered","created_at":"2026-03-02T09:00:00Z","title":"p99","service":{"id":"PF9KMXH","summary":"checkout"},"urgency":"high","priority":{"summary":"P1"}}}}"#,
        over: r#"{"event":{"id":"01AC","event_type":"incident.resolved","occurred_at":"2026-03-02T09:30:00.000Z","data":{"id":"PGR0VU2","status":"resolved","created_at":"2026-03-02T09:00:00Z","service":{"summary":"checkout"}}}}"#,
        key: "PGR0VU2",
        label: ("service", "checkout"),
        has_times: true,
    },
    Case {
        format: "datadog",
        open: r#"{"key":"4512","transition":"Triggered","date":"1772442000000","monitor":"99","tags":"env:prod,service:checkout"}"#,
        over: r#"{"key":"4512","transition":"Recovered","date":"1772443800000","monitor":"99","tags":"env:prod,service:checkout"}"#,
        key: "4512",
        label: ("service", "checkout"),
        has_times: true,
    },
    Case {
        format: "cloudwatch",
        open: r#"{"Type":"Notification","MessageId":"a","TopicArn":"arn:aws:sns:eu-west-1:1:t","Subject":"ALARM","Message":"{\"AlarmName\":\"checkout\",\"AlarmArn\":\"arn:aws:cloudwatch:eu-west-1:1:alarm:checkout\",\"NewStateValue\":\"ALARM\",\"OldStateValue\":\"OK\",\"NewStateReason\":\"Threshold\",\"StateChangeTime\":\"2026-03-02T09:00:00.112+0000\",\"Region\":\"EU (Ireland)\",\"Trigger\":{\"MetricName\":\"5xx\",\"Namespace\":\"Shop\"}}","Timestamp":"2026-03-02T09:00:01Z","Signature":"x"}"#,
        over: r#"{"Type":"Notification","Message":"{\"AlarmName\":\"checkout\",\"AlarmArn\":\"arn:aws:cloudwatch:eu-west-1:1:alarm:checkout\",\"NewStateValue\":\"OK\",\"OldStateValue\":\"ALARM\",\"StateChangeTime\":\"2026-03-02T09:30:00.000+0000\"}"}"#,
        key: "arn:aws:cloudwatch:eu-west-1:1:alarm:checkout",
        label: ("alarm", "checkout"),
        has_times: true,
    },
    Case {
        format: "cloudevents",
        open: r#"{"specversion":"1.0","type":"com.example.alarm.firing","source":"/monitors/shop","id":"1","subject":"checkout","time":"2026-03-02T09:00:00Z","datacontenttype":"application/json","data":{"service":"checkout"}}"#,
        over: r#"{"specversion":"1.0","type":"com.example.alarm.resolved","source":"/monitors/shop","id":"2","subject":"checkout","time":"2026-03-02T09:30:00Z","data":{"service":"checkout"}}"#,
        key: "/monitors/shop/checkout",
        label: ("service", "checkout"),
        has_times: true,
    },
];

#[test]
fn every_format_tells_of_begin_and_end_in_one_way() {
    assert_eq!(CASES.len(), PRESETS.len());
    for case in CASES {
        let (began, ended) = (Time::parse("2026-03-02T09:00Z").ok(), Time::parse("2026-03-02T09:30Z").ok());
        let open = one(case, case.open);
        assert_eq!((open.state, open.key.as_str()), (AlarmState::Open, case.key), "{}", case.format);
        assert_eq!(open.labels.get(case.label.0).map(String::as_str), Some(case.label.1), "{}", case.format);
        assert_eq!(open.began, began.filter(|_| case.has_times), "{}", case.format);
        let over = one(case, case.over);
        assert_eq!((over.state, over.key.as_str()), (AlarmState::Over, case.key), "{}", case.format);
        assert_eq!(over.ended, ended.filter(|_| case.has_times), "{}", case.format);
    }
}

fn one(case: &Case, body: &str) -> Alarm {
    let format = AlertFormat::named(case.format).unwrap_or_else(|| panic!("no format {}", case.format));
    let (alarms, passed) = read(body.as_bytes(), &format).unwrap_or_else(|why| panic!("{}: {why}", case.format));
    assert!(passed.is_empty() && alarms.len() == 1, "{}: {passed:?} {alarms:?}", case.format);
    alarms[0].clone()
}

#[test]
fn what_is_no_alarm_is_passed_over_with_its_reason() {
    let format = AlertFormat::named("alertmanager").expect("a format");
    for body in ["", "[", "{}", r#"{"alerts": {}}"#, "\u{feff}{}"] {
        assert!(read(body.as_bytes(), &format).is_err(), "{body}");
    }
    let body =
        r#"{"alerts":[{"status":"firing"},{"status":"odd","fingerprint":"a"},{"status":"firing","fingerprint":"b"}]}"#;
    let (alarms, passed) = read(body.as_bytes(), &format).expect("a body");
    assert_eq!(alarms.len(), 1);
    assert_eq!(
        passed,
        ["alarm 1: it has no text at `/fingerprint`", "alarm 2: its state `odd` is neither open nor over"]
    );
}

#[test]
fn a_mapping_of_ones_own_says_what_is_wrong_with_it() {
    let sound = "key: /id\nstate: /s\nopen: 1\nover: [0, ok]\nlabels: { host: /h }\n";
    let (alarms, _) =
        read(br#"{"id":"x","s":1,"h":"a\nb"}"#, &AlertFormat::read(sound).expect("a format")).expect("read");
    assert_eq!(alarms[0].labels["host"], "a b");
    for (text, says) in [
        ("key: /id\nstate: /s\nopen: a\n", "`over` is missing"),
        ("key: id\n", "`key`: `id` is no JSON pointer: begin it with `/`"),
        ("kee: /id\n", "unknown key `kee`"),
        ("- a\n", "it is no mapping"),
        ("key: [", "line 2: "),
    ] {
        let why = AlertFormat::read(text).expect_err(text);
        assert!(why.starts_with(says), "{text}: {why}");
    }
}
