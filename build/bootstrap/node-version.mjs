// Imported before anything else by every command: what follows uses syntax and built-ins of Node 20.
const oldestNode = 20;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Holdfast needs Node ${oldestNode} or newer to set itself up; this is ${process.versions.node}. Get it from https://nodejs.org.\n`,
  );
  process.exit(1);
}
