import type { zh } from "./zh";

export const en: typeof zh = {
  system: {
    pages: { accounts: "Accounts", keys: "Keys", road: "Health", "dead-letters": "Dead letters", profiles: "Policy", audit: "Audit", password: "Password" },
    services: { registry: "Registry", inspection: "Inspection", feedback: "Feedback", oversight: "Oversight" },
    service: "Service", all: "All", choose: "Choose", save: "Save", saved: "Saved",
    roles: {
      registrar: "Registrar", agency_clerk: "Clerk", approver: "Head", inspector: "Inspector", coordinator: "Coordinator", system_admin: "System administrator",
      security_admin: "Security administrator", auditor: "Auditor",
    },
    may: {
      registrar: "registers enterprises, agencies, people and items; imports; prints plates", agency_clerk: "drafts and issues orders", approver: "approves orders",
      inspector: "enters and records", coordinator: "sees all, joins, reviews, complaints", system_admin: "health, dead letters, simulation",
      security_admin: "accounts, keys", auditor: "reads the audit",
    },
    accounts: {
      title: "Accounts", new: "New account", search: "Name, username or agency", role: "Role", state: "State", states: { active: "Active", locked: "Locked" },
      username: "Username", name: "Name", roles: "Roles", agency: "Agency", inspector: "Credential", asNow: "as now", mustChange: "password to be changed",
      register: "Make the account", separated: "Administrators of system, security and audit are separated, and hold no other role.", threeDays: "three days from now",
      lock: "Lock", unlock: "Unlock", askLock: "Lock this account?", askUnlock: "Unlock this account?", reset: "Reset password", askReset: "Reset the password?",
      askResetWhat: "The old one ends at once, and whoever is logged in has to log in again.", once: "One-time password of {username}",
      onceWhat: "It is shown this once: hand it over in person or by a way you trust. Good until {until}; it has to be changed at the first login.", copy: "Copy",
      copied: "Copied", noted: "Noted, hide it",
      fields: { username: "Username", name: "Name", roles: "Roles", agency_id: "Agency", inspector_id: "Credential", active: "May log in" },
    },
    password: {
      title: "Change the password", must: "An administrator set this password. Choose one of your own first.", current: "Current password",
      fresh: "New password (10 characters or more)", again: "New password again", differ: "They differ.", change: "Change",
    },
    keys: {
      title: "Keys and rotation", what: "The newest key signs, older ones go on verifying: codes that were issued and logins go on.", token: "Login keys",
      tokenWhat: "Sign logins. Public keys are in the JWKS; services fetch them by themselves.", code: "Code keys",
      codeWhat: "Sign order codes, credential codes and receipts. Public keys let a phone verify without network.", number: "Number", made: "Made", use: "Use",
      signs: "Signs and verifies", verifies: "Verifies", soon: "Published, signs from {at}", rotate: "Make a new key", ask: "Make a new key for {keys}?",
      askWhat: "It is published, then signs after ten seconds (logins) or six minutes (codes), and cannot be taken back; older keys stay for verifying. The audit knows of it.",
    },
    road: {
      title: "Health of the road of events", what: "Looked at every five seconds. Workers relay, consume and do jobs; a minute of silence counts as stalled.",
      relay: "{waiting} to be sent, the oldest for {seconds} s, {refused} refused", loops: "Loops of {service}", loop: "Loop", turns: "Turns", waiting: "Waiting",
      silent: "Last heard (s ago)", worker: "Process", yes: "Yes", no: "No", openLetters: "{count} dead letters",
      group: "{name}: {open} dead letters, {requested} being applied again, {parked} waiting for an earlier event, {failures} failures in a row",
      states: { well: "Well", letters: "Dead letters", troubled: "Backlog or failures", stalled: "Stalled", noWorker: "No worker", unreachable: "Unreachable", asking: "Asking…" },
    },
    letters: {
      title: "Dead letters", what: "Events that could not be applied are kept whole here. Apply them again when the cause is mended: once each, under the same key.",
      state: "State", states: { open: "Open", requested: "Being applied", resolved: "Resolved" }, type: "Type", unreadable: "(unreadable)", consumer: "Consumer",
      error: "Why", attempts: "Attempts", since: "First failed", last: "Last failed", resolved: "Resolved", replays: "Applied again", place: "Topic / partition / offset",
      event: "Event", subject: "Subject", correlation: "Correlation", content: "Content", empty: "There is no dead letter.", redrive: "Apply again",
      ask: "Apply this letter again?", askWhat: "If its cause is not mended it fails again and comes back here.", redriveAll: "Apply all again",
      redriveAllOf: "Apply all again: {consumer}", askAll: "Apply all open letters again?", askAllWhat: "All open ones of {consumer}.", asked: "{count} will be applied again.",
    },
    profiles: {
      title: "Policy profiles and simulation", what: "Figures come with a release and are not changed here; try a change on past orders first.",
      where: "Areas: {areas}; from {from}", everywhere: "everywhere", states: { in_force: "In force", to_come: "To come", replaced: "Replaced" }, figure: "Figure",
      value: "Value", local: "local", noRule: "no such rule", yes: "yes", no: "no", none: "none",
      figures: {
        timezone: "Time zone", min_inspectors: "Fewest inspectors (A3)", urgent_hours: "Hours to ratify an urgent order (A6)", publish_days: "Days a campaign is published ahead (A7)",
        reviewed_triggers: "Triggers reviewed first (A8)", unplanned_reviewed: "Unplanned are reviewed first (A8)", blocking_triggers: "Triggers blocked at the cap (F1)",
        uncounted_triggers: "Triggers not counted (F1)", annual_caps: "Local yearly caps (F1)", reasonable_per_year: "Reasonable per year (F2)", visits_per_day: "Per day (F3)",
        visits_per_week: "Per week (F3)", visits_per_month: "Per month (F3)", zero_finding_streak: "Without a finding in a row (F4)", quiet_until_day: "Quiet until day of the month (F5)",
        quiet_exempt_triggers: "Exempt from quiet days (F5)", top_grade_share: "Share of the best grade (F6)", join_days: "Days within which to join (J2)",
        joint_headcount: "People at a joint visit (J4)", entry_radius_m: "Entry distance, m (E2)", clock_skew_seconds: "Clock skew, s (E2)", backfill_days: "Days to back-fill (E3)",
        conclusion_days: "Days to conclude (R3)", publish_workdays: "Workdays to publish (R5)", k: "Ratings pooled at least (V1)", release_days: "Ratings released after days (V1)",
        complaint_workdays: "Workdays of a complaint (V2)",
      },
    },
    simulation: {
      title: "Simulation", start: "Simulate", what: "Judges past orders anew by the facts of then under these figures, beside what was said then. It changes nothing.",
      text: "The profile (may be changed)", from: "From", to: "To", area: "Area (prefix; empty: all)", run: "Start", earlier: "Earlier ones", progress: "Progress",
      states: { waiting: "Waiting", running: "Running", finished: "Finished", failed: "Failed" }, orders: "{orders} orders; {outside} more are outside this profile.",
      outcome: "Outcome", then: "Then", given: "Under these", difference: "Difference",
      tallies: { blocked: "Blocked", justified: "Needs a reason", joined: "To be joined", free: "Nothing to say" }, rows: "By agency and rule", agency: "Agency", rule: "Rule",
      csv: "Download CSV", nothing: "No rule had anything to say.",
    },
    audit: {
      title: "Audit", what: "Who did what, when. It is only added to; the services themselves cannot change it.", at: "When", tag: "Act", subject: "Subject (or its beginning)",
      who: "Account", origin: "From", details: "Details",
      tags: {
        "account-registered": "Account made", "account-changed": "Account changed", "account-roles_granted": "Roles granted", "account-password_set": "Password set",
        "login-refused": "Login refused", "contact-read": "Contact read", "import-started": "Import", "key-rotated": "Key rotated", "dead_letters-redriven": "Letters applied again",
        "read_models-replaced": "Read models rebuilt", "case_file-exported": "Case file exported", "plates-printed": "Plates printed", "registry-registered": "Registered", "registry-changed": "Registration changed",
        "inspector-photo_put": "Photo replaced",
      },
    },
  },
};
