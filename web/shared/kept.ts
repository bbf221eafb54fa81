/** What somebody prefers, kept on this phone in a cookie, so that pages written by the server heed it too. Never a right. */
const A_YEAR_S = 31_536_000;

export function kept(name: string): string | undefined {
  return document.cookie.split("; ").find((each) => each.startsWith(`yicha-${name}=`))?.split("=")[1];
}

export function keep(name: string, value: string): void {
  document.cookie = `yicha-${name}=${value}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
}
