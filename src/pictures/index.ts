/**
 * PictureSpec → PNG, off the main thread, cached by content. In: specs and, once, where to keep files. Out: pictures with
 * the hash of their spec. What they look like is in /charts.
 */
export type * from './types.ts';
export type * from '../../charts/types.ts';
export { contentHashOf } from './content-hash.ts';
export { createPictures, type PicturesOptions } from './create-pictures.ts';
