const start = '<!-- tree:start -->';
const end = '<!-- tree:end -->';

/** The folders of README's tree, as paths: a line is a name that ends in `/`, indented two spaces below the folder it is in. */
export function foldersInReadme(readme: string): string[] {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`README.md has no tree between ${start} and ${end}`);
  const parents: string[] = [];
  const folders: string[] = [];
  for (const line of readme.slice(from, to).split('\n')) {
    const [, indentation, name] = /^( *)([\w.-]+)\/(?:\s|$)/.exec(line) ?? [];
    if (indentation === undefined || name === undefined) continue;
    parents.length = indentation.length / 2;
    parents.push(name);
    folders.push(parents.join('/'));
  }
  return folders;
}
