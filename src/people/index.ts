/**
 * WHO. In: a platform's ids and the registry's people. Out: a Caller, and what that caller may do.
 */
export type * from './types.ts';
export { type Account, strangerAccount } from './account.ts';
export { type ApiToken, createApiCaller, findApiToken, parseApiTokens } from './api-tokens.ts';
export {
  effectiveLocale,
  effectiveTimezone,
  identifySlack,
  identifyTelegram,
  isValidated,
} from './identify.ts';
export { type AccessRequest, decideAccessRequest, openAccessRequest } from './access.ts';
export { findLinkCode, issueLinkCode } from './codes.ts';
export { followPeople, type PeopleFollower } from './follow.ts';
export { forgetLeavers } from './leave.ts';
export { findByEmail, getLinkable, proveLink, type Proven, unlink } from './link.ts';
export { readLinkCode, showLinkCode } from './link-code.ts';
export { accountKey, mergeLinked, type LinkChannel, type LinkedAccount } from './merge.ts';
export { parseQuiet, quietText } from './quiet-text.ts';
export { changeSetting, loadOrigins, type Origin, type Origins, type SettingChange } from './settings.ts';
export { rememberSlack } from './remember-slack.ts';
export { findTimezone } from './timezones.ts';
export { hasRole, may, mayOperate, requireMay, requireMayOperate, requireRole } from './roles.ts';
