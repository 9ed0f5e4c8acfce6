// Carries TCP connections through unix sockets, which lead from one network to another. As a program it is the browser's
// end (see chromium): it ends with the browser, its parent.
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** Listens at one address and connects each visitor to another. */
export function tunnel(from, to) {
  return createServer((near) => {
    const far = connect(to);
    near.pipe(far).pipe(near);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
  }).listen(from);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const port of process.env.HAVEN_BROWSER_PORTS.split(',')) {
    tunnel({ port: Number(port), host: '127.0.0.1' }, { path: join(process.env.HAVEN_BROWSER_SOCKETS, port) });
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit();
  }, 500);
}
