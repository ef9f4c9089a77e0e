import type { Theme } from './types.ts';

/** How bad a metric is, as pictures show it: a level, or why there is none. */
export type Mark = 'red' | 'amber' | 'green' | 'stale' | 'silent' | 'unverified';

/** Pixels of a picture that is 1280 wide (twice the 640 of a phone's screen), on a grid of 8. */
export const WIDTH = 1280;
export const MARGIN = 40;
export const GAP = 24;
export const CONTENT_WIDTH = WIDTH - 2 * MARGIN;
export const CORNER = 16;
export const STROKE = 4;
export const HAIRLINE = 2;

/** Font sizes in pixels; nothing is smaller than a note. */
export const SIZE = { note: 26, label: 32, title: 44, value: 72 } as const;
export type FontSize = (typeof SIZE)[keyof typeof SIZE];
export type FontWeight = 400 | 600 | 700;

/** Height of a line of text at each size. */
export const LINE_HEIGHT: Record<FontSize, number> = { 26: 36, 32: 40, 44: 56, 72: 88 };

/** The colours of a theme. `mark` is for shapes; `ink` is for words, with a contrast of 4.5 and more. */
export type Colors = {
  background: string;
  text: string;
  muted: string;
  hairline: string;
  series: string;
  /** from the lowest to the highest value of a stretch of the series */
  range: string;
  /** where values usually are */
  typical: string;
  mark: Record<Mark, string>;
  ink: Record<Mark, string>;
  /** the time an alert was open */
  span: { red: string; amber: string };
};

const light: Colors = {
  background: '#FFFFFF',
  text: '#111827',
  muted: '#6B7280',
  hairline: '#E5E7EB',
  series: '#2563EB',
  range: '#D6E2FB',
  typical: '#F3F4F6',
  mark: {
    red: '#C62828',
    amber: '#B26A00',
    green: '#2E7D32',
    stale: '#9AA0A6',
    silent: '#9AA0A6',
    unverified: '#9AA0A6',
  },
  // amber and grey are darker in words: as they stand they reach 4.2 and 2.6 on white
  ink: {
    red: '#C62828',
    amber: '#945800',
    green: '#2E7D32',
    stale: '#6B7280',
    silent: '#6B7280',
    unverified: '#6B7280',
  },
  span: { red: '#FBE4E4', amber: '#FAEEDB' },
};

const dark: Colors = {
  background: '#0F1419',
  text: '#E5E7EB',
  muted: '#9CA3AF',
  hairline: '#273241',
  series: '#7AA2FF',
  range: '#26344F',
  typical: '#19212B',
  mark: {
    red: '#FF6B6B',
    amber: '#FFB547',
    green: '#6FCF97',
    stale: '#9AA0A6',
    silent: '#9AA0A6',
    unverified: '#9AA0A6',
  },
  ink: {
    red: '#FF6B6B',
    amber: '#FFB547',
    green: '#6FCF97',
    stale: '#9CA3AF',
    silent: '#9CA3AF',
    unverified: '#9CA3AF',
  },
  span: { red: '#3D2024', amber: '#3A2E1A' },
};

export const THEMES: Record<Theme, Colors> = { light, dark };
