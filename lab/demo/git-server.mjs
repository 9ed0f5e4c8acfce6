// Serves the git repositories of a folder, read-only, over smart HTTP on loopback, through git's own CGI program.
// (Over http, and not as a file: the control plane reads no local paths, since an address is something that a user types.)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Answers the listening server. Tries `preferredPort` first, so that addresses stay what they were. */
export async function serveRepositories(folder, preferredPort) {
  const server = createServer((request, response) => answer(folder, request, response));
  for (const port of [preferredPort ?? 0, 0]) {
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') {
        throw error;
      }
    }
  }
  throw new Error('no port for the git server');
}

function answer(folder, request, response) {
  const url = new URL(request.url, 'http://git');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      GIT_CONFIG_KEY_1: 'http.receivepack',
      GIT_CONFIG_VALUE_1: 'false',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      REMOTE_ADDR: request.socket.remoteAddress,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  backend.on('error', () => response.destroy());
  backend.stdin.on('error', () => {}); // it may answer before it has read everything
  request.pipe(backend.stdin);
  response.on('close', () => backend.kill());

  let head = Buffer.alloc(0);
  const readHead = (chunk) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    backend.stdout.off('data', readHead);
    const headers = head.subarray(0, end).toString('latin1').split('\r\n').map((line) => line.split(/: (.*)/s));
    const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
    response.writeHead(
      Number.parseInt(status, 10),
      headers.filter(([name]) => name.toLowerCase() !== 'status').flatMap(([name, value]) => [name, value]),
    );
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on('data', readHead);
}
