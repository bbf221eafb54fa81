import type { zh } from "./zh";

export const en: typeof zh = {
  draft: {
    page: "Draft", title: "Draft an order", search: "Name or unified social credit code", choose: "Choose the enterprise",
    premises: "Premises", items: "Items", inspectors: "Inspectors", from: "From", to: "To", trigger: "Trigger",
    clue: "Clue, document or request", onSite: "Why it must be on site", considered: "Ways without a visit that were considered",
    ways: { written: "In writing", data_sharing: "By shared data", remote: "Remotely" },
    checking: "The gate is looking…", clean: "The gate has nothing to say.",
    incomplete: "Once enterprise, premises, items, people and window are there, the gate looks by itself.",
    submit: "Save and submit",
    save: "Save the draft", revise: "Change the order", notFound: "No enterprise was found.", assistance: "Letter of assistance (only outside your area)",
    campaign: "Campaign", left: "{n} left of its quota", noCampaign: "Your agency has no published campaign that runs now.", randomFrom: "Orders of a draw are drafted from its results, so that they keep to what was drawn.", recheckFrom: "Draft a recheck from the order under “Rectifications”: only then is it tied to what is rechecked.",
    fields: {
      enterprise_id: "Enterprise", premises_id: "Premises", items: "Items", inspectors: "Inspectors", starts_on: "From", ends_on: "To", trigger: "Trigger",
      clue: "Clue, document", on_site_reason: "Why on site", considered: "Ways considered", assistance_letter: "Letter of assistance", campaign_id: "Campaign",
      draw_id: "Draw", recheck_of: "Order rechecked",
    },
  },
};
