/** Names of whom a complaint is from and about, which its service does not know. */
import { registry, wanted } from "@shared/api";

export async function enterpriseName(enterprise_id: string): Promise<string> {
  return (await wanted(registry.GET("/api/registry/v1/enterprises/{enterprise_id}", { params: { path: { enterprise_id } } }))).name;
}

export async function agencyName(agency_id: string): Promise<string> {
  return (await wanted(registry.GET("/api/registry/v1/agencies/{agency_id}", { params: { path: { agency_id } } }))).name;
}

/** Of a page of complaints: each enterprise is asked for once. */
export async function enterpriseNames(ids: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await enterpriseName(id)] as const)));
}
