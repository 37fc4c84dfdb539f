/** Values by key, of which each key has any number. A key without a value is not there. */
export type Many<Key, Value> = Map<Key, Set<Value>>;

export function addTo<Key, Value>(many: Many<Key, Value>, key: Key, value: Value): void {
  const known = many.get(key);
  if (known === undefined) many.set(key, new Set([value]));
  else known.add(value);
}

export function dropFrom<Key, Value>(many: Many<Key, Value>, key: Key, value: Value): void {
  const known = many.get(key);
  known?.delete(value);
  if (known?.size === 0) many.delete(key);
}
