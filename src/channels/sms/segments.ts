// 3GPP TS 23.038: the default alphabet, and the characters of its extension, which count twice.
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENSION = '\f^{}\\[~]|€';
const WEIGHTS = new Map<string, number>([
  ...Array.from(GSM, (char): [string, number] => [char, 1]),
  ...Array.from(GSM_EXTENSION, (char): [string, number] => [char, 2]),
]);

/** Units of one message alone, and of each of several, whose heads take room. */
const ROOM = { gsm: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

/** What numbers are written with, in the letters that a plain message has. */
const PLAIN: Record<string, string> = { '\u00a0': ' ', '\u202f': ' ', '−': '-', '…': '...', '→': '->' };

/** Tells whether every character is of the GSM alphabet; one that is not makes the whole message UCS-2, with less than half the room. */
export function isGsm(text: string): boolean {
  return Array.from(text).every((char) => WEIGHTS.has(char));
}

/** Gives a text in the GSM alphabet where only signs such as a narrow space or a long minus stand against it. */
export function simplify(text: string): string {
  const plain = text.replace(/[\u00a0\u202f−…→]/g, (char) => PLAIN[char] ?? char);
  return isGsm(plain) ? plain : text;
}

/** Counts the segments that a text is billed as; a character is never split over two. */
export function countSegments(text: string): number {
  const gsm = isGsm(text);
  const room = gsm ? ROOM.gsm : ROOM.ucs2;
  const weights = Array.from(text, (char) => (gsm ? (WEIGHTS.get(char) ?? 1) : char.length));
  if (weights.reduce((sum, weight) => sum + weight, 0) <= room.alone) return 1;
  let segments = 1;
  let used = 0;
  for (const weight of weights) {
    if (used + weight > room.each) {
      segments += 1;
      used = 0;
    }
    used += weight;
  }
  return segments;
}
