/** The city's calendar day, wherever the phone believes to be. */
export function cityDay(): string {
  return new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
}
