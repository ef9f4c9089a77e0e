import { describe, expect, it } from 'vitest';

import { layoutPicture } from '../../charts/index.ts';
import type { MetricCardSpec } from '../../charts/types.ts';
import { renderMarkup } from '../../src/pictures/markup.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { metricCard, NOW, reader, tile, wave } from '../pictures/fixtures.ts';
import { pen } from './pen.ts';
import { sheetTexts } from './texts.ts';

function texts(over: Partial<MetricCardSpec> = {}): { head: string[]; chart: string[]; foot: string[] } {
  const spec = metricCard(over);
  const [head = [], chart = [], foot = []] = sheetTexts(layoutPicture(spec, pen(spec.reader)));
  return { head, chart, foot };
}

function chartMarkup(over: Partial<MetricCardSpec> = {}): string {
  const spec = metricCard(over);
  const chart = layoutPicture(spec, pen(spec.reader)).blocks[1];
  return renderMarkup(chart?.draw().shapes);
}

const { colors } = pen();

describe('a metric card', () => {
  it('says name, value, level since when, and a sentence', () => {
    expect(texts().head).toEqual([
      'Checkout conversion',
      '3.1\u202F%',
      'Red · 1\u202Fh',
      'Below alert 3.4 % for 2 ticks, 18 % under last Friday',
    ]);
  });

  it('says the 5-tuple, owner, verification and age', () => {
    expect(texts().foot.join(' | ').replaceAll('\u202F', ' ')).toBe(
      '3.1 %, 14:00 · every hour · typical 4.3 % ± 0.26 % · norm 4 % · alert 3.4 % · target 5 % by 31 Dec | Owner Ivan · verified by Ivan · 15 min old',
    );
  });

  it('T02 says nothing of what there is not', () => {
    const bare = texts({
      tile: tile({
        value: null,
        level: null,
        norm: null,
        alert: null,
        ageMs: null,
        verified: false,
        change: null,
      }),
      points: [],
      typical: null,
      target: null,
      owner: null,
      verifiedBy: null,
      spans: [],
    });
    expect(bare.foot).toEqual(['every hour', 'No owner · unverified']);
    expect(bare.head.slice(1, 3)).toEqual(['–', 'Unverified']);
    expect(bare.chart).toEqual(['No readings in this period']);
    expect(JSON.stringify(bare)).not.toContain('null');
  });

  it('says that nobody is named for a verified one, and a target without a day', () => {
    const { foot } = texts({
      verifiedBy: null,
      target: { value: 5, due: null },
      periodText: 'on working days',
    });
    expect(foot.join(' ')).toContain('verified · 15');
    expect(foot.join(' ')).toMatch(/target 5\u202F%( |$)/u);
    expect(foot.join(' ')).toContain('on working days');
  });

  it.each([
    ['2027-03-01', '1 Mar 2027'],
    ['2026-12-31', '31 Dec'],
    ['soon', 'soon'],
  ])('writes the day %s as %s', (due, written) => {
    expect(texts({ target: { value: 5, due } }).foot.join(' ')).toContain(`by ${written}`);
  });

  it('speaks Russian', () => {
    const { foot } = texts({ reader: reader({ locale: 'ru' }) });
    expect(foot.join(' | ').replaceAll('\u202F', ' ')).toBe(
      '3,1 %, 14:00 · каждый час · обычно 4,3 % ± 0,26 % · норма 4 % · порог 3,4 % | цель 5 % к 31 дек. | Отвечает Ivan · проверено: Ivan · данным 15 мин',
    );
  });
});

describe('the chart of a card', () => {
  it('labels both lines, the band and the newest value, and the axes', () => {
    const { chart } = texts();
    const said = chart.map((text) => text.replaceAll('\u202F', ' '));
    expect(said).toEqual(
      expect.arrayContaining(['norm 4 %', 'alert 3.4 %', 'typical', '3.1 %', '4.5 %', 'Mon 16']),
    );
  });

  it('draws the lines in their colours, dashed, over shaded alerts and the band', () => {
    const markup = chartMarkup();
    for (const color of [colors.mark.amber, colors.mark.red]) {
      expect(markup).toMatch(new RegExp(`stroke="${color}" stroke-width="4" stroke-dasharray="4 8"`, 'u'));
    }
    for (const fill of [colors.span.red, colors.span.amber, colors.typical])
      expect(markup).toContain(`fill="${fill}"`);
  });

  it('T02 draws no line that is not there', () => {
    const markup = chartMarkup({ tile: tile({ norm: null, alert: null }), spans: [] });
    expect(markup).not.toContain('stroke-dasharray');
    expect(texts({ tile: tile({ norm: null, alert: null }) }).chart.join(' ')).not.toMatch(
      /norm|alert|null/u,
    );
  });

  it('draws readings one by one while they can be told apart, else their means and extremes', () => {
    expect(chartMarkup()).not.toContain(colors.range);
    expect(chartMarkup({ range: '90d' })).toContain(`fill="${colors.range}"`);
    expect(texts({ range: '90d' }).chart).toContain('Daily means; shaded: lowest to highest');
    expect(texts({ range: '28d' }).chart).toContain('6-hour means; shaded: lowest to highest');
  });

  it('names the newest value beside its dot when it is old', () => {
    const old = wave({ count: 48, stepMs: HOUR, mean: 4, spread: 0.1, last: 3.7 }).map((point) => ({
      ...point,
      atMs: point.atMs - 3 * DAY,
    }));
    expect(texts({ points: old }).chart).toContain('3.7\u202F%');
  });

  it('draws a young metric from its first reading on', () => {
    const points = wave({ count: 20, stepMs: MINUTE, mean: 4, spread: 1 });
    const { chart } = texts({ range: '28d', points });
    expect(chart).toEqual(expect.arrayContaining(['13:45', '13:50', '14:00']));
    const spec = metricCard({ range: '28d', points });
    const line = renderMarkup(layoutPicture(spec, pen(spec.reader)).blocks[1]?.draw().shapes);
    const [, start] = /d="M([\d.]+),[^"]+" fill="none" stroke="#2563EB"/u.exec(line) ?? [];
    expect(Number(start)).toBeLessThan(300);
  });

  it('sums a young metric up by what its span can show', () => {
    const seconds = (range: MetricCardSpec['range']) =>
      texts({ range, points: wave({ count: 1200, stepMs: 10_000, mean: 4, spread: 1 }) });
    expect(seconds('90d').chart).toContain('Minute means; shaded: lowest to highest');
  });

  it('leaves readings before the range out', () => {
    expect(texts({ points: [{ atMs: NOW - 8 * DAY, value: 4 }] }).chart).toEqual([
      'No readings in this period',
    ]);
  });

  it('T05 takes a reading from the future: a clock that is ahead', () => {
    expect(texts({ points: [{ atMs: NOW + 2 * MINUTE, value: 4.2 }] }).chart).toContain('4.2\u202F%');
  });

  it('leaves the name of the band out where something more important is written', () => {
    const { chart } = texts({ typical: { mean: 3.1, deviation: 0.1 } });
    expect(chart).not.toContain('typical');
  });

  it('writes a value that is the same for two ticks once', () => {
    const points = [1_000_000.1, 1_000_000.2].map((value, index) => ({
      atMs: NOW - (2 - index) * HOUR,
      value,
    }));
    const { chart } = texts({
      points,
      typical: null,
      tile: tile({ unit: { kind: 'score' }, norm: null, alert: null }),
    });
    expect(new Set(chart).size).toBeGreaterThan(chart.length - 2);
  });

  it('shows an alert of one tick', () => {
    const markup = chartMarkup({
      range: '90d',
      spans: [{ fromMs: NOW - 9 * DAY, toMs: NOW - 9 * DAY, level: 'red' }],
    });
    const [, width] =
      new RegExp(`width="([\\d.]+)" height="[\\d.]+" fill="${colors.span.red}"`, 'u').exec(markup) ?? [];
    expect(Number(width)).toBeCloseTo(4);
  });

  it('leaves out an alert from before the range', () => {
    const spans = [{ fromMs: NOW - 60 * DAY, toMs: NOW - 50 * DAY, level: 'red' as const }];
    expect(chartMarkup({ spans })).not.toContain(`fill="${colors.span.red}"`);
  });
});
