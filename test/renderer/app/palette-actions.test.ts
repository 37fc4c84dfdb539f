import { describe, expect, test } from 'vitest';
import { paletteGroups, searchIn, stepTo } from '../../../renderer/app/palette-actions.ts';
import { places } from '../../../renderer/app/places.ts';
import { routeOf } from '../../../renderer/routes.ts';

const nothing = { nodes: [], associations: [], documents: [], calendars: [], parameters: [], packages: [] };

function groupsFor(query: string) {
  const went: string[] = [];
  const effects = {
    goTo: (address: string) => went.push(address),
    runNow: () => undefined,
    theme: () => undefined,
    showShortcuts: () => undefined,
  };
  return { groups: paletteGroups(query, nothing, effects), went };
}

test('every place of the navigation leads to one of its own screens', () => {
  for (const place of places) expect(place.pages).toContain(routeOf(place.href).page);
});

describe('the palette', () => {
  test('offers all places and commands before anything is typed', () => {
    const { groups } = groupsFor('');
    expect(groups.map(({ name }) => name)).toEqual(['Go to', 'Commands']);
    expect(groups[0]?.commands.length).toBe(places.length);
  });

  test('keeps what has the text in its name, and shows no empty group', () => {
    const { groups } = groupsFor('dark');
    expect(groups.map(({ name, commands }) => [name, commands.map(({ label }) => label)])).toEqual([['Commands', ['Dark theme']]]);
  });

  test('goes where a place leads', () => {
    const { groups, went } = groupsFor('compliance');
    groups[0]?.commands[0]?.run();
    expect(went.map((address) => routeOf(address).page)).toEqual(['compliance']);
  });

  test('searches for what comes after “run”', () => {
    expect([searchIn('run disk space'), searchIn('  disk '), searchIn('runner')]).toEqual(['disk space', 'disk', 'runner']);
  });
});

test('the list is round: after the last comes the first', () => {
  expect([
    stepTo('ArrowDown', 2, 3),
    stepTo('ArrowUp', 0, 3),
    stepTo('ArrowDown', 0, 3),
    stepTo('a', 0, 3),
    stepTo('ArrowDown', 0, 0),
  ]).toEqual([0, 2, 1, null, null]);
});
