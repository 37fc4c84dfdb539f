/** How a sign sorts where no digits are: a tilde before the end, letters before all others (Debian Policy 5.6.12). */
function rank(sign: string | undefined): number {
  if (sign === '~') return -1;
  if (sign === undefined || /\d/.test(sign)) return 0;
  const code = sign.codePointAt(0) ?? 0;
  return /[A-Za-z]/.test(sign) ? code : code + 0x110000;
}

/** Numbers of any length, without their leading zeros. */
export function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One part of a version: what are no digits, then digits, in turns. */
function comparePart(a: string, b: string): number {
  let [left, right] = [[...a], [...b]];
  while (left.length > 0 || right.length > 0) {
    while ((left.length > 0 && !/\d/.test(left[0] ?? '')) || (right.length > 0 && !/\d/.test(right[0] ?? ''))) {
      const order = rank(left[0]) - rank(right[0]);
      if (order !== 0) return order;
      left = left.slice(1);
      right = right.slice(1);
    }
    const [leftDigits, rightDigits] = [/^\d*/.exec(left.join(''))?.[0] ?? '', /^\d*/.exec(right.join(''))?.[0] ?? ''];
    const order = compareDigits(leftDigits, rightDigits);
    if (order !== 0) return order;
    left = left.slice(leftDigits.length);
    right = right.slice(rightDigits.length);
  }
  return 0;
}

export const compareDebianPart = (a: string, b: string): number => Math.sign(comparePart(a, b));
