import { findNearest, quoted } from './finding.ts';
import type { BrokenParts, Cut, Metric, Person, Problem, Workspace } from './types.ts';
import type { YamlTree } from './yaml-tree.ts';

/** What several files say together; `lines` knows where the keys of a metric's or cut's file stand. */
export type CrossCheckInput = {
  workspace: Workspace | null;
  workspaceLines: YamlTree['lineOf'];
  people: readonly Person[];
  metrics: ReadonlyMap<string, Metric>;
  cuts: ReadonlyMap<string, Cut>;
  broken: BrokenParts;
  lines: ReadonlyMap<string, YamlTree['lineOf']>;
};

/** Finds names in one file that no other file explains. All are warnings: everything runs on. */
export function crossProblems(input: CrossCheckInput): Problem[] {
  return [
    ...personProblems(input),
    ...linkProblems(input),
    ...synonymProblems(input),
    ...maintenanceProblems(input),
  ];
}

type Reference = { file: string; path: readonly PropertyKey[]; reason: string; hint: string };

function toProblem({ lines }: CrossCheckInput, { file, path, reason, hint }: Reference): Problem {
  return { file, line: lines.get(file)?.(path) ?? 1, reason, hint, severity: 'warning' };
}

function personProblems(input: CrossCheckInput): Problem[] {
  if (input.broken.ownersFile) return [];
  const emails = input.people.map(({ email }) => email);
  const known = new Set([...emails, ...input.broken.people]);
  const written = [...input.metrics.values()].filter(({ builtIn }) => builtIn !== true);
  return [...written, ...input.cuts.values()].flatMap(({ file, owner, verified }) => {
    const named = [
      { key: 'owner', path: ['owner'], email: owner },
      { key: 'verified.by', path: ['verified', 'by'], email: verified?.by ?? null },
    ];
    return named.flatMap(({ key, path, email }) => {
      if (email === null || known.has(email)) return [];
      const reason = `${key} ${quoted(email)} is not in owners.yaml.`;
      return [
        toProblem(input, {
          file,
          path,
          reason,
          hint: hintFor(email, emails, 'Add that person, or name another.'),
        }),
      ];
    });
  });
}

function linkProblems(input: CrossCheckInput): Problem[] {
  const cuts = new Set([...input.cuts.keys(), ...input.broken.cuts]);
  const metrics = new Set([...input.metrics.keys(), ...input.broken.metrics]);
  const ofMetrics = [...input.metrics.values()].flatMap(({ file, cuts: links }) =>
    links.flatMap(({ cut }, index) => {
      if (cuts.has(cut)) return [];
      const hint = hintFor(cut, [...cuts], `Create cuts/${cut}.yaml or remove the link.`);
      return [{ file, path: ['cuts', index, 'cut'], reason: `There is no cut ${cut}.`, hint }];
    }),
  );
  const ofCuts = [...input.cuts.values()].flatMap(({ file, feeds }) =>
    feeds.flatMap(({ metric }, index) => {
      if (metrics.has(metric)) return [];
      const hint = hintFor(metric, [...metrics], `Create metrics/${metric}.yaml or remove the link.`);
      return [{ file, path: ['feeds', index, 'metric'], reason: `There is no metric ${metric}.`, hint }];
    }),
  );
  return [...ofMetrics, ...ofCuts].map((reference) => toProblem(input, reference));
}

function synonymProblems(input: CrossCheckInput): Problem[] {
  const taken = new Map<string, string>();
  for (const { id, name } of input.metrics.values()) {
    taken.set(id, id);
    taken.set(name.toLowerCase(), id);
  }
  return [...input.metrics.values()].flatMap(({ id, file, synonyms }) =>
    synonyms.flatMap((synonym, index) => {
      const other = taken.get(synonym.toLowerCase());
      taken.set(synonym.toLowerCase(), other ?? id);
      if (other === undefined || other === id) return [];
      const reason = `The synonym ${quoted(synonym)} already names ${other}.`;
      return [toProblem(input, { file, path: ['synonyms', index], reason, hint: 'Choose another word.' })];
    }),
  );
}

function maintenanceProblems(input: CrossCheckInput): Problem[] {
  const metrics = [...input.metrics.keys(), ...input.broken.metrics];
  const domains = [...new Set([...input.metrics.values()].map(({ domain }) => domain))];
  // the domain of a file that cannot be read is not known
  const isDomainUnknown = (id: string): boolean => input.broken.metrics.length === 0 && !domains.includes(id);
  return (input.workspace?.maintenance ?? []).flatMap((window, index) => {
    const unknown = [
      ...window.metrics
        .filter((id) => !metrics.includes(id))
        .map((id) => ({ key: 'metrics', id, known: metrics })),
      ...window.domains.filter(isDomainUnknown).map((id) => ({ key: 'domains', id, known: domains })),
    ];
    return unknown.map(({ key, id, known }): Problem => ({
      file: 'workspace.yaml',
      line: input.workspaceLines(['maintenance', index, key]),
      reason: `maintenance ${quoted(window.name)} names ${key.slice(0, -1)} ${id}, which does not exist.`,
      hint: hintFor(id, known, 'Correct the name or remove it.'),
      severity: 'warning',
    }));
  });
}

function hintFor(word: string, known: readonly string[], otherwise: string): string {
  const nearest = findNearest(word, known);
  return nearest === undefined ? otherwise : `Did you mean ${nearest}? ${otherwise}`;
}
