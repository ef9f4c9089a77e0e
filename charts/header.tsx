import type { JSX } from 'satori/jsx/jsx-runtime';

import { writeDate } from './dates.ts';
import { fitText } from './fit-text.ts';
import { renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen } from './sheet.ts';
import { alignBaseline, PlacedText, widthIn } from './text.tsx';
import { CONTENT_WIDTH, GAP, LINE_HEIGHT, MARGIN, SIZE, type FontSize, type Mark } from './theme.ts';

export const HEADER_HEIGHT = 112;

const COUNTED: readonly Mark[] = ['red', 'amber', 'stale', 'green'];
/** Counted only where there are some. */
const COUNTED_WHEN_ANY: readonly Mark[] = ['silent', 'unverified'];

const MARK_SIZE = 24;
const MARK_ROOM = 36;
const COUNTS_TOP = 64;
const TITLE = { size: SIZE.title, weight: 700 } as const;
const STAMP = { size: SIZE.note, weight: 400 } as const;

type HeaderFacts = { title: string; counts: ReadonlyMap<Mark, number>; usualWhen: string | null };

/** The top of the cockpit: whose it is, of when, and how many metrics stand how. */
export function createHeader({ title, counts, usualWhen }: HeaderFacts, pen: Pen): Block {
  const { words } = pen;
  const now = writeDate(pen.nowMs, 'stamp', words);
  const stamp =
    usualWhen === null ? now : `${now} · ${words.t('picture-changes-against', { when: usualWhen })}`;
  const titleWidth = CONTENT_WIDTH - pen.measure(stamp, STAMP) - GAP;
  const view = {
    name: fitText(title, titleWidth, widthIn(pen.measure, TITLE)),
    stamp,
    entries: listCounts(counts, pen),
  };
  return {
    x: MARGIN,
    y: MARGIN,
    width: CONTENT_WIDTH,
    height: HEADER_HEIGHT,
    key: blockKey('header', pen, view),
    draw: () => drawHeader(view, pen),
  };
}

function drawHeader(view: { name: string; stamp: string; entries: readonly Count[] }, pen: Pen): Drawing {
  const { colors } = pen;
  return {
    shapes: (
      <g>
        {view.entries.map(({ mark, x }) =>
          renderMark(mark, { x, y: COUNTS_TOP + 8, size: MARK_SIZE, color: colors.mark[mark] }),
        )}
      </g>
    ),
    texts: (
      <>
        <PlacedText top={0} left={0} {...TITLE} color={colors.text}>
          {view.name}
        </PlacedText>
        <PlacedText top={alignBaseline(0, TITLE.size, STAMP.size)} right={0} {...STAMP} color={colors.muted}>
          {view.stamp}
        </PlacedText>
        {view.entries.map((entry) => placeCount(entry, pen))}
      </>
    ),
  };
}

type Count = { mark: Mark; count: number; x: number; text: string; size: FontSize };

/** In words; smaller where they are long; as bare numbers where even that is too wide. */
function listCounts(counts: ReadonlyMap<Mark, number>, pen: Pen): Count[] {
  const marks = [...COUNTED, ...COUNTED_WHEN_ANY.filter((mark) => counts.has(mark))];
  const inWords = marks.map((mark) => ({
    mark,
    count: counts.get(mark) ?? 0,
    text: pen.words.t('count', { standing: mark, count: counts.get(mark) ?? 0 }),
  }));
  return (
    placeInRow(inWords, { size: SIZE.label, gap: MARGIN }, pen) ??
    placeInRow(inWords, { size: SIZE.note, gap: GAP }, pen) ??
    placeInRow(
      inWords.map((one) => ({ ...one, text: String(one.count) })),
      { size: SIZE.note, gap: GAP },
      pen,
    ) ??
    []
  );
}

/** Gives nothing when the row is wider than the picture. */
function placeInRow(
  counts: readonly Pick<Count, 'mark' | 'count' | 'text'>[],
  { size, gap }: { size: FontSize; gap: number },
  { measure }: Pen,
): Count[] | undefined {
  let x = 0;
  const row = counts.map((one) => {
    const placed = { ...one, x, size };
    x += MARK_ROOM + Math.ceil(measure(one.text, { size, weight: 600 })) + gap;
    return placed;
  });
  return x - gap <= CONTENT_WIDTH ? row : undefined;
}

function placeCount({ count, x, text, size }: Count, { colors }: Pen): JSX.Element {
  const top = COUNTS_TOP + (LINE_HEIGHT[SIZE.label] - LINE_HEIGHT[size]) / 2;
  const style =
    count === 0
      ? ({ weight: 400, color: colors.muted } as const)
      : ({ weight: 600, color: colors.text } as const);
  return (
    <PlacedText top={top} left={x + MARK_ROOM} size={size} {...style}>
      {text}
    </PlacedText>
  );
}
