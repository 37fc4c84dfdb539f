/**
 * Stock Chromium cannot be taught a scheme. A page of a standard, secure scheme is therefore shown from a name below `localhost`,
 * which Chromium trusts like https and never looks up; main sees the scheme's own addresses.
 */
const shown = /^((?:blob:)?)http:\/\/([^/:]+)\.([a-z][a-z0-9+.-]*)\.localhost(?=\/|$)/;
const own = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/;

export function addressInBrowser(url: string, schemes: ReadonlySet<string>): string {
  const [start, scheme, host] = own.exec(url) ?? [];
  return start !== undefined && scheme !== undefined && schemes.has(scheme)
    ? `http://${host}.${scheme}.localhost${url.slice(start.length)}`
    : url;
}

export function addressInMain(url: string, schemes: ReadonlySet<string>): string {
  const [start, blob, host, scheme] = shown.exec(url) ?? [];
  return start !== undefined && scheme !== undefined && schemes.has(scheme) ? `${blob}${scheme}://${host}${url.slice(start.length)}` : url;
}
