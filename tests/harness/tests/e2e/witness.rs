//! The services that testify in the other tests do not lie themselves.

use std::time::Duration;

use anyhow::Result;
use harness::services::{Call, Ended, Services, most_in_flight};
use harness::site::Site;
use harness::wait::PATIENCE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn request(url: &str) -> Result<TcpStream> {
    let url = url::Url::parse(url)?;
    let mut connection = TcpStream::connect(("127.0.0.1", url.port().unwrap_or(80))).await?;
    let path = &url[url::Position::BeforePath..];
    let text = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    connection.write_all(text.as_bytes()).await?;
    Ok(connection)
}

async fn answer(url: &str) -> Result<String> {
    let mut answer = String::new();
    request(url).await?.read_to_string(&mut answer).await?;
    Ok(answer)
}

async fn the_end_of(services: &Services) -> Result<Ended> {
    let ended = |calls: &[Call]| calls.iter().any(|call| call.ended.is_some());
    let calls = services.wait("the end", PATIENCE, ended).await?;
    calls[0].ended.ok_or_else(|| anyhow::anyhow!("it has none"))
}

#[tokio::test]
async fn an_answer_takes_its_time_and_is_noted_as_one() -> Result<()> {
    let services = Services::start()?;
    let answer = answer(&services.url("tea", "ms=120&status=503")).await?;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    let call = &services.calls()[0];
    assert_eq!((call.name.as_str(), call.method.as_str()), ("tea", "GET"));
    assert!(
        call.answered() >= Some(call.arrived + Duration::from_millis(120)),
        "{call:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_caller_who_leaves_before_the_answer_is_noted_as_gone() -> Result<()> {
    for query in ["ms=20000", "ms=6000&fault=slow-body", "ms=0&fault=hang"] {
        let services = Services::start()?;
        let mut connection = request(&services.url("tea", query)).await?;
        services
            .wait("the call", PATIENCE, |calls| calls.len() == 1)
            .await?;
        if query.contains("slow-body") {
            // Left in its middle: its headers come at half the time.
            connection.read_u8().await?;
        }
        drop(connection);
        let end = the_end_of(&services).await?;
        assert!(matches!(end, Ended::Closed(_)), "{query}: {end:?}");
    }
    Ok(())
}

#[test]
fn calls_that_overlap_are_counted_and_those_that_follow_are_not() {
    let call = |arrived, ended: Option<u64>| Call {
        name: "tea".into(),
        method: "GET".into(),
        headers: [].into(),
        arrived: Duration::from_millis(arrived),
        ended: ended.map(|at| Ended::Closed(Duration::from_millis(at))),
    };
    assert_eq!(most_in_flight(&[]), 0);
    let one_by_one = [call(0, Some(10)), call(10, Some(20)), call(20, None)];
    assert_eq!(most_in_flight(&one_by_one), 1);
    let overlapping = [
        call(0, Some(30)),
        call(10, Some(20)),
        call(15, Some(40)),
        call(35, None),
    ];
    assert_eq!(most_in_flight(&overlapping), 3);
}

#[tokio::test]
async fn a_dropped_call_gets_not_one_byte() -> Result<()> {
    let services = Services::start()?;
    let mut answer = Vec::new();
    // Whether as an end or as an error, the connection closes.
    let _ = request(&services.url("tea", "ms=20&fault=drop"))
        .await?
        .read_to_end(&mut answer)
        .await;
    assert!(answer.is_empty(), "{}", String::from_utf8_lossy(&answer));
    assert!(matches!(the_end_of(&services).await?, Ended::Cut(_)));
    Ok(())
}

#[tokio::test]
async fn a_malformed_answer_is_half_of_a_good_one() -> Result<()> {
    let services = Services::start()?;
    let good = answer(&services.url("tea", "ms=0")).await?;
    let bad = answer(&services.url("tea", "ms=0&fault=malformed")).await?;
    let body = |answer: &str| {
        answer
            .split_once("\r\n\r\n")
            .map(|(_, body)| body.to_owned())
    };
    let (good, bad) = (
        body(&good).unwrap_or_default(),
        body(&bad).unwrap_or_default(),
    );
    assert!(
        serde_json::from_str::<serde_json::Value>(&good).is_ok(),
        "{good}"
    );
    assert!(
        serde_json::from_str::<serde_json::Value>(&bad).is_err(),
        "{bad}"
    );
    assert!(good.starts_with(&bad) && !bad.is_empty(), "{bad}");
    Ok(())
}

#[tokio::test]
async fn a_site_that_stops_takes_its_open_connections_along() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "page")?;
    let mut site = Site::of(folder.path()).at("/some/path/").start()?;
    let page = site.url("");
    assert!(answer(&page).await?.ends_with("page"));
    assert!(
        answer(&page.replace("path/", "path/no"))
            .await?
            .starts_with("HTTP/1.1 404")
    );
    assert!(
        answer(&page.replace("some/path/", ""))
            .await?
            .starts_with("HTTP/1.1 404")
    );

    let address = page
        .trim_start_matches("http://")
        .split('/')
        .next()
        .unwrap_or_default();
    let mut idle = TcpStream::connect(address).await?;
    site.stop();
    let closed = tokio::time::timeout(PATIENCE, idle.read(&mut [0])).await?;
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
    assert!(TcpStream::connect(address).await.is_err());
    Ok(())
}
