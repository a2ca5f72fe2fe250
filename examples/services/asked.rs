//! What a call asks of a service, with the limits of the service worker.

use std::time::Duration;

use form_urlencoded::parse;

/// The longest latency that can be asked for, in milliseconds.
const MAX_MS: f64 = 30_000.0;

/// The most calls at a time that a limit can allow.
pub const MAX_LIMIT: usize = 99;

/// How an answer is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Whole, with this status: 200, or 400 to 599.
    Status(u16),
    /// Well, or not at all and at once while so many with the same limit are being
    /// served: 1 to [`MAX_LIMIT`].
    Limit(usize),
    /// JSON that breaks off in its middle.
    Malformed,
    /// The connection is cut instead.
    Drop,
    /// None, until the caller gives up.
    Hang,
    /// Headers at half the time, and the body piece by piece.
    SlowBody,
}

/// A call that can be answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The latency as it was asked for, in milliseconds.
    pub ms: f64,
    /// How to answer.
    pub manner: Manner,
}

impl Asked {
    /// Reads a query string, or says what is wrong with it.
    pub fn parse(query: &str) -> Result<Self, String> {
        let value = |name: &str| {
            let mut pairs = parse(query.as_bytes());
            let pair = pairs.find(|(key, _)| key == name);
            pair.map(|(_, value)| value.into_owned())
        };
        let shown = |value: Option<&String>| match value {
            Some(value) => format!("not \"{value}\""),
            None => "and is missing".into(),
        };

        let asked = value("ms");
        let ms = asked.as_ref().and_then(|ms| ms.trim().parse().ok());
        let ms = ms.filter(|ms| (0.0..=MAX_MS).contains(ms));
        let ms = ms.ok_or_else(|| {
            let shown = shown(asked.as_ref());
            format!("ms must be a number from 0 to {MAX_MS}, {shown}.")
        })?;

        let (fault, status) = (value("fault"), value("status"));
        let fault_asked = fault.as_deref().map(|fault| match fault {
            "malformed" => Ok(Manner::Malformed),
            "drop" => Ok(Manner::Drop),
            "hang" => Ok(Manner::Hang),
            "slow-body" => Ok(Manner::SlowBody),
            _ => Err(format!(
                "fault must be one of malformed, drop, hang, slow-body, not \"{fault}\"."
            )),
        });
        let status_asked = status.as_ref().map_or(Ok(200), |text| {
            let number = text.trim().parse().ok();
            let number = number.filter(|status| matches!(status, 200 | 400..=599));
            number.ok_or_else(|| format!("status must be 200 or from 400 to 599, not \"{text}\"."))
        });
        let limit_asked = value("limit").map(|text| {
            let number = text.trim().parse().ok();
            let number = number.filter(|limit| (1..=MAX_LIMIT).contains(limit));
            number.ok_or_else(|| {
                format!("limit must be a whole number from 1 to {MAX_LIMIT}, not \"{text}\".")
            })
        });
        let (fault, status) = (fault_asked.transpose()?, status_asked?);
        let manner = match (fault, status, limit_asked.transpose()?) {
            (None, status, None) => Manner::Status(status),
            (None, 200, Some(limit)) => Manner::Limit(limit),
            (Some(fault), 200, None) => fault,
            (Some(_), _, None) => return Err("A call has a status or a fault, not both.".into()),
            (.., Some(_)) => return Err("A call with a limit has no status and no fault.".into()),
        };
        Ok(Self { ms, manner })
    }

    /// How long the answer takes.
    pub fn latency(self) -> Duration {
        Duration::from_secs_f64(self.ms / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_understood_as_the_service_worker_does() {
        for (query, ms, manner) in [
            ("ms=0", 0.0, Manner::Status(200)),
            ("ms=12.5&status=200", 12.5, Manner::Status(200)),
            ("ms=%2030000%20&status=503", 30_000.0, Manner::Status(503)),
            ("fault=malformed&ms=1", 1.0, Manner::Malformed),
            ("ms=1&fault=drop&status=200", 1.0, Manner::Drop),
            ("ms=1&fault=hang&other=x", 1.0, Manner::Hang),
            ("ms=1&ms=2&fault=slow-body", 1.0, Manner::SlowBody),
            ("ms=1&limit=8", 1.0, Manner::Limit(8)),
            ("limit=99&status=200&ms=1", 1.0, Manner::Limit(99)),
        ] {
            assert_eq!(Asked::parse(query), Ok(Asked { ms, manner }), "{query}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_named_with_what_can() {
        for (query, named) in [
            ("", "missing"),
            ("ms=", "not \"\""),
            ("ms=-1", "\"-1\""),
            ("ms=30001", "30000"),
            ("ms=NaN", "\"NaN\""),
            ("ms=inf", "\"inf\""),
            ("ms=1&fault=explode", "slow-body, not \"explode\""),
            ("ms=1&fault=", "hang"),
            ("ms=1&status=302", "\"302\""),
            ("ms=1&status=600", "599"),
            ("ms=1&status=503&fault=drop", "not both"),
            ("ms=1&status=503&fault=drop&limit=8", "no fault"),
            ("ms=1&limit=0", "\"0\""),
            ("ms=1&limit=100", "99"),
            ("ms=1&limit=1.5", "\"1.5\""),
            ("ms=1&limit=", "not \"\""),
            ("ms=1&limit=8&status=503", "no status"),
            ("ms=1&limit=8&fault=drop", "no fault"),
        ] {
            let sentence = Asked::parse(query).err().unwrap_or_default();
            assert!(sentence.contains(named), "{query}: {sentence}");
        }
    }
}
