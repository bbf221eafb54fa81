import type { zh } from "./zh";

export const en: typeof zh = {
  menu: "Menu",
  pages: { today: "Today", credential: "Credential", queue: "To send" },
  back: "Back",
  logOut: "Log out",
  logOutAsk: "Orders, credential codes and drafts on this phone will be wiped. {n} things not yet sent stay here and go out when you log in again. Log out?",
  session: "Your login has expired. What was not sent is still on this phone.",
  logIn: "Log in again",
  update: "A new version is ready",
  updateNow: "Update now",
  later: "Later",
  offlineReady: "Ready to work offline",
  noSignal: "No signal. You see what was kept on this phone at {at}.",
  login: { title: "Inspector login", username: "Account", password: "Password", enter: "Log in" },
  today: { now: "May be inspected now", later: "Window not open yet", empty: "No orders to attend to.", refresh: "Refresh", working: "Updating…" },
  states: {
    drafted: "drafted", submitted: "submitted", approved: "approved", issued: "issued", entered: "entered", recorded: "recorded",
    concluded: "concluded", closed: "closed", rectifying: "rectifying", referred: "referred", cancelled: "cancelled",
    expired: "expired", absorbed: "absorbed",
  },
  triggers: {
    routine: "routine", random: "random", campaign: "campaign", complaint: "complaint", assigned: "assigned", requested: "requested",
    monitoring: "monitoring", urgent: "urgent", recheck: "recheck",
  },
  order: {
    unknown: "This order is not kept on this phone. Refresh the list when there is signal.", window: "Window", trigger: "Ground",
    address: "Address", inspectors: "Inspectors", items: "Items", basis: "Basis", visits: "Inspections of this enterprise this year",
    all: "All", visited: "{n} made", planned: "{n} planned", code: "Order code", codeHint: "The enterprise may scan it with any phone",
    shortCode: "Short code", enter: "Scan and enter", record: "Record", leave: "Leave", leaveAsk: "Has everyone left the premises?",
    pending: "{n} not sent",
  },
  credential: {
    title: "Credential", number: "Certificate", renews: "New code in {n} s", none: "No usable code on this phone. Open this screen once where there is signal.",
    advice: "After scanning, compare name and number with the person.",
  },
  entry: {
    title: "Scan and enter", plate: "Premises code or short code", hint: "Scan the plate at the gate, or type the short code, like 7KQ-M3D-9XA",
    scan: "Open the camera", stop: "Close the camera", torch: "Torch", refused: "The camera cannot be used. Allow it in the settings, or type the short code.",
    colleagues: "Colleagues' credential codes scanned: {n}", enter: "Enter", reason: "Why there was no signal (needed afterwards)",
    reasonGiven: "No network signal on site", locating: "Locating and sending…", good: "You may enter", goodAt: "Registered at {at}", bad: "No entry", failed: "Not registered",
    kept: "Kept on this phone, not sent", keptHint: "It goes out when there is signal; see “To send” for the answer. It counts only once the server has answered.",
    rule: "Rule {rule}", wayOut: "What to do", toRecord: "Fill in the record", toOrder: "Back to the order", dropFirst: "Something of this order has not been sent yet; see “To send”.",
  },
  record: {
    title: "Record", question: "Question {n} of {all}", ok: "OK", problem: "Problem", not_applicable: "Not applicable", note: "Note",
    previous: "Previous", next: "Next", finish: "Statement and signature", statement: "What the enterprise says to it", signs: "Signature", signed: "Signs",
    refuses: "Refuses to sign", signedBy: "Name of who signs", reason: "Why they refuse", witness: "Witness", save: "Hand in the record",
    open: "{n} questions are not answered.", sent: "The record has been sent", kept: "The record is kept on this phone, not sent",
    bad: "The record was not accepted",
  },
  conclusion: {
    title: "Result", result: "Result", deadline: "To be put right by", send: "Tell the result", ask: "The result cannot be changed afterwards. Go on?",
    results: { no_problem: "No problem", reminder: "Reminder", order_rectification: "Ordered to rectify", refer: "Referred" },
  },
  queue: {
    title: "To send", empty: "Nothing waits to be sent.", waiting: "Waiting", refused: "Not accepted", entry: "Entry", leave: "Leave",
    record: "Record", send: "Send now", dismiss: "Understood, remove", dismissAsk: "It will not be sent any more. Remove it?",
    hint: "Sent in order; within one order the next waits until the one before is dealt with.", held: "Waits for the one before",
  },
};
