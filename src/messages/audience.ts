import { createNameOf, type NameOf, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import type { Place } from '../delivery/index.ts';

/** The wording of whoever reads a place: its person in a private chat, else the workspace's. */
export function wordsOf(deps: Pick<Deps, 'registry' | 'wordsFor'>, place: Place): Words {
  const { people, workspace } = deps.registry.current();
  const reader = people.find(
    (person) =>
      (place.channel === 'telegram' && String(person.telegramId) === place.chat) ||
      (place.channel === 'slack' && person.slackId === place.conversation) ||
      (place.channel === 'mail' && person.email === place.address),
  );
  return deps.wordsFor(reader?.locale ?? workspace.locale, reader?.timezone ?? workspace.timezone);
}

const HOOK_NAMES = { webhook: 'web hook', msteams: 'Teams', discord: 'Discord' } as const;

/** A place as people call it: the name of its person, or the chat's id. */
export function labelOf(deps: Pick<Deps, 'registry'>, place: Place): string {
  const { people } = deps.registry.current();
  if (place.channel === 'telegram') {
    const person = people.find((one) => String(one.telegramId) === place.chat);
    return person?.name ?? `Telegram ${place.chat}${place.topic === null ? '' : `/${place.topic}`}`;
  }
  if (place.channel === 'slack') {
    const person = people.find(({ slackId }) => slackId === place.conversation);
    return `Slack ${person?.name ?? place.conversation}`;
  }
  return addressOf(place);
}

function addressOf(place: Exclude<Place, { channel: 'telegram' | 'slack' }>): string {
  switch (place.channel) {
    case 'mail':
      return place.address;
    case 'sms':
      return place.number;
    case 'webhook':
    case 'msteams':
    case 'discord':
      return `${HOOK_NAMES[place.channel]} ${place.name}`;
  }
}

/** Gives names for the actors of a workspace. */
export function nameOfPeople(deps: Pick<Deps, 'registry'>): NameOf {
  return createNameOf(deps.registry.current().people);
}

/** A metric's section on the docs site. */
export function docsUrlOf(deps: Pick<Deps, 'publicUrl'>, metric: { id: string; domain: string }): string {
  return `${deps.publicUrl()}/docs/metrics/${metric.domain}#${metric.id}`;
}

/** The same for a message that is not about the docs: null where nobody but this machine could open it. */
export function sharedDocsUrlOf(
  deps: Pick<Deps, 'publicUrl'>,
  metric: { id: string; domain: string },
): string | null {
  const url = docsUrlOf(deps, metric);
  return new URL(url).hostname.includes('.') ? url : null;
}
