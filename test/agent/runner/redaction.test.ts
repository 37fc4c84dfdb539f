import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactionOf } from '../../../agent/runner/redaction.ts';

/** What arrives of a text that is written in pieces of these lengths, the last one as long as what is left. */
function passed(secrets: readonly string[], text: string, lengths: readonly number[] = []): string {
  const parts: Uint8Array[] = [];
  const sink = redactionOf(secrets).before({ write: (part) => parts.push(Uint8Array.from(part)) });
  let rest: Uint8Array = Buffer.from(text);
  for (const length of lengths) {
    sink.write(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  sink.write(rest);
  sink.end();
  return Buffer.concat(parts).toString('utf8');
}

describe('a secret in what a step prints', () => {
  test('is masked wherever it stands', () => {
    expect(passed(['hunter2'], 'hunter2 is hunter2, not hunter3\n')).toBe('******** is ********, not hunter3\n');
    expect(passed(['hunter2'], 'hunterhunter2hunter')).toBe('hunter********hunter');
  });

  test('is masked also when it comes byte by byte', () => {
    const text = 'päss wörd: ☃-secret-☃!';
    expect(passed(['☃-secret-☃'], text, Array(Buffer.byteLength(text)).fill(1))).toBe('päss wörd: ********!');
  });

  test('that is part of another, or overlaps another, leaves nothing of either', () => {
    expect(passed(['abcd', 'xabcdy'], 'xabcdz xabcdy')).toBe('x********z ********');
    expect(passed(['abab'], 'ababab')).toBe('********');
    expect(passed(['abcdef', 'defghi'], '.abcdefghi.')).toBe('.********.');
  });

  test('of several lines is masked line by line too, and as a shell leaves it', () => {
    const key = '-----BEGIN-----\nMIGHAgEAMBMG\nabc\n-----END-----\n';
    expect(passed([key], key)).toBe('********');
    expect(passed([key], `[${key.trim()}]`)).toBe('[********]');
    expect(passed([key], 'line: MIGHAgEAMBMG; abc')).toBe('line: ********; abc');
  });

  test('is masked in the spellings that programs give it: JSON, URL, hexadecimal and base64, also in the middle of a longer text', () => {
    const secret = 'pä"s\\s w0rd/+&\tend';
    const bytes = Buffer.from(secret);
    const spellings = [
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll('%20', '+'),
      encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase()),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
    ];
    for (const spelling of spellings) expect(passed([secret], `<${spelling}>`), spelling).toBe('<********>');
    for (const user of ['', 'a', 'ab', 'abc', 'admin:']) {
      const header = Buffer.from(`${user}${secret}\n`).toString('base64');
      const found = passed([secret], header);
      expect(found).toContain('********');
      // At its two ends a character of base64 has bits of what stands beside it: no more than those are left.
      const shown = found.replace('********', '');
      expect(header.length - shown.length).toBeGreaterThanOrEqual(Math.floor((bytes.length * 8) / 6) - 2);
    }
  });

  test('is masked line by line where base64 is wrapped', () => {
    const secret = Array.from({ length: 100 }, (_, position) => String.fromCharCode(48 + (position % 75))).join('');
    const wrapped =
      Buffer.from(secret)
        .toString('base64')
        .replace(/=+$/, '')
        .match(/.{1,76}/g) ?? [];
    expect(passed([secret], wrapped.join('\n'))).toBe('********\n********');
  });

  test('is masked in what is said of a step: its reason, its changes, and what a check found', () => {
    const { outcome } = redactionOf(['hunter2']);
    const change = (text: string) => ({ resource: `file ${text}`, property: 'content', before: null, after: `password ${text}` });
    const [shown, masked] = [change('hunter2'), change('********')];
    expect(outcome({ kind: 'failed', reason: 'hunter2 is wrong', changes: [shown] })).toEqual({
      kind: 'failed',
      reason: '******** is wrong',
      changes: [masked],
    });
    expect(outcome({ kind: 'exited', exitCode: 0, changes: [shown] })).toEqual({ kind: 'exited', exitCode: 0, changes: [masked] });
    expect(outcome({ kind: 'needs-restart', changes: [shown] })).toEqual({ kind: 'needs-restart', changes: [masked] });
    expect(outcome({ kind: 'checked', drift: [shown] })).toEqual({ kind: 'checked', drift: [masked] });
  });

  test('of fewer than four characters is left as it is', () => {
    expect(passed(['abc', '☃☃☃'], 'abc ☃☃☃')).toBe('abc ☃☃☃');
    expect(passed(['☃☃☃☃'], '☃☃☃☃')).toBe('********');
  });

  test('is masked in a text as well', () => {
    expect(redactionOf(['hunter2']).text('the password hunter2 is wrong')).toBe('the password ******** is wrong');
    expect(redactionOf([]).text('hunter2')).toBe('hunter2');
  });

  test('never passes, however the output is cut, and all that is no secret does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 9 });
    const noise = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '☃'), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 3 }),
        fc.array(noise),
        fc.array(fc.integer({ min: 0, max: 5 })),
        (secrets, between, cuts) => {
          const text = between.join(secrets[0]);
          const found = passed(secrets, text, cuts);
          for (const secret of secrets) expect(found).not.toContain(secret);
          expect(found).toBe(maskedByHand(secrets, text));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Slowly and plainly: every place that is in some secret is masked, one mask for each stretch of them. */
function maskedByHand(secrets: readonly string[], text: string): string {
  const isSecret = Array(text.length).fill(false);
  for (const secret of secrets) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) isSecret.fill(true, at, at + secret.length);
  }
  return [...text].map((character, at) => (!isSecret[at] ? character : isSecret[at - 1] ? '' : '********')).join('');
}

test('holds back no more than the longest secret, and passes sixteen megabytes in no time worth mentioning', () => {
  let passedBytes = 0;
  const count = (part: Uint8Array) => {
    passedBytes += part.length;
  };
  const sink = redactionOf(['x'.repeat(4000)]).before({ write: count });
  const chunk = Buffer.from(`${'x'.repeat(3999)}.`.repeat(16));
  const began = performance.now();
  for (let written = 1; written <= 250; written += 1) {
    sink.write(chunk);
    expect(written * chunk.length - passedBytes).toBeLessThanOrEqual(4000);
  }
  sink.end();
  expect(passedBytes).toBe(250 * chunk.length);
  expect(performance.now() - began).toBeLessThan(10_000);
});
