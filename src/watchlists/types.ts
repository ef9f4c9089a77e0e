/** A list of metrics, as it is stored. Metrics that were retired since may be among its `metricIds`. */
export type Watchlist = {
  id: string;
  name: string;
  description: string | null;
  /** whose it is: a person's e-mail, or null for a team's */
  ownerEmail: string | null;
  /** null for a person's */
  team: string | null;
  /** in the link that shares it; null while it is not shared */
  token: string | null;
  /** the list that it was copied from */
  copyOf: string | null;
  metricIds: readonly string[];
  createdAt: Date;
  updatedAt: Date;
};

/** Whose lists come first: a person's own, then those of their teams, then of the room's teams. */
export type Viewer = { email: string | null; teams: readonly string[]; roomTeams: readonly string[] };
