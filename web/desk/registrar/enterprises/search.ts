import { registry, wanted } from "@shared/api";

const USCC = /^[0-9A-Z]{18}$/;

/** By the whole code, or by part of the name; nothing asked for is everybody. */
export function searched(typed: string, area: string, after: string | null) {
  const text = typed.trim();
  const code = text.toUpperCase();
  const query = {
    limit: 30,
    after,
    ...(USCC.test(code) ? { uscc: code } : text ? { q: text } : {}),
    ...(area ? { area_code: area } : {}),
  };
  return wanted(registry.GET("/api/registry/v1/enterprises", { params: { query } }));
}
