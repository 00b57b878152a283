//! Options by which no system can be reached are refused before anything is sent.

use std::time::Duration;

use clock::Clock;
use jiff::Timestamp;
use upstream::http::HttpClient;
use upstream::{BasicRest, BasicRestOptions, RkDelivery, RkDeliveryOptions, WrongOptions};

fn rk_delivery(base_url: &str, auth_url: &str, restaurant_id: &str) -> Option<WrongOptions> {
    let options = RkDeliveryOptions {
        base_url: base_url.to_owned(),
        auth_url: auth_url.to_owned(),
        restaurant_id: restaurant_id.to_owned(),
        payment_type_id: "cash".to_owned(),
        client_id: "demo-delivery".to_owned(),
        client_secret: "demo".to_owned(),
        deadline: Duration::from_secs(1),
    };
    RkDelivery::new(HttpClient::new(), Clock::manual(Timestamp::UNIX_EPOCH), options).err()
}

fn basic_rest(base_url: &str, point_id: &str, api_key: &str) -> Option<WrongOptions> {
    let options = BasicRestOptions {
        base_url: base_url.to_owned(),
        point_id: point_id.to_owned(),
        api_key: api_key.to_owned(),
        deadline: Duration::from_secs(1),
    };
    BasicRest::new(HttpClient::new(), options).err()
}

#[test]
fn a_restaurant_of_r_k_delivery_is_a_guid_behind_two_addresses() {
    let (url, restaurant) = ("https://delivery.ucs.ru", "18f550d8-7fbe-45fa-8c83-35f531380f65");
    assert_eq!(rk_delivery(url, "https://auth-delivery.ucs.ru", restaurant), None);
    assert_eq!(rk_delivery(url, url, "4174244"), Some(WrongOptions::RestaurantId));
    assert_eq!(rk_delivery("delivery.ucs.ru", url, restaurant), Some(WrongOptions::BaseUrl));
    assert_eq!(rk_delivery(url, "", restaurant), Some(WrongOptions::BaseUrl));
}

#[test]
fn a_point_of_the_basic_rest_api_has_an_identifier_and_a_key_that_a_header_carries() {
    assert_eq!(basic_rest("https://example.com", "62a", "key"), None);
    assert_eq!(basic_rest("https://example.com", " ", "key"), Some(WrongOptions::RestaurantId));
    assert_eq!(basic_rest("https://example.com", "62a", "a\nb"), Some(WrongOptions::ApiKey));
    assert_eq!(basic_rest("example.com/basic", "62a", "key"), Some(WrongOptions::BaseUrl));
}
