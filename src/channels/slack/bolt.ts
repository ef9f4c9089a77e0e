/** Loads Bolt when Slack is used: it takes as long as the rest of the program, which may have no Slack. */
export const loadBolt = () => import('@slack/bolt');

export type Bolt = Awaited<ReturnType<typeof loadBolt>>;
