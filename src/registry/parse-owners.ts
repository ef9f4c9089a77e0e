import { errorAt, type Finding, hasError, quoted, warningAt } from './finding.ts';
import { isRecord } from './parse-file.ts';
import { trimmed } from './parse-metric.ts';
import { PersonEntry } from './owners-file.ts';
import { schemaFindings } from './schema-findings.ts';
import type { Person } from './types.ts';
import { parseYaml, type YamlTree } from './yaml-tree.ts';
import { zoneFindings } from './zone-findings.ts';

/** The people that could be read, and which could not. */
export type ParsedOwners = {
  people: Person[];
  /** e-mails of entries that are wrong, as far as they have one */
  broken: string[];
  /** nothing could be read */
  isFileBroken: boolean;
  findings: Finding[];
};

const DEFAULT_FALLBACK = ['telegram', 'slack', 'mail', 'sms'] as const;
const NOBODY = { people: [], broken: [], isFileBroken: false };

/** Reads the text of owners.yaml; a bad entry leaves only that person out. */
export function parseOwners(text: string): ParsedOwners {
  const { value: tree, findings } = parseYaml(text);
  if (!tree) return { ...NOBODY, isFileBroken: true, findings };
  if (tree.data === null) {
    const finding = warningAt(1, 'Nobody is listed.', 'Add an entry such as "- email: ivan@shop.test".');
    return { ...NOBODY, findings: [...findings, finding] };
  }
  if (!Array.isArray(tree.data)) {
    const finding = errorAt(1, 'The file is not a list of people.', 'Start each person with "- email: …".');
    return { ...NOBODY, isFileBroken: true, findings: [...findings, finding] };
  }
  return readEntries(tree.data, tree, findings);
}

function readEntries(entries: readonly unknown[], tree: YamlTree, findings: Finding[]): ParsedOwners {
  const people: Person[] = [];
  const broken: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const { person, wrong } = readPerson(entry, index, tree);
    const problems = person ? [...wrong, ...repeated(person, people, { tree, index })] : wrong;
    findings.push(...problems);
    if (person && !hasError(problems)) people.push(person);
    else if (isRecord(entry) && typeof entry.email === 'string') broken.push(entry.email.toLowerCase());
  }
  return { people, broken, isFileBroken: false, findings };
}

function readPerson(
  entry: unknown,
  index: number,
  tree: YamlTree,
): { person: Person | null; wrong: Finding[] } {
  const checked = PersonEntry.safeParse(entry);
  if (!checked.success)
    return { person: null, wrong: schemaFindings(checked.error, { kind: 'owners', tree, at: [index] }) };
  const { data } = checked;
  const wrong = zoneFindings(data.timezone, tree.lineOf([index, 'timezone']));
  if (data.quiet_hours && data.quiet_hours.from === data.quiet_hours.to) {
    const line = tree.lineOf([index, 'quiet_hours']);
    wrong.push(
      errorAt(line, 'quiet_hours start and end at the same time.', 'Change one of them or remove the line.'),
    );
  }
  const email = data.email.toLowerCase();
  const person: Person = {
    email,
    name: data.name?.trim() ?? email.slice(0, email.indexOf('@')),
    role: data.role ?? 'viewer',
    teams: trimmed(data.teams),
    telegramId: data.telegram_id ?? null,
    telegramHandle: data.telegram?.replace('@', '').toLowerCase() ?? null,
    slackId: data.slack_id ?? null,
    locale: data.locale ?? null,
    timezone: data.timezone ?? null,
    quietHours: data.quiet_hours ?? null,
    phone: data.phone ?? null,
    fallback: data.fallback ?? DEFAULT_FALLBACK,
  };
  return { person, wrong };
}

const UNIQUE = [
  ['email', 'email'],
  ['telegramId', 'telegram_id'],
  ['telegramHandle', 'telegram'],
  ['slackId', 'slack_id'],
] as const;

// Two people behind one account would make it unsure who acts: the later entry is left out.
function repeated(
  person: Person,
  known: readonly Person[],
  { tree, index }: { tree: YamlTree; index: number },
): Finding[] {
  return UNIQUE.flatMap(([field, key]) => {
    const value = person[field];
    const other = value === null ? undefined : known.find((one) => one[field] === value);
    if (!other) return [];
    const reason = `${key} ${quoted(value)} is already that of ${other.email}.`;
    return [
      errorAt(tree.lineOf([index, key]), reason, 'Each person needs their own; this entry is left out.'),
    ];
  });
}
