/**
 * WHO. In: a platform's ids and the registry's people. Out: a Caller, and what that caller may do.
 */
export type * from './types.ts';
export { type ApiToken, createApiCaller, findApiToken, parseApiTokens } from './api-tokens.ts';
export {
  effectiveLocale,
  effectiveTimezone,
  identifySlack,
  identifyTelegram,
  isValidated,
} from './identify.ts';
export { hasRole, may, requireMay, requireMayOperate, requireRole } from './roles.ts';
