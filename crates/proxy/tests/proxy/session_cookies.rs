//! Sessions in cookies: when there is one, what it is good for, and when it is taken back.

mod forgery;

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::test_app::{Answer, IVAN, MARIA, TestApp, dinner};

const PAGE: &str = "https://pirogi.example";
const COOKIE: &str = "__Host-loyalty-session-pirogi";
const PROBE: &str = "__Host-loyalty-probe";

/// The demo's restaurants with cookies on, the first with a page at another origin of the same site.
async fn spawn() -> TestApp {
    let mut app = TestApp::spawn().await;
    app.reload(|config| {
        for restaurant in &mut config.restaurants {
            restaurant.session_cookies = true;
        }
        config.restaurants[0].allowed_origins = vec![PAGE.to_owned()];
    });
    app
}

/// A page in a browser: its site and origin go with each request, and so do the cookies that came.
struct Browser<'a> {
    app: &'a TestApp,
    site: &'static str,
    origin: &'static str,
    restaurant: &'static str,
    jar: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    fn of(app: &'a TestApp, site: &'static str, origin: &'static str) -> Self {
        Self { app, site, origin, restaurant: "pirogi", jar: RefCell::default() }
    }

    async fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        let jar = self.jar.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let jar = jar.join("; ");
        let all = [
            ("sec-fetch-site", self.site),
            // A browser names the origin only where it is another one, or where something may change.
            ("origin", if method == "GET" && self.site == "same-origin" { "" } else { self.origin }),
            ("loyalty-restaurant", self.restaurant),
            ("content-type", kind),
            ("cookie", jar.as_str()),
        ];
        let headers: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let answer = self.app.send(method, path, &headers, body).await;
        for line in answer.headers.get_all("set-cookie") {
            self.take(line.to_str().expect("text"));
        }
        answer
    }

    /// Does as a browser with a cookie that it is sent.
    fn take(&self, line: &str) {
        for needed in ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
            assert!(line.contains(needed), "{line}");
        }
        assert!(line.starts_with("__Host-") && !line.contains("Domain"), "{line}");
        let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
        if line.contains("; Max-Age=0;") {
            self.jar.borrow_mut().remove(name);
        } else {
            self.jar.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
    }

    fn cookie(&self, name: &str) -> Option<String> {
        self.jar.borrow().get(name).cloned()
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", "").await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "application/json", &body.to_string()).await
    }

    async fn is_logged_in(&self) -> bool {
        let told = self.get(&format!("/api/v1/restaurant/{}", self.restaurant)).await.ok();
        told["logged_in"].as_bool().expect("yes or no")
    }

    /// Opens the page, logs a guest in and answers with what the proxy did.
    async fn log_in(&self, phone: &str, embedding: &str) -> Value {
        self.is_logged_in().await;
        let asked = json!({"restaurant": self.restaurant, "phone": phone, "embedding": embedding});
        let challenge = self.post("/api/v1/login/start", &asked).await.ok();
        let code = self.app.newest_code().await;
        let id = &challenge["challenge_id"];
        let body = json!({"challenge_id": id, "code": code, "embedding": embedding});
        self.post("/api/v1/login/verify", &body).await.ok()
    }
}

#[tokio::test]
async fn on_the_proxys_own_site_the_session_is_in_a_cookie_and_no_script_sees_it() {
    let app = spawn().await;
    for (site, origin) in [("same-origin", app.running.base_url().trim_end_matches('/')), ("same-site", PAGE)]
    {
        let page = Browser::of(&app, site, origin.to_owned().leak());
        let session = page.log_in(IVAN, "page").await;
        assert_eq!((&session["token"], &session["expires_in_s"]), (&json!(null), &json!(7200)));
        assert!(page.cookie(COOKIE).is_some_and(|token| token.len() >= 43), "256 bits");
        page.get("/api/v1/wallet").await.ok();
        let preview = page.post("/api/v1/preview", &json!({"cart": dinner(), "promo_codes": []})).await;
        assert!(preview.ok()["order_id"].is_string());
        app.pass(600);
    }
    app.finish().await;
}

#[tokio::test]
async fn a_guest_is_still_logged_in_when_the_page_is_loaded_again() {
    let app = spawn().await;
    let page = Browser::of(&app, "same-site", PAGE);
    assert!(!page.is_logged_in().await);
    page.log_in(IVAN, "page").await;
    assert!(page.is_logged_in().await);
    assert_eq!(page.post("/api/v1/logout", &json!({})).await.status, 204);
    assert_eq!(page.cookie(COOKIE), None);
    assert!(!page.is_logged_in().await);
    app.finish().await;
}

#[tokio::test]
async fn where_no_cookie_comes_back_the_session_is_a_token() {
    let app = spawn().await;
    for (site, origin) in [("cross-site", PAGE), ("", PAGE), ("none", PAGE)] {
        let page = Browser::of(&app, site, origin);
        let session = page.log_in(IVAN, "page").await;
        assert!(session["token"].is_string(), "{site}: {session}");
        assert!(page.jar.borrow().is_empty(), "{site}: nothing is tried either");
        app.pass(3600);
    }
    // A browser that keeps no cookie is asked each time, and none comes back.
    let blocking = Browser::of(&app, "same-site", PAGE);
    blocking.is_logged_in().await;
    assert!(blocking.cookie(PROBE).is_some());
    blocking.jar.borrow_mut().clear();
    let challenge =
        blocking.post("/api/v1/login/start", &json!({"restaurant": "pirogi", "phone": MARIA})).await.ok();
    let code = app.newest_code().await;
    let body = json!({"challenge_id": challenge["challenge_id"], "code": code});
    let session = blocking.post("/api/v1/login/verify", &body).await.ok();
    assert!(session["token"].is_string() && blocking.jar.borrow().is_empty());
    app.session(&session).get("/api/v1/wallet").await.ok();
    app.finish().await;
}

#[tokio::test]
async fn in_a_kiosk_and_where_they_are_off_there_are_no_cookies() {
    let mut app = spawn().await;
    let kiosk = Browser::of(&app, "same-site", PAGE);
    let session = kiosk.log_in(IVAN, "kiosk").await;
    assert!(session["token"].is_string() && kiosk.cookie(COOKIE).is_none());
    app.pass(3600);
    app.reload(|config| config.restaurants[0].session_cookies = false);
    let page = Browser::of(&app, "same-site", PAGE);
    assert!(page.log_in(IVAN, "page").await["token"].is_string());
    assert!(page.jar.borrow().is_empty());
    app.finish().await;
}

#[tokio::test]
async fn each_login_is_a_new_token_and_ends_the_one_before() {
    let app = spawn().await;
    let page = Browser::of(&app, "same-site", PAGE);
    page.log_in(IVAN, "page").await;
    let first = page.cookie(COOKIE).expect("a cookie");
    page.log_in(MARIA, "page").await;
    let second = page.cookie(COOKIE).expect("a cookie");
    assert_ne!(first, second);
    let bearer = |token: &str| format!("Bearer {token}");
    let wallet = "/api/v1/wallet";
    app.send("GET", wallet, &[("authorization", &bearer(&first))], "").await.refused(401, "not_logged_in");
    app.send("GET", wallet, &[("authorization", &bearer(&second))], "").await.ok();
    // In a kiosk the next login leaves no cookie of the guest before.
    app.pass(600);
    page.log_in(IVAN, "kiosk").await;
    assert_eq!(page.cookie(COOKIE), None);
    app.send("GET", wallet, &[("authorization", &bearer(&second))], "").await.refused(401, "not_logged_in");
    app.finish().await;
}

#[tokio::test]
async fn a_cookie_whose_session_has_ended_is_taken_back() {
    let app = spawn().await;
    let page = Browser::of(&app, "same-site", PAGE);
    page.log_in(IVAN, "page").await;
    app.pass(2 * 3600);
    page.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    assert_eq!(page.cookie(COOKIE), None);
    page.log_in(IVAN, "page").await;
    app.pass(2 * 3600);
    assert!(!page.is_logged_in().await);
    assert_eq!(page.cookie(COOKIE), None);
    app.finish().await;
}

#[tokio::test]
async fn a_session_is_of_one_restaurant() {
    let app = spawn().await;
    let mut page =
        Browser::of(&app, "same-origin", app.running.base_url().trim_end_matches('/').to_owned().leak());
    page.log_in(IVAN, "page").await;
    app.pass(600);
    page.restaurant = "lapsha";
    assert!(!page.is_logged_in().await);
    page.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    page.log_in("+79990003344", "page").await;
    assert_ne!(page.cookie(COOKIE), page.cookie("__Host-loyalty-session-lapsha"));
    page.restaurant = "pirogi";
    assert!(page.is_logged_in().await, "the one does not end the other");
    let of_pirogi = page.cookie(COOKIE).expect("a cookie");
    page.jar.borrow_mut().insert("__Host-loyalty-session-lapsha".to_owned(), of_pirogi);
    page.restaurant = "lapsha";
    assert!(!page.is_logged_in().await, "a session under another restaurant's name is none");
    page.restaurant = "nobody";
    page.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    app.finish().await;
}
