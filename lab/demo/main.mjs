// ./haven demo and ./haven down.
import { parseArgs } from 'node:util';
import { down } from './down.mjs';
import { DEFAULT_FOLDER, locate } from './state.mjs';
import { up } from './up.mjs';

const USAGE = `usage: ./haven demo [--data DIR] [--listen ADDRESS]
       ./haven down [--data DIR]

  --data DIR        the demo's own folder (${DEFAULT_FOLDER})
  --listen ADDRESS  where the console listens (127.0.0.1)`;

const [command, ...rest] = process.argv.slice(2);
let options;
try {
  options = parseArgs({
    args: rest,
    options: { data: { type: 'string', default: DEFAULT_FOLDER }, listen: { type: 'string', default: '127.0.0.1' } },
  }).values;
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exit(2);
}

try {
  const paths = locate(options.data);
  process.exitCode = command === 'up' ? await up(paths, options.listen) : await down(paths);
} catch (error) {
  console.error(`haven: ${error.message}`);
  process.exit(1);
}
