import { CHAT_METHODS } from './chat.ts';
import { FILE_METHODS } from './files.ts';
import { PEOPLE_METHODS } from './people.ts';
import { PIN_METHODS } from './pins.ts';
import type { Method } from './types.ts';
import { VIEW_METHODS } from './views.ts';

const METHODS: Record<string, Method> = {
  ...CHAT_METHODS,
  ...FILE_METHODS,
  ...PEOPLE_METHODS,
  ...PIN_METHODS,
  ...VIEW_METHODS,
};

/** Finds a method of the Web API by its name. */
export function findMethod(name: string): Method | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
}
