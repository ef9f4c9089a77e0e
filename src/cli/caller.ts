import { randomUUID } from 'node:crypto';
import type { Caller } from '../people/index.ts';
import type { Workspace } from '../registry/index.ts';

/** Who acts by a command of a shell: whoever may open the database may do everything; the journal says `cli`. */
export function createCliCaller({
  id,
  locale,
  timezone,
}: Pick<Workspace, 'id' | 'locale' | 'timezone'>): Caller {
  return {
    workspaceId: id,
    person: null,
    actor: 'cli',
    role: 'admin',
    channel: 'cli',
    locale,
    timezone,
    roomTeams: [],
    requestId: randomUUID(),
  };
}
