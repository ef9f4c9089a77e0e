/** Tells whether a text is an address that browsers open. */
export function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text);
}

/** Gives an address in full, with percent signs for the ASCII characters that mean something where it is written. */
export function encodeAddress(address: string, characters: RegExp): string {
  return new URL(address).href.replace(characters, (char) => {
    const code = char.charCodeAt(0);
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
