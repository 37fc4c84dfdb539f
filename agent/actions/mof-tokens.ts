export type FilledMof = { readonly ok: true; readonly mof: Buffer } | { readonly ok: false; readonly problem: string };

const TOKEN = /\{(tag|tagb64|env|ssm|tagssm):([^{}\r\n]{1,256})\}/g;
const UTF16_MARK = 0xfffe;

/** Puts environment variables in the place of `{env:NAME}`, as text of a MOF's string. In the encoding that the MOF came in. */
export function fillTokens(mof: Buffer, environment: Readonly<Record<string, string>>): FilledMof {
  const encoding = mof.length >= 2 && mof.readUInt16BE(0) === UTF16_MARK ? 'utf16le' : 'utf8';
  const problems: string[] = [];
  const filled = mof.toString(encoding).replace(TOKEN, (token: string, kind: string, ...[name]: string[]) => {
    const value = kind === 'env' && name !== undefined ? variable(environment, name) : undefined;
    if (value !== undefined) return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    problems.push(kind === 'env' ? `${token} is no environment variable of this step` : `${token} does not come to nodes`);
    return token;
  });
  if (problems.length === 0) return { ok: true, mof: Buffer.from(filled, encoding) };
  return { ok: false, problem: `${[...new Set(problems)].slice(0, 10).join('; ')}.` };
}

/** Windows' names of variables are the same in any case. */
function variable(environment: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(environment).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : environment[key];
}
