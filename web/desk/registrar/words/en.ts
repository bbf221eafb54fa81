import type { zh } from "./zh";

export const en: typeof zh = {
  registry: {
    pages: { enterprises: "Enterprises", plates: "Gate plates", agencies: "Agencies", inspectors: "Inspectors", items: "Items", imports: "Imports" },
    new: "Register a new one", register: "Register", save: "Save", saved: "Saved", remove: "Remove", inactive: "Inactive",
    all: "All", choose: "Choose", yes: "Yes",
    fields: {
      name: "Name", person: "Name", item: "Item", uscc: "Unified social credit code", area_code: "Area code", industry: "Industry", grade: "Grade",
      registered_on: "Registered on", kind: "Kind", legal_representative: "Legal representative", registered_capital: "Capital",
      contact_phone: "Contact number", address: "Address", business_scope: "Business scope", active: "In business", premises: "Premises", grid: "Grid",
      level: "Level", levels: "Levels", domain: "Domain", lead_industries: "Industries led", entrusted_by: "Entrusted by", agency: "Agency",
      agency_id: "Agency", certificate_number: "Certificate number", scope: "Scope", valid_from: "Valid from", valid_until: "Valid until",
      code: "Code", annual_cap: "Yearly cap", min_interval_days: "Shortest interval (days)", in_force_from: "In force from",
      in_force_until: "In force until", legal_basis: "Legal basis", published: "Published", checklist: "Checklist", province: "Province",
      region: "Region", latitude: "Latitude", longitude: "Longitude",
    },
    levels: { city: "City", county: "County", town: "Town" },
    domains: {
      emergency: "Emergency", fire: "Fire", environment: "Environment", market: "Market", construction: "Construction", transport: "Transport",
      health: "Health", labour: "Labour", urban: "Urban", tax: "Tax", agriculture: "Agriculture", land: "Land", water: "Water", culture: "Culture",
      police: "Police", commerce: "Commerce", energy: "Energy", statistics: "Statistics", meteorology: "Meteorology", education: "Education",
      civil_affairs: "Civil affairs", industry: "Industry", housing_fund: "Housing fund", medical_insurance: "Medical insurance",
      veterans: "Veterans", finance: "Finance", intellectual_property: "Intellectual property", tobacco: "Tobacco",
    },
    changes: {
      title: "Changes", now: "now version {version}", version: "version {version}", registered: "Registered", changed: "Changed",
      photo_put: "Photo replaced", contact_read: "Contact read", read: "Contact read", nobody: "a command", empty: "Nothing was changed by hand.",
      imports: "Versions that imports made are not listed here; see Imports.",
    },
    enterprises: {
      title: "Enterprises and premises", search: "Name (two characters or more) or code", empty: "No enterprise fits.", registered: "domicile",
      code: "Gate code", addPremises: "Add premises", domicile: "Without premises the registered address is the one that is visited.",
    },
    plates: {
      title: "Print gate plates", what: "Ten on each sheet of A4, with cut marks: name, address, square and the code to type.", all: "Choose all of this page",
      chosen: "{count} chosen, {sheets} sheets", list: "Chosen plates", andMore: "and {count} more", tooMany: "At most {most} at a time.", print: "Print plates", clear: "Clear",
      printing: "Setting the pages…", printed: "The PDF of {count} plates is made.",
    },
    agencies: { title: "Agencies", search: "Name", notEntrusted: "Not entrusted", announced: "Announced: may inspect" },
    inspectors: {
      title: "Inspectors", search: "Name or certificate number", kind: "Kind", kinds: { inspector: "Inspector", assistant: "Assistant" },
      active: "On duty", over: "Expired", photo: "Photo", photoOf: "Photo of {name}", photoNone: "There is no photo yet.",
      photoHidden: "The credential is not valid today: the photo is not shown.",
      photoWhat: "An enterprise sees it when it scans the order or the credential. JPEG or PNG, up to 5 MB; only the picture itself is kept.",
      photoPut: "Upload a photo", photoOther: "Replace the photo",
    },
    items: {
      title: "Items and checklists", search: "Item or code", unpublished: "Unpublished", published: "Published", checklist: "Checklist",
      versionShort: "v{version} · {questions}", newVersion: "Changed questions make a new version; orders keep the one they were issued with.",
      versions: "Versions of the checklist", version: "Version {version}", current: "current", question: "Question {number}", basis: "Basis (optional)",
      addQuestion: "Add a question", up: "Move question {number} up", down: "Move question {number} down", removeQuestion: "Remove question {number}",
    },
    imports: {
      title: "Imports", start: "Import a spreadsheet", empty: "Nothing was imported yet.", file: "File", unnamed: "(unnamed)", kind: "What it holds",
      state: "State", at: "When", dry: "dry run", real: "real run", drop: "Drop a spreadsheet here", forms: "CSV (UTF-8, GB18030), xlsx, xls, ods",
      pick: "Choose a file", another: "Another file", missing: "Required columns are missing: {fields}", complete: "All required columns were found.",
      mapping: "What is each column? Guessed from the header; change what is wrong.", header: "Header in the file", means: "Field",
      meaningOf: "Field of “{title}”", ignored: "Left out", examples: "First rows", tryOut: "Dry run (writes nothing)", run: "Import for real",
      ask: "Import for real?", askWhat: "{created} will be new and {updated} changed.", rejectedStay: "Rows with errors are left out; correct them and import again.",
      nothing: "There is nothing new or changed.", sending: "Sending…", progress: "Progress of the import", result: "Result of an import",
      errors: "Rows with errors", errorFile: "Download the errors",
      wouldChange: "For real: {created} new, {updated} changed, {unchanged} as they were.", changed: "{created} new, {updated} changed, {unchanged} as they were.",
      line: "Line", column: "Column", value: "Value", why: "Why", wholeRow: "(the row)",
      states: { waiting: "Waiting", running: "Running", finished: "Finished", failed: "Could not be imported" },
      counts: { rows: "Rows", created: "New", updated: "Changed", unchanged: "Unchanged", rejected: "With errors", duplicates: "Repeated" },
    },
  },
};
