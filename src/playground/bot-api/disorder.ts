/** Delivers things twice or in another order when told to, as networks do. */
export interface Disorder<T> {
  pass(thing: T): void;
  /** Delivers each of the next `count` twice. */
  duplicate(count: number): void;
  /** Holds the next `count` back and delivers them in reverse order. */
  reorder(count: number): void;
}

/** Makes a way that leads to `deliver`. */
export function createDisorder<T>(deliver: (thing: T) => void): Disorder<T> {
  const held: T[] = [];
  let toDuplicate = 0;
  let toReorder = 0;

  function passOn(thing: T): void {
    deliver(thing);
    if (toDuplicate === 0) return;
    toDuplicate -= 1;
    deliver(thing);
  }

  return {
    pass(thing) {
      if (toReorder === 0) return passOn(thing);
      held.push(thing);
      if (held.length < toReorder) return;
      toReorder = 0;
      held.splice(0).toReversed().forEach(passOn);
    },
    duplicate(count) {
      toDuplicate = count;
    },
    reorder(count) {
      toReorder = count;
    },
  };
}
