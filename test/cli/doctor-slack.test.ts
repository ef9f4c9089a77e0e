import { onTestFinished, describe, expect, it } from 'vitest';
import { createServerDatabase } from '../support/database.ts';
import { startTestSlack } from '../support/slack.ts';
import { createWorkspace, metricFile } from '../support/workspace.ts';
import { heartbeat } from './run.ts';

describe('doctor and Slack', () => {
  it('says whether Slack takes the token, and how requests come', async () => {
    const { slack, http } = await startTestSlack();
    const workspace = await createWorkspace({ 'metrics/conversion.yaml': metricFile() });
    const own = await createServerDatabase();
    onTestFinished(async () => {
      await slack.close();
      await workspace.close();
      await own.remove();
    });
    const environment = {
      ...http,
      HEARTBEAT_WORKSPACE: workspace.dir,
      HEARTBEAT_DATA: `${workspace.dir}/.data`,
      DATABASE_URL: own.address.databaseUrl ?? '',
    };
    const well = await heartbeat('doctor', environment);
    expect(well.out).toMatch(/✓ slack: Slack takes the token; requests are expected at POST \/slack\/events/);
    slack.refuseToken('token_revoked');
    const refused = await heartbeat('doctor', environment);
    expect(refused.out).toMatch(/✗ slack: Slack refuses \(token_revoked\)/);
    expect(refused.out).not.toContain(slack.token);
  });
});
