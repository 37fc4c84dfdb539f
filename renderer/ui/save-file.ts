/** How long the browser may take to begin a download before its source goes. */
const KEEP_MS = 60_000;

/** Hands a text to the person as a file. It comes from this page's memory: no request is made. */
export function saveFile(name: string, pieces: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w.-]+/g, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
