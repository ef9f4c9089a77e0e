/**
 * PictureSpec → PNG, off the main thread, cached by content. Templates are in /charts.
 */
export type * from './types.ts';
export type * from '../../charts/types.ts';
