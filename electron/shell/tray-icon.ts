/** What the tray's icon tells at a glance, by shape as well as by colour. */
export type TrayMark = 'plain' | 'working' | 'attention' | 'starting' | 'not-reachable';

type Colour = readonly [red: number, green: number, blue: number];
type Point = { x: number; y: number };
/** Layers lie on one another, the first on top; one without a colour cuts a hole, which keeps a mark apart from the shield. */
type Layer = { colour: Colour | null; covers: (point: Point) => boolean };

const brand: Colour = [47, 111, 217];
const grey: Colour = [128, 134, 145];
const amber: Colour = [217, 119, 6];
const red: Colour = [201, 42, 42];

const samplesPerSide = 4;

/**
 * A square picture as Electron's `createFromBitmap` takes it: blue, green, red and alpha of each pixel, premultiplied.
 * Drawn here rather than kept as files, so that every state is sharp at every scale.
 */
export function drawTrayIcon(mark: TrayMark, size: number): Uint8Array {
  const bitmap = new Uint8Array(size * size * 4);
  const layers = layersOf(mark);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    bitmap.set(colourOfPixel(layers, { x: pixel % size, y: Math.floor(pixel / size), size }), pixel * 4);
  }
  return bitmap;
}

function colourOfPixel(layers: readonly Layer[], pixel: Point & { size: number }): readonly number[] {
  const sum = { blue: 0, green: 0, red: 0, alpha: 0 };
  const samples = samplesPerSide * samplesPerSide;
  for (let sample = 0; sample < samples; sample += 1) {
    const x = (pixel.x + ((sample % samplesPerSide) + 0.5) / samplesPerSide) / pixel.size;
    const y = (pixel.y + (Math.floor(sample / samplesPerSide) + 0.5) / samplesPerSide) / pixel.size;
    const colour = layers.find((layer) => layer.covers({ x, y }))?.colour ?? null;
    if (colour === null) continue;
    sum.red += colour[0];
    sum.green += colour[1];
    sum.blue += colour[2];
    sum.alpha += 255;
  }
  return [sum.blue, sum.green, sum.red, sum.alpha].map((value) => Math.round(value / samples));
}

function layersOf(mark: TrayMark): readonly Layer[] {
  switch (mark) {
    case 'plain':
      return [shield(brand)];
    case 'starting':
      return [shield(grey)];
    case 'working':
      return [{ colour: brand, covers: isInRing }, clearCorner, shield(brand)];
    case 'attention':
      return [{ colour: amber, covers: isInTriangle }, clearCorner, shield(brand)];
    case 'not-reachable':
      return [{ colour: red, covers: (point) => isOnDiagonal(point, 0.06) }, clearDiagonal, shield(grey)];
  }
}

const clearCorner: Layer = { colour: null, covers: (point) => distanceFromCorner(point) < 0.34 };
const clearDiagonal: Layer = { colour: null, covers: (point) => isOnDiagonal(point, 0.13) };

/** A shield with an H cut out of it. */
const shield = (colour: Colour): Layer => ({ colour, covers: (point) => isInShield(point) && !isInLetter(point) });

function isInShield({ x, y }: Point): boolean {
  if (y < 0.03 || y > 0.99) return false;
  const halfWidth = y < 0.48 ? 0.43 : 0.43 * Math.sqrt(1 - ((y - 0.48) / 0.51) ** 2);
  return Math.abs(x - 0.5) <= halfWidth;
}

function isInLetter({ x, y }: Point): boolean {
  const isInStem = Math.abs(Math.abs(x - 0.5) - 0.16) < 0.06 && y > 0.2 && y < 0.7;
  const isInBar = Math.abs(x - 0.5) < 0.16 && Math.abs(y - 0.45) < 0.06;
  return isInStem || isInBar;
}

function isInRing(point: Point): boolean {
  const distance = distanceFromCorner(point);
  return distance > 0.1 && distance < 0.24;
}

function isInTriangle({ x, y }: Point): boolean {
  return y > 0.5 && y < 0.98 && Math.abs(x - 0.73) < (y - 0.5) * 0.56;
}

function isOnDiagonal({ x, y }: Point, halfWidth: number): boolean {
  return Math.abs(x - y) / Math.SQRT2 < halfWidth && x > 0.04 && x < 0.96;
}

function distanceFromCorner({ x, y }: Point): number {
  return Math.hypot(x - 0.74, y - 0.74);
}
