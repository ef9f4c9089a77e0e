/**
 * WHAT a message says now. In: a delivery or an alert, and the state of things. Out: the words and the picture for its reader;
 * notices to owners and the ops inbox.
 */
export { docsUrlOf, labelOf, nameOfPeople, sharedDocsUrlOf, wordsOf } from './audience.ts';
export { askAccess, decideAccess } from './access.ts';
export { createComposer } from './composer.ts';
export { loadAlertView, loadCardSpec, rangeOf, toView } from './facts.ts';
export { requestLink } from './link-mail.ts';
export { noticeDrafts, type Notice } from './notices.ts';
export { awaitTest, fireTest, type FireDeps, type TestResult, type TestShot } from './test-fire.ts';
export { listSharedPlaces, listTestPlaces } from './test-places.ts';
export { stormView } from './compose-storm.ts';
