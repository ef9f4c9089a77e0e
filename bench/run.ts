/** Runs one bench in this process, which has nothing else to do, and sends its rows to the parent. */
import { benches } from './benches.ts';

const name = process.argv[2] ?? '';
const load = benches[name];
if (!load) throw new Error(`There is no bench "${name}". There are: ${Object.keys(benches).join(', ')}.`);
const bench = await load();
const rows = await bench.run();
process.send?.(rows, () => process.exit(0));
