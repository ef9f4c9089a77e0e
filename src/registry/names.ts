import { isSlug } from './field-schemas.ts';

const CYRILLIC: Record<string, string> = Object.fromEntries(
  [
    ...'а a|б b|в v|г g|д d|е e|ё e|ж zh|з z|и i|й y|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch'.split(
      '|',
    ),
    ...'ш sh|щ shch|ъ |ы y|ь |э e|ю yu|я ya'.split('|'),
  ].map((pair) => pair.split(' ')),
);

/** Makes a slug of a name, such as `corner_shop` of "Corner Shop"; undefined when no letter of it can be used. */
export function slugOf(name: string): string | undefined {
  const slug = name
    .toLowerCase()
    .replaceAll(/[а-яё]/g, (letter) => CYRILLIC[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_$/g, '')
    .slice(0, 63);
  return isSlug(slug) ? slug : undefined;
}

/** Tells whether a name is an IANA time zone; offsets such as +03:00 are none. */
export function isZoneName(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Every time zone this runtime lists. */
export const ZONE_NAMES: readonly string[] = Intl.supportedValuesOf('timeZone');
