import { answerSetting, type Answer, type SettingFacts } from '../answers/index.ts';
import { RefusedError } from '../errors.ts';
import {
  changeSetting,
  effectiveLocale,
  effectiveTimezone,
  findByEmail,
  loadOrigins,
  type SettingChange,
} from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import type { Words } from '../answers/index.ts';
import type { CommandContext } from './types.ts';

/** Words that give a setting back to the file. */
const BACK: ReadonlySet<string> = new Set(['file', 'default', 'файл', 'сброс']);

/** Tells whether somebody wants what the file says. */
export function isBack(text: string): boolean {
  return BACK.has(text.trim().toLowerCase());
}

/** A setting as a command knows it: how its value is read by people, and what it is called. */
export type OwnSetting = {
  name: SettingFacts['name'];
  change: SettingChange['name'];
  show(person: Person, words: Words): string;
};

/** Changes a setting of the caller if asked, and says what is in force, in the words that are in force. */
export async function answerOwnSetting(
  context: CommandContext,
  setting: OwnSetting,
  change: SettingChange | null,
): Promise<Answer> {
  const { deps, caller } = context;
  if (change) await changeSetting(deps, caller, change);
  const registry = deps.registry.current();
  const person = findByEmail(registry, caller.person?.email ?? '');
  if (!person) throw new RefusedError('not_a_member', 'Only people of this workspace have settings.');
  const origins = await loadOrigins(deps, person);
  const words = deps.wordsFor(
    effectiveLocale(person, registry.workspace),
    effectiveTimezone(person, registry.workspace),
  );
  const value = setting.show(person, words);
  return answerSetting(
    { name: setting.name, value, origin: origins[setting.change], isNew: change !== null },
    words,
  );
}
