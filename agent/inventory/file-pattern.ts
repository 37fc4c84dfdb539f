/** Whether a file's name meets a pattern with `*` (any text) and `?` (one character), in time that grows with both alone. */
export function meetsPattern(name: string, pattern: string): boolean {
  let [at, inPattern, star, starAt] = [0, 0, -1, 0];
  while (at < name.length) {
    const sign = pattern[inPattern];
    if (sign === '*') {
      star = inPattern;
      starAt = at;
      inPattern += 1;
    } else if (sign === '?' || sign === name[at]) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      // What the last star stands for is one character longer.
      starAt += 1;
      at = starAt;
      inPattern = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

export type Expanded = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly variable: string };

/** A path with its environment variables: %NAME% on Windows, $NAME and ${NAME} elsewhere, as the SSM agent takes them. */
export function expandPath(path: string, environment: Readonly<Record<string, string>>, isWindows: boolean): Expanded {
  let missing: string | null = null;
  const names = new Map(Object.entries(environment).map(([name, value]) => [isWindows ? name.toUpperCase() : name, value]));
  const value = (name: string): string => {
    const found = names.get(isWindows ? name.toUpperCase() : name);
    if (found === undefined) missing = name;
    return found ?? '';
  };
  const expanded = isWindows
    ? path.replace(/%([^%\s]+)%/g, (_, name: string) => value(name))
    : path.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => value(braced ?? bare ?? ''));
  return missing === null ? { ok: true, path: expanded } : { ok: false, variable: missing };
}
