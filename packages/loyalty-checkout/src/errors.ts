// The codes a program can meet: of the API (crates/contract/src/error.rs), of the widget, and of its doctor.

/** What the API refuses with. */
export type ApiErrorCode =
  | "invalid_request"
  | "unknown_restaurant"
  | "invalid_phone"
  | "country_not_allowed"
  | "resend_too_early"
  | "sms_not_sent"
  | "wrong_code"
  | "code_spent"
  | "too_many_tries"
  | "too_many_requests"
  | "login_key_not_allowed"
  | "not_a_member"
  | "not_logged_in"
  | "empty_cart"
  | "invalid_cart"
  | "delivery_not_supported"
  | "not_supported"
  | "spend_out_of_range"
  | "preview_outdated"
  | "unknown_order"
  | "order_state_conflict"
  | "confirm_not_allowed"
  | "in_progress"
  | "idempotency_mismatch"
  | "upstream_unavailable"
  | "upstream_timeout"
  | "upstream_refused"
  | "upstream_malformed"
  | "store_unavailable"
  | "internal";

/** What the widget tells beside that. */
export type WidgetErrorCode =
  | "offline"
  | "timeout"
  | "malformed"
  | "order_unknown"
  | "invalid_cart"
  | "cart_and_token"
  | "no_restaurant"
  | "blocked"
  | "unsupported"
  | "load_failed"
  | "crashed";

/** The codes of `loyalty-error`. */
export type LoyaltyErrorCode = ApiErrorCode | WidgetErrorCode;

/** The codes of what `doctor()` finds. */
export type FindingCode =
  | "unsupported"
  | "csp_wasm"
  | "double_load"
  | "csp_blocked"
  | "file_blocked"
  | "file_missing"
  | "wasm_type"
  | "no_restaurant"
  | "origin_not_allowed"
  | "proxy_unreachable"
  | "unknown_restaurant"
  | "not_the_proxy"
  | "clock_skew"
  | "contrast";
