/** Which of a log's deliveries: every one, today's, the dead ones, or the dead ones of today. */
export type LogShow = 'all' | 'today' | 'failed' | 'failed_today';

const WORDS: Readonly<Record<string, 'today' | 'failed'>> = {
  today: 'today',
  сегодня: 'today',
  failed: 'failed',
  сбои: 'failed',
};

/** Reads what follows /log: `today` and `failed` may stand before or after what it is about, such as `cr failed today`. */
export function parseLog(text: string): { show: LogShow; about: string } {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  const said = new Set<'today' | 'failed'>();
  const take = (at: 0 | -1): boolean => {
    const known = WORDS[words.at(at)?.toLowerCase() ?? ''];
    if (known === undefined) return false;
    said.add(known);
    words.splice(at, 1);
    return true;
  };
  while (take(-1) || take(0));
  const [one] = said;
  return { show: said.size > 1 ? 'failed_today' : (one ?? 'all'), about: words.join(' ') };
}
