/** Remembers the newest ids: Telegram can deliver an update more than once. */
export interface RecentIds {
  /** Adds an id; false when it is known. */
  add(id: number): boolean;
}

/** Makes a memory of the newest `capacity` ids. */
export function createRecentIds(capacity: number): RecentIds {
  const ids = new Set<number>();
  return {
    add(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > capacity) {
        const [oldest] = ids;
        if (oldest !== undefined) ids.delete(oldest);
      }
      return true;
    },
  };
}
