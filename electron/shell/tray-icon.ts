/** What the tray's icon tells at a glance, by shape as well as by colour. */
export type TrayMark = 'plain' | 'working' | 'attention' | 'starting' | 'not-reachable';

/** `template` is for the menu bar of macOS, which takes only the shape of an icon and colours it itself. */
export type TrayStyle = 'coloured' | 'template';

type Colour = readonly [red: number, green: number, blue: number];
type Point = { x: number; y: number };
/** Layers lie on one another, the first on top; one without a colour cuts a hole. Points run from 0 to 32, as in `holdfast.svg`. */
type Layer = { colour: Colour | null; covers: (point: Point) => boolean };

const petrol: Colour = [24, 76, 92];
const brass: Colour = [230, 180, 92];
const grey: Colour = [112, 122, 126];
const paper: Colour = [228, 235, 235];
const blue: Colour = [74, 155, 211];
const amber: Colour = [224, 145, 33];
const red: Colour = [216, 74, 66];

const side = 32;
const samplesPerSide = 4;

/**
 * A square picture as Electron's `createFromBitmap` takes it: blue, green, red and alpha of each pixel, premultiplied.
 * Drawn here rather than kept as files, so that every state is sharp at every scale.
 */
export function drawTrayIcon(mark: TrayMark, { size, style }: { size: number; style: TrayStyle }): Uint8Array {
  const bitmap = new Uint8Array(size * size * 4);
  const layers = layersOf(mark, style);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    bitmap.set(colourOfPixel(layers, { x: pixel % size, y: Math.floor(pixel / size), size }), pixel * 4);
  }
  return bitmap;
}

function colourOfPixel(layers: readonly Layer[], pixel: Point & { size: number }): readonly number[] {
  const sum = { blue: 0, green: 0, red: 0, alpha: 0 };
  const samples = samplesPerSide * samplesPerSide;
  for (let sample = 0; sample < samples; sample += 1) {
    const x = ((pixel.x + ((sample % samplesPerSide) + 0.5) / samplesPerSide) / pixel.size) * side;
    const y = ((pixel.y + (Math.floor(sample / samplesPerSide) + 0.5) / samplesPerSide) / pixel.size) * side;
    const colour = layers.find((layer) => layer.covers({ x, y }))?.colour ?? null;
    if (colour === null) continue;
    sum.red += colour[0];
    sum.green += colour[1];
    sum.blue += colour[2];
    sum.alpha += 255;
  }
  return [sum.blue, sum.green, sum.red, sum.alpha].map((value) => Math.round(value / samples));
}

function layersOf(mark: TrayMark, style: TrayStyle): readonly Layer[] {
  const anchor = (colour: Colour): Layer => ({ colour: style === 'template' ? null : colour, covers: isInAnchor });
  const tile = (colour: Colour): Layer => ({ colour, covers: isInTile });
  const well = [anchor(brass), tile(petrol)];
  const away = [anchor(paper), tile(grey)];
  switch (mark) {
    case 'plain':
      return well;
    case 'starting':
      return away;
    case 'working':
      return [{ colour: blue, covers: isInRing }, clearCorner, ...well];
    case 'attention':
      return [{ colour: amber, covers: isInTriangle }, clearCorner, ...well];
    case 'not-reachable':
      return [{ colour: red, covers: (point) => isOnDiagonal(point, 2) }, clearDiagonal, ...away];
  }
}

/** Clear space that keeps a mark apart from what is under it. */
const clearCorner: Layer = { colour: null, covers: (point) => distanceFromCorner(point) < 11 };
const clearDiagonal: Layer = { colour: null, covers: (point) => isOnDiagonal(point, 4.2) };

function isInTile({ x, y }: Point): boolean {
  const radius = 7;
  const outside = Math.hypot(Math.max(0, Math.abs(x - 16) - (16 - radius)), Math.max(0, Math.abs(y - 16) - (16 - radius)));
  return outside <= radius;
}

/** The mark of Holdfast: a ring on a stem that holds the ground with three roots. */
function isInAnchor(point: Point): boolean {
  const halfStroke = 1.7;
  if (Math.abs(Math.hypot(point.x - 16, point.y - 8.6) - 3.2) < halfStroke) return true;
  return strokes.some(([from, to]) => distanceFromStroke(point, from, to) < halfStroke);
}

const strokes: readonly (readonly [Point, Point])[] = [
  [
    { x: 16, y: 12.5 },
    { x: 16, y: 26.5 },
  ],
  [
    { x: 16, y: 18 },
    { x: 14, y: 21.6 },
  ],
  [
    { x: 14, y: 21.6 },
    { x: 8, y: 24.5 },
  ],
  [
    { x: 16, y: 18 },
    { x: 18, y: 21.6 },
  ],
  [
    { x: 18, y: 21.6 },
    { x: 24, y: 24.5 },
  ],
];

function distanceFromStroke(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

function isInRing(point: Point): boolean {
  const distance = distanceFromCorner(point);
  return distance > 3 && distance < 7.8;
}

function isInTriangle({ x, y }: Point): boolean {
  return y > 15.5 && y < 31.5 && Math.abs(x - 23) < (y - 15.5) * 0.56;
}

function isOnDiagonal({ x, y }: Point, halfWidth: number): boolean {
  return Math.abs(x - y) / Math.SQRT2 < halfWidth && x > 1 && x < 31;
}

function distanceFromCorner({ x, y }: Point): number {
  return Math.hypot(x - 23.5, y - 23.5);
}
