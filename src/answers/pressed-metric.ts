/** A slug may have 63 characters, a button 64 bytes: longer ones keep a readable start and a checksum. */
const METRIC_MAX = 50;
const METRIC_START = 40;

/** Gives a metric's id as a button carries it. */
export function shortMetric(id: string): string {
  return id.length <= METRIC_MAX ? id : `${id.slice(0, METRIC_START)}~${checksum(id)}`;
}

/** FNV-1a, 32 bits, http://www.isthe.com/chongo/tech/comp/fnv */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Gives the metric's id that a press names, among those that exist; undefined when it is gone. */
export function findPressedMetric(pressed: string, ids: Iterable<string>): string | undefined {
  for (const id of ids) if (id === pressed || shortMetric(id) === pressed) return id;
  return undefined;
}
