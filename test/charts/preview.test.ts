import { describe, expect, it } from 'vitest';

import { layoutPicture, type PreviewSpec } from '../../charts/index.ts';
import { DAY, HOUR } from '../../src/lib/time.ts';
import { renderMarkup } from '../../src/pictures/markup.ts';
import { NOW, reader, wave } from '../pictures/fixtures.ts';
import { previewSpec } from '../pictures/preview-fixture.ts';
import { pen } from './pen.ts';
import { sheetTexts } from './texts.ts';

function texts(over: Partial<PreviewSpec> = {}): { head: string[]; chart: string[]; foot: string[] } {
  const spec = previewSpec(over);
  const [head = [], chart = [], foot = []] = sheetTexts(layoutPicture(spec, pen(spec.reader)));
  const plain = (all: string[]): string[] => all.map((text) => text.replaceAll('\u202F', ' '));
  return { head: plain(head), chart: plain(chart), foot: plain(foot) };
}

function markup(block: 0 | 1 | 2, over: Partial<PreviewSpec> = {}): string {
  const spec = previewSpec(over);
  return renderMarkup(layoutPicture(spec, pen(spec.reader)).blocks[block]?.draw().shapes);
}

const { colors } = pen();

describe('the picture of a preview', () => {
  it('says what it is, what would have been, by which lines, and what the shades mean', () => {
    const { head, chart, foot } = texts();
    expect(head[0]).toBe('Checkout conversion');
    expect(head[1]).toBe('What if');
    expect(head.slice(2).join(' ')).toBe(
      'In 30 days it would have fired 4 times, flapped once; 3 of 4 lasted under 20 min.',
    );
    expect(chart).toEqual(expect.arrayContaining(['norm 4 %', 'alert 3.4 %']));
    expect(foot).toEqual(['red at worst: 3', 'amber at worst: 1', 'Norm 4 %, alert 3.4 %, enter 2, leave 2']);
  });

  it('shades the alerts as they would have been, and names the levels by shape too', () => {
    const fills = [...markup(1).matchAll(/fill="(#[0-9A-F]+)"/gi)].map(([, fill]) => fill);
    expect(fills.filter((fill) => fill === colors.span.amber)).toHaveLength(2);
    expect(fills.filter((fill) => fill === colors.span.red)).toHaveLength(1);
    expect(markup(2)).toMatch(new RegExp(`<path d="[^"]+" fill="${colors.mark.red}"`, 'u'));
    expect(markup(2)).toMatch(new RegExp(`<path d="[^"]+" fill="${colors.mark.amber}"`, 'u'));
  });

  it('T02 draws and explains no line that is not there', () => {
    const none = { norm: null, alert: null, linesText: '', spans: [], counts: { red: 0, amber: 0 } };
    expect(markup(1, none)).not.toContain('stroke-dasharray');
    expect(texts(none).foot).toEqual([]);
  });

  it('begins where the history begins, with a tick every second month of a year', () => {
    const fromMs = NOW - 365 * DAY;
    const points = wave({ count: 365, stepMs: DAY, mean: 4.3, spread: 0.5 });
    expect(texts({ fromMs, points }).chart).toEqual(
      expect.arrayContaining(['Jan 2026', 'Mar', 'May', 'Jul', 'Sept', 'Nov']),
    );
    expect(texts({ fromMs, points }).chart).not.toContain('Feb');
  });

  it('draws points that are means between the least and the most of them', () => {
    const points = Array.from({ length: 40 }, (_, index) => ({
      atMs: NOW - (40 - index) * HOUR,
      value: 4.2,
      low: index === 20 ? 2 : 4,
      high: 4.5,
    }));
    const low = { fromMs: NOW - 40 * HOUR, points };
    expect(markup(1, low)).toContain(`fill="${colors.range}"`);
    expect(texts(low).chart).toContain('10-minute means; shaded: lowest to highest');
    // the axis holds the least of them
    expect(texts(low).chart).toContain('2 %');
    expect(markup(1, { ...low, points: points.map(({ atMs, value }) => ({ atMs, value })) })).not.toContain(
      `fill="${colors.range}"`,
    );
  });

  it('speaks Russian', () => {
    const { head, foot } = texts({ reader: reader({ locale: 'ru' }), mark: 'red' });
    expect(head[1]).toBe('Что если');
    expect(foot.slice(0, 2)).toEqual(['дошло до красного: 3', 'дошло до жёлтого: 1']);
  });

  it('T14 cuts a name that is too long', () => {
    const { head } = texts({ name: 'Very long name '.repeat(200) });
    expect(head[0]?.endsWith('…')).toBe(true);
  });
});
