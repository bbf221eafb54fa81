import type { zh } from "./zh";

export const en: typeof zh = {
  refusals: {
    page: "Refusals", title: "Refusals", views: { entry: "By the gate", visit: "By enterprises" },
    what: { entry: "All entries that the rules stopped at the door. The same person for the same reason within an hour is one row.", visit: "All inspections that enterprises refused as the law allows. The system says what it knows itself; it does not judge them." },
    from: "Refused from", to: "To", agency: "Agency", all: "All", widen: "Clear the filters", why: "Why", when: "When", enterprise: "Enterprise", who: "Inspector", order: "Order",
    times: "{n} times, last {at}", noOrder: "No code was shown", onlyThis: "Only this one", ofOne: "Of this one enterprise.", said: "In their words", known: "What the system knows",
    supported: "Borne out by the records", unsupported: "Nothing on record", none: "No refusal fits.",
    empty: { entry: "The gate has refused no entry yet.", visit: "No enterprise has refused a visit yet." },
    reasons: {
      code_forged: "Forged code", code_unreadable: "Unreadable code", code_expired: "Expired code", code_not_yet_valid: "Code not valid yet", credential_not_shown: "No credential shown", not_issued: "Order not issued",
      outside_window: "Outside the window", unknown_premises: "No such gate plate", wrong_premises: "Other premises", not_on_order: "Not on the order", credential_expired: "Credential not valid",
      too_few_inspectors: "Too few inspectors", agency_withdrawn: "Agency no longer active", item_off_list: "Item off the list", quiet_day: "Quiet day", rule_blocked: "Another rule",
    },
    grounds: { no_code: "No code shown", no_credential: "No credential shown", item_off_list: "Item off the list", too_few_inspectors: "Fewer than two inspectors" },
  },
};
