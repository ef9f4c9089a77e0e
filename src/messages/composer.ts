import type { Deps } from '../deps.ts';
import { LEFT, listLeftPlaces } from '../alerts/index.ts';
import { placeKey, type ClaimedDelivery, type Composed, type Composer } from '../delivery/index.ts';
import { composeAccessAnswer } from './access.ts';
import { wordsOf } from './audience.ts';
import { composeAlert, type ComposerDeps } from './compose-alert.ts';
import { composeSource } from './compose-source.ts';
import { composePinned, composeScheduled } from './compose-standing.ts';
import { composeStorm } from './compose-storm.ts';
import { standalone } from './composed.ts';
import { createFactsReader } from './facts-reader.ts';
import { listFallbacks } from './fallbacks.ts';
import { composeLinkCode } from './link-mail.ts';
import { composeNotice } from './notices.ts';

/** Makes the words of deliveries from the state as it is when they are sent. */
export function createComposer(all: Deps): Composer {
  const deps: ComposerDeps = { ...all, facts: createFactsReader(all) };
  return {
    compose: async (delivery) => unlessLeft(deps, delivery, await compose(deps, delivery)),
    listFallbacks: (delivery, reason) => listFallbacks(deps, delivery, reason),
  };
}

/** Making a message may take long, and whoever leaves meanwhile hears no more of alerts. */
function unlessLeft(
  { registry }: Pick<Deps, 'registry'>,
  { alertId, edge, place }: ClaimedDelivery,
  composed: Composed,
): Composed {
  if (alertId === null || edge === 'access_answer') return composed;
  const hasLeft = listLeftPlaces([placeKey(place)], registry.current()).length > 0;
  return hasLeft ? { kind: 'skip', reason: LEFT } : composed;
}

async function compose(deps: ComposerDeps, delivery: ClaimedDelivery): Promise<Composed> {
  const words = wordsOf(deps, delivery.place);
  const { alertId, edge } = delivery;
  if (edge === 'scheduled') return composeScheduled(deps, delivery, words);
  if (delivery.payload['kind'] === 'pinned') return composePinned(deps, delivery, words);
  if (edge === 'link_code') return composeLinkCode(deps, delivery, words);
  if (edge === 'access_answer') return standalone(composeAccessAnswer(deps, delivery.payload));
  if (alertId === null) return standalone(composeNotice(delivery.payload, words));
  if (edge.startsWith('storm')) return composeStorm(deps, { ...delivery, alertId }, words);
  if (edge === 'fresh' || edge.startsWith('stale'))
    return composeSource(deps, { ...delivery, alertId }, words);
  return composeAlert(deps, { ...delivery, alertId }, words);
}
