import type { z } from 'zod';
import type { Purpose, Signer } from './signing.ts';

/** Packs plain data and its signature into one word fit for an address or a cookie. */
export function seal(signer: Signer, purpose: Purpose, data: object): string {
  const text = Buffer.from(JSON.stringify(data)).toString('base64url');
  return `${text}.${signer.sign(purpose, text)}`;
}

/** Gives what was sealed for the same purpose, or undefined when the word is anything else. */
export function unseal<Data>(
  signer: Signer,
  purpose: Purpose,
  { word, schema }: { word: string; schema: z.ZodType<Data> },
): Data | undefined {
  const [text = '', signature = '', ...more] = word.split('.');
  if (more.length > 0 || !signer.isSigned(purpose, text, signature)) return undefined;
  return schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
}
