import type { components } from "@api/registry";

export type Enterprise = components["schemas"]["Enterprise"];
export type Place = components["schemas"]["PremisesDraft"];
export type Draft = components["schemas"]["EnterpriseDraft"] & { premises: Place[] };

export const place = (): Place => ({
  premises_id: null, registered: false, name: "", address: "", area_code: "", grid: "", active: true, latitude: null, longitude: null,
});

const EMPTY: Draft = {
  uscc: "", name: "", area_code: "", industry: "", active: true, grade: null, registered_on: null, kind: "", legal_representative: "",
  registered_capital: "", business_scope: "", province: "", region: "", address: "", grid: "", latitude: null, longitude: null,
  premises: [], contact_phone: null,
};

/** What may be changed of it; the contact stays as it is unless another is typed. */
export function draftOf(shown: Enterprise | null): Draft {
  if (!shown) return { ...EMPTY, premises: [] };
  const { enterprise_id: _id, version: _version, contact: _contact, premises, ...fields } = shown;
  const places = (premises ?? []).map(({ short_code: _code, ...rest }) => rest);
  return { ...fields, premises: places, contact_phone: null };
}
