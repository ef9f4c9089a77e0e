import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../src/registry/index.ts';
import { workspaceChecks } from '../../src/workspace-checks.ts';
import { createWorkspace } from '../support/workspace.ts';

async function idOf(yaml: string): Promise<string> {
  const folder = await createWorkspace({ 'workspace.yaml': yaml });
  try {
    return (await loadRegistry(folder.dir, workspaceChecks)).workspace.id;
  } finally {
    await folder.close();
  }
}

describe('the id of a workspace', () => {
  it('is the slug of its name, or what the file says', async () => {
    expect(await idOf('name: Corner Shop\n')).toBe('corner_shop');
    expect(await idOf('name: Corner Shop\nid: shop\n')).toBe('shop');
  });

  it('exists for every name, and stays the same', async () => {
    const ids = await Promise.all(['name: "42"\n', 'name: 商店\n', 'name: 商店\n', 'name: X\n'].map(idOf));
    for (const id of ids) expect(id).toMatch(/^workspace_[0-9a-f]{8}$/);
    expect(ids[1]).toBe(ids[2]);
    expect(new Set(ids).size).toBe(3);
  });
});
