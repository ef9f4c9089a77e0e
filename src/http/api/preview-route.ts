import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Trial } from '../../alerts/index.ts';
import type { Deps } from '../../deps.ts';
import { loadPreview, previewRecord } from '../../pulse/index.ts';
import type { AppEnv } from '../env.ts';
import { defineRead } from './define-route.ts';
import { PreviewItem, PreviewQuery } from './preview-schemas.ts';
import { SlugParams } from './schemas.ts';
import { unknownMetric } from './unknown.ts';

const preview = defineRead({
  path: '/api/metrics/{slug}/preview',
  summary: "What a metric's lines, or others, would have raised in its history",
  tag: 'metrics',
  request: { params: SlugParams, query: PreviewQuery },
  answer: PreviewItem,
  trouble: [404],
});

/** Replays a metric's history. */
export function addPreviewRoute(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(preview, async (c) => {
    const { slug } = c.req.valid('param');
    const { days, ...lines } = c.req.valid('query');
    const metric = deps.registry.current().metrics.get(slug);
    if (!metric) throw unknownMetric(slug);
    const found = await loadPreview(deps, { metric, trial: toTrial(lines), days });
    return c.json(previewRecord(found), 200);
  });
}

function toTrial({ band_norm: bandNorm, band_alert: bandAlert, ...rest }: Omit<PreviewQuery, 'days'>): Trial {
  const given = Object.entries({ ...rest, bandNorm, bandAlert }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
