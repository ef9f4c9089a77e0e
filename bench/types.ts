/** A measurement: the median of its runs, and how far they spread. */
export type Sample = {
  median: number;
  min: number;
  max: number;
  runs: number;
  unit: 'ms' | 'KB' | 'MiB' | '%' | '/s';
};

/** One line of the table: what we took, beside a floor or a peer that was taken in the same run. */
export type BenchRow = {
  /** what was measured */
  figure: string;
  ours: Sample;
  /** null where the goal is absolute */
  peer: { name: string; sample: Sample } | null;
  /** ours by the peer's, or the other way round where more is better; null without a peer */
  ratio: number | null;
  /** in words, as in the README: `≤ 2 × the bare queries` */
  goal: string;
  ok: boolean;
};

/** What takes some of the figures, by the name it is asked for on the command line. */
export type Bench = { name: string; run: () => Promise<readonly BenchRow[]> };
