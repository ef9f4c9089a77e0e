import { InvalidArgumentError, type Command } from 'commander';
import type { Trial } from '../alerts/index.ts';
import { answerPreview, createWords, findMetric, lineText } from '../answers/index.ts';
import { readConfig, type Config } from '../config.ts';
import { NotFoundError } from '../errors.ts';
import { systemClock } from '../lib/clock.ts';
import { loadPreview, previewRecord, type Preview } from '../pulse/index.ts';
import { diffMetric, type Metric, type Registry } from '../registry/index.ts';
import { withDatabase } from './database.ts';
import { loadWorkspaceOf } from './workspace.ts';

/** Commander gives an empty text for null. */
type GivenLine = number | 'none';

type Options = {
  norm?: GivenLine;
  alert?: GivenLine;
  bandNorm?: GivenLine;
  bandAlert?: GivenLine;
  enter?: number;
  leave?: number;
  days?: number;
  json?: boolean;
  diff?: boolean;
};

/** `heartbeat preview <metric>`: what its lines, or others, would have raised in its history. */
export function registerPreview(program: Command): void {
  program
    .command('preview')
    .description("what a metric's lines, or others, would have raised in its history")
    .argument('<metric>', 'its id, name or synonym')
    .option('--norm <value>', 'try this norm, or none', readLine)
    .option('--alert <value>', 'try this alert line, or none', readLine)
    .option('--band-norm <value>', 'try this recovery line of amber, or none', readLine)
    .option('--band-alert <value>', 'try this recovery line of red, or none', readLine)
    .option('--enter <ticks>', 'try so many ticks to enter a level', readWhole)
    .option('--leave <ticks>', 'try so many ticks to leave a level', readWhole)
    .option('--days <days>', 'look back so far; a year unless given', readWhole)
    .option('--json', 'print JSON')
    .option(
      '--diff',
      "print the change of the metric's file alone: of what is tried, else of the first suggestion",
    )
    .action(async (named: string, options: Options) => {
      const config = readConfig(process.env);
      const registry = await loadWorkspaceOf(config);
      const found = await findPreview(config, registry, { named, options });
      if (options.diff) await printDiff(registry, found);
      else
        console.log(options.json ? JSON.stringify(previewRecord(found), null, 2) : toText(found, registry));
    });
}

function readLine(text: string): GivenLine {
  if (text === 'none') return text;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Give a number, or none.');
  return value;
}

function readWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

async function findPreview(
  config: Config,
  registry: Registry,
  { named, options }: { named: string; options: Options },
): Promise<Preview> {
  const metric = getMetric(registry, named);
  return withDatabase(config, (db) =>
    loadPreview(
      {
        db,
        clock: systemClock,
        workspaceId: registry.workspace.id,
        registry: { current: () => registry, verification: () => metric.declared },
      },
      { metric, trial: toTrial(options), days: options.days },
    ),
  );
}

function toTrial({ norm, alert, bandNorm, bandAlert, enter, leave }: Options): Trial {
  const given = Object.entries({ norm, alert, bandNorm, bandAlert, enter, leave })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value === 'none' ? null : value] as const);
  return Object.fromEntries(given);
}

function getMetric({ metrics }: Registry, named: string): Metric {
  const found = findMetric(named, metrics.values());
  if (found.kind === 'one') return found.metric;
  const nearest = found.nearest.map(({ id }) => id).join(', ');
  throw new NotFoundError('metric_unknown', `There is no metric "${named}". Nearest: ${nearest || 'none'}.`, {
    details: { metric: named },
  });
}

function toText(preview: Preview, { workspace }: Registry): string {
  const words = createWords('en', workspace.timezone);
  return answerPreview({ ...preview, picture: null }, words)
    .lines.map(lineText)
    .join('\n');
}

/** The diff goes to stdout, so that it can be piped into `patch`. */
async function printDiff(registry: Registry, preview: Preview): Promise<void> {
  const trial = chooseChange(preview);
  const diff = trial && (await diffMetric(registry, preview.metric, trial));
  if (!diff) {
    console.error('There is nothing to change: give what to try, such as --enter 2.');
    return;
  }
  console.log(diff);
  console.error('This is not applied. Put it into the file, then have the metric verified again.');
}

function chooseChange({ before, trial, suggestions, proposed }: Preview): Trial | undefined {
  if (before !== null) return trial;
  if (suggestions[0]) return { ...trial, ...suggestions[0].trial };
  return proposed
    ? { norm: proposed.norm, ...(proposed.alert !== null && { alert: proposed.alert }) }
    : undefined;
}
