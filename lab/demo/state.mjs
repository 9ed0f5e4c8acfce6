// The demo's folder and what it remembers there between runs.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const DEFAULT_FOLDER = join(homedir(), '.havenkeep-demo');

export function locate(folder) {
  const root = resolve(folder);
  return {
    root,
    state: join(root, 'demo.json'),
    data: join(root, 'data'),
    log: join(root, 'control-plane.log'),
    repositories: join(root, 'git'),
    workingCopy: join(root, 'sample-app'),
  };
}

/** What an earlier run noted down; undefined when there was none. */
export function readState(paths) {
  return existsSync(paths.state) ? JSON.parse(readFileSync(paths.state, 'utf8')) : undefined;
}

export function writeState(paths, state) {
  mkdirSync(paths.root, { recursive: true, mode: 0o700 });
  writeFileSync(`${paths.state}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${paths.state}.new`, paths.state);
}

/** A first run's state: a password of its own, and ports that nobody else has. */
export async function newState() {
  const [http, https] = (await free(80)) && (await free(443)) ? [80, 443] : [await pick(8080), await pick(8443)];
  return {
    email: 'owner@example.com',
    password: randomBytes(15).toString('base64url'),
    consolePort: await pick(7350),
    httpPort: http,
    httpsPort: https,
  };
}

async function pick(preferred) {
  for (let port = preferred; port < preferred + 200; port += 1) {
    if (await free(port)) {
      return port;
    }
  }
  throw new Error(`no free port from ${preferred} on`);
}

/** Whether nobody listens on a port, on any address. */
export function free(port) {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, () => probe.close(() => answer(true)));
  });
}

/** Whether the process that the state names is still the one that it was. */
export function alive(running) {
  return running?.startTime !== undefined && startTime(running.pid) === running.startTime;
}

export function identify(pid) {
  return { pid, startTime: startTime(pid) };
}

/** When a process started, in clock ticks since boot: with the id, that names it for good. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
