//! Into a frame of the page and out again. Between the two, everything the browser is asked happens in the frame.

use fantoccini::elements::Element;
use serde_json::Value;

use super::Browser;
use super::area::ELEMENT_KEY;

impl Browser {
    /// Goes into the frame that this script returns.
    pub(crate) async fn enter_frame(&self, find: &str) {
        let found = self.run(find, Vec::new()).await;
        let id = found.get(ELEMENT_KEY).and_then(Value::as_str).expect("there is a frame").to_owned();
        let frame = Element::from_element_id(self.client.clone(), id.into());
        frame.enter_frame().await.expect("the frame can be entered");
        self.is_entered.set(true);
    }

    /// Goes back to the page.
    pub(crate) async fn leave_frame(&self) {
        self.client.clone().enter_parent_frame().await.expect("there is a page around the frame");
        self.is_entered.set(false);
    }
}
